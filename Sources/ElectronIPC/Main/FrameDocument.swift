import StructuredClone
import Synchronization

/// A document in a frame, as the main process sees it: the other end of one connection.
final class FrameDocument: EventSource {
  let id: Int
  let processID: Int
  let frameTreeNodeID: Int
  let process: MainProcess
  private weak let frame: WebFrameMain?
  private let transport: any MainTransport
  private let inbox = Inbox<MainBoundMessage>()

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
      self.inbox.append(message)
      self.process.loop.enqueue(nextOf: self)
    }
  }

  func close() { transport.close() }

  /// Sends arguments; a failure is logged, as Electron does.
  func send(_ channel: CloneString, _ arguments: [CloneValue]) {
    logFailure { () throws(IPCError) in
      let content: MessageContent
      do throws(IPCError) {
        content = try MessageContent(arguments: arguments)
      } catch {
        throw IPCError("Failed to serialize arguments", diagnosis: error.diagnosis)
      }
      transport.send(.message(channel: channel, arguments: content))
    }
  }

  /// Does what sends from the main process; a failure is logged, as Electron does.
  func logFailure(_ body: () throws(IPCError) -> Void) { process.logSendingFailure(body) }

  func send(_ message: consuming FrameBoundMessage) { transport.send(message) }

  // MARK: - Dispatch

  func dispatchNext() {
    switch inbox.popFirst() {
    case nil: break
    case .some(nil): frame?.lose(self)
    case .some(let message?): dispatch(message)
    }
  }

  private func dispatch(_ message: consuming MainBoundMessage) {
    let origin: MessageOrigin
    do {
      origin = try self.origin()
    } catch {
      return refuse(message, error.message)
    }
    dispatch(consume message, from: consume origin)
  }

  /// Where the document's messages come from.
  ///
  /// - Throws: that there is no page any more, with the text of the reply.
  private func origin() throws(IPCError) -> MessageOrigin {
    guard let frame, let contents = frame.contents else {
      throw IPCError("WebContents does not exist")
    }
    if contents.isDestroyed { throw IPCError("WebContents was destroyed") }
    return MessageOrigin(contents: contents, sender: frame, document: self)
  }

  // What it gets goes on with the event.
  private func dispatch(
    _ message: consuming MainBoundMessage, from origin: consuming MessageOrigin
  ) {
    switch consume message {
    case .message(let channel, let arguments):
      emit(
        .send(origin), channel, arguments.arguments(), announcedAs: .ipcMessage)
    case .messageSync(let id, let channel, let arguments):
      warnIfUnheard(channel, origin)
      emit(
        .sendSync(origin, ReplySlot(id, of: self)), channel, arguments.arguments(),
        announcedAs: .ipcMessageSync)
    case .invoke(let id, let channel, let arguments):
      answer(id, IPCMainInvokeEvent(origin), channel, arguments.arguments())
    case .receivePostMessage(let channel, let message):
      let ports = message.ports.map { MessagePortMain($0, in: process) }
      emit(.postMessage(origin, ports), channel, [message.message.value()])
    case .messageHost(let channel, let arguments):
      origin.contents.webview?.receive(
        from: self, channel: channel, arguments.arguments())
    }
  }

  /// Answers a message that has a reply, and drops another.
  private func refuse(_ message: MainBoundMessage, _ reason: String) {
    switch message {
    case .messageSync(let id, _, _): ReplySlot(id, of: self).fail(reason)
    case .invoke(let id, _, _): reject(id, reason)
    case .message, .receivePostMessage, .messageHost: break
    }
  }

  private func emit(
    _ event: IPCMainEvent, _ channel: CloneString, _ arguments: [CloneValue],
    announcedAs name: WebContents.EventName? = nil
  ) {
    process.perform {
      if let name { try event.sender.listenerTable.emit(name, (event, channel, arguments)) }
      for tier in event.origin.tiers {
        try tier.listenerTable.emit(channel, (event, arguments))
      }
    }
  }

  private func warnIfUnheard(_ channel: CloneString, _ origin: MessageOrigin) {
    guard origin.contents.listenerCount(.ipcMessageSync) == 0,
      origin.tiers.allSatisfy({ $0.listenerCount(channel) == 0 })
    else { return }
    process.diagnostics.log(
      "WebContents #\(origin.contents.id) called ipcRenderer.sendSync() with '\(channel)' channel without listeners."
    )
  }

  // MARK: - Calls

  private func answer(
    _ id: UInt64, _ event: IPCMainInvokeEvent, _ channel: CloneString, _ arguments: [CloneValue]
  ) {
    switch event.origin.firstTier({ $0.takeResponder(channel) }) {
    case .immediate(let handler):
      do {
        try resolve(id, try handler(event, arguments))
      } catch {
        reject(id, event, channel, error)
      }
    case .suspending(let handler):
      process.loop.start { [self] in
        do {
          try resolve(id, try await handler(event, arguments))
        } catch {
          reject(id, event, channel, error)
        }
      }
    case nil: reject(id, event, channel, IPCError("No handler registered for '\(channel)'"))
    }
  }

  private func resolve(_ id: UInt64, _ result: CloneValue) throws(IPCError) {
    reply(id, try MessageContent(result: result))
  }

  private func reject(
    _ id: UInt64, _ event: IPCMainInvokeEvent, _ channel: CloneString, _ error: any Error
  ) {
    process.diagnostics.log("Error occurred in handler for '\(channel)': \(error)")
    let thrown = HandlerError(error)
    reject(id, thrown.text, thrown: event.sender.receivesHandlerErrors ? thrown : nil)
  }

  /// Replies with an object that has a text as `error`, and what a handler threw as `thrown`.
  private func reject(_ id: UInt64, _ text: String, thrown: HandlerError? = nil) {
    // Text can always be cloned, which the code or the cause of an error need not.
    let whole = thrown.flatMap { try? MessageContent(error: text, thrown: $0.value) }
    if let content = try? whole ?? MessageContent(error: text, thrown: nil) { reply(id, content) }
  }

  private func reply(_ id: UInt64, _ content: consuming MessageContent) {
    send(.invokeReply(id: id, result: content))
  }
}
