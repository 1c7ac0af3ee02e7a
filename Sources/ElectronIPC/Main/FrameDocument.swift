import StructuredClone

/// A document in a frame, as the main process sees it: the other end of one connection.
final class FrameDocument: Sendable {
  let id: Int
  let processID: Int
  let frameTreeNodeID: Int
  weak let frame: WebFrameMain?
  private let process: MainProcess
  private let transport: any MainTransport

  init(
    in frame: WebFrameMain, of process: MainProcess, over transport: any MainTransport,
    processID: Int
  ) {
    id = process.makeID()
    self.processID = processID
    frameTreeNodeID = frame.frameTreeNodeId
    self.frame = frame
    self.process = process
    self.transport = transport
  }

  func start() {
    transport.start(on: process.loop) { message in
      self.process.loop.enqueue { self.receive(message) }
    }
  }

  func close() { transport.close() }

  /// Sends arguments; a failure is logged, as Electron does.
  func send(_ channel: CloneString, _ arguments: [CloneValue]) {
    logFailure { () throws(IPCError) in
      let bytes: [UInt8]
      do throws(IPCError) {
        bytes = try arguments.serialized()
      } catch {
        throw IPCError("Failed to serialize arguments", diagnosis: error.diagnosis)
      }
      transport.send(.message(channel: channel, arguments: bytes))
    }
  }

  /// Does what sends from the main process; a failure is logged, as Electron does.
  func logFailure(_ body: () throws(IPCError) -> Void) { process.logSendingFailure(body) }

  func send(_ message: FrameBoundMessage) { transport.send(message) }

  // MARK: - Dispatch

  private func receive(_ message: MainBoundMessage?) {
    guard let message else {
      frame?.lose(self)
      return
    }
    do {
      dispatch(message, from: try origin())
    } catch {
      refuse(message, error.message)
    }
  }

  /// Where the document's messages come from.
  ///
  /// - Throws: that there is no page any more, with the text of the reply.
  private func origin() throws(IPCError) -> MessageOrigin {
    guard let contents = frame?.contents else { throw IPCError("WebContents does not exist") }
    if contents.isDestroyed { throw IPCError("WebContents was destroyed") }
    return MessageOrigin(process: process, contents: contents, document: self)
  }

  private func dispatch(_ message: MainBoundMessage, from origin: MessageOrigin) {
    switch message {
    case .message(let channel, let arguments):
      emit(
        .send(origin), channel, [CloneValue](serialized: arguments), announcedAs: .ipcMessage)
    case .messageSync(let id, let channel, let arguments):
      warnIfUnheard(channel, origin)
      emit(
        .sendSync(origin, syncSlot(id)), channel, [CloneValue](serialized: arguments),
        announcedAs: .ipcMessageSync)
    case .invoke(let id, let channel, let arguments):
      answer(
        IPCMainInvokeEvent(origin, invokeSlot(id)), channel, [CloneValue](serialized: arguments))
    case .receivePostMessage(let channel, let message):
      let ports = message.ports.map { MessagePortMain($0, in: process) }
      emit(.postMessage(origin, ports), channel, [CloneValue(serialized: message.message)])
    case .messageHost(let channel, let arguments):
      origin.contents.webview?.receive(
        from: self, channel: channel, [CloneValue](serialized: arguments))
    }
  }

  /// Answers a message that has a reply, and drops another.
  private func refuse(_ message: MainBoundMessage, _ reason: String) {
    switch message {
    case .messageSync(let id, _, _): syncSlot(id).fail(reason)
    case .invoke(let id, _, _): invokeSlot(id).fail(reason)
    case .message, .receivePostMessage, .messageHost: break
    }
  }

  private func syncSlot(_ id: UInt64) -> ReplySlot {
    ReplySlot { self.transport.send(.syncReply(id: id, result: $0)) }
  }

  private func invokeSlot(_ id: UInt64) -> ReplySlot {
    ReplySlot { self.transport.send(.invokeReply(id: id, result: $0)) }
  }

  /// Those who get a message, in order.
  private func tiers(_ origin: MessageOrigin) -> [IPCMain] {
    (frame.map { [$0.ipc] } ?? []) + [origin.contents.ipc, process.ipcMain]
  }

  private func emit(
    _ event: IPCMainEvent, _ channel: CloneString, _ arguments: [CloneValue],
    announcedAs name: WebContents.EventName? = nil
  ) {
    process.perform {
      if let name { try event.sender.listenerTable.emit(name, (event, channel, arguments)) }
      for tier in tiers(event.origin) {
        try tier.listenerTable.emit(channel, (event, arguments))
      }
    }
  }

  private func warnIfUnheard(_ channel: CloneString, _ origin: MessageOrigin) {
    guard origin.contents.listenerCount(.ipcMessageSync) == 0,
      tiers(origin).allSatisfy({ $0.listenerCount(channel) == 0 })
    else { return }
    process.diagnostics.log(
      "WebContents #\(origin.contents.id) called ipcRenderer.sendSync() with '\(channel)' channel without listeners."
    )
  }

  private func answer(
    _ event: IPCMainInvokeEvent, _ channel: CloneString, _ arguments: [CloneValue]
  ) {
    guard let handler = takeHandler(channel, tiers(event.origin)) else {
      return fail(event, channel, IPCError("No handler registered for '\(channel)'"))
    }
    process.loop.start { [self] in
      do {
        try event.slot.reply(["result": try await handler(event, arguments)])
      } catch {
        fail(event, channel, error)
      }
    }
  }

  /// The handler of the first tier that has one.
  private func takeHandler(_ channel: CloneString, _ tiers: [IPCMain]) -> IPCMain.Handler? {
    for tier in tiers {
      if let handler = tier.takeHandler(channel) { return handler }
    }
    return nil
  }

  private func fail(_ event: IPCMainInvokeEvent, _ channel: CloneString, _ error: any Error) {
    process.diagnostics.log("Error occurred in handler for '\(channel)': \(error)")
    let thrown = HandlerError(error)
    event.slot.fail(thrown.text, thrown: event.sender.receivesHandlerErrors ? thrown : nil)
  }
}
