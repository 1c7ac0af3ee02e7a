public import StructuredClone
import Synchronization

/// A page's side of channels: Electron's `ipcRenderer` (electron-ipc, section 2).
///
/// ```swift
/// ipcRenderer.on("tick") { event, arguments in print(arguments) }
/// try ipcRenderer.send("log", "hello")
/// let sum = try await ipcRenderer.invoke("add", 1, 2)
/// ```
///
/// Arguments are cloned when a method is called. What is sent arrives in the order of the calls, whatever the methods; what
/// comes from the main process also keeps its order, but replies have none with regard to other messages.
///
/// It can send anything on any channel. Do not give it, or an event, to code that is not trusted.
public final class IPCRenderer: ChannelEmitter, EventSource {
  /// A channel emitter's event.
  public typealias Event = IPCRendererEvent

  /// The listeners.
  public let listenerTable = ListenerTable<CloneString, (IPCRendererEvent, [CloneValue])>()
  let context: FrameContext
  private let inbox = Inbox<FrameBoundMessage>()

  /// Makes the side of a page at the other end of a transport.
  ///
  /// - Parameter preload: runs before anything can arrive. What it throws is an uncaught exception of the page.
  package init(
    over transport: any FrameTransport, in process: RendererProcess,
    preload: (IPCRenderer) throws -> Void = { _ in }
  ) {
    context = FrameContext(over: transport, in: process)
    process.perform { try preload(self) }
    transport.start(on: process.loop) { self.receive($0) }
  }

  /// The process of the page, where its listeners run.
  public var process: RendererProcess { context.process }

  // MARK: - Sending

  /// Sends a message. That nobody listens is no error, and nothing is known of what becomes of it.
  ///
  /// - Throws: if the page is gone or an argument cannot be cloned; nothing is sent then.
  public func send(_ channel: CloneString, _ arguments: CloneValue...) throws(IPCError) {
    try send(channel, arguments: arguments)
  }

  func send(_ channel: CloneString, arguments: [CloneValue]) throws(IPCError) {
    try context.send(arguments) { .message(channel: channel, arguments: $0) }
  }

  /// Calls a handler of the main process and waits for its result.
  ///
  /// The message is sent before the call first suspends.
  ///
  /// - Throws: what ``send(_:_:)`` throws; `Error invoking remote method '…'` with what the handler threw, or with what
  ///   happened instead of a reply; that the page is gone; or an `AbortError` if the task is cancelled.
  nonisolated(nonsending) public func invoke(
    _ channel: CloneString, _ arguments: CloneValue...
  ) async throws(IPCError) -> CloneValue {
    try await invoke(channel, arguments: arguments)
  }

  // One frame of asynchronous code less for each call.
  @inline(__always)
  nonisolated(nonsending) func invoke(
    _ channel: CloneString, arguments: [CloneValue]
  ) async throws(IPCError) -> CloneValue {
    try await startInvoke(channel, arguments: arguments).onlyValue()
  }

  /// Calls a handler of the main process, and does not wait: what JavaScript has before it writes `await`.
  ///
  /// - Throws: what ``send(_:_:)`` throws.
  public func startInvoke(
    _ channel: CloneString, _ arguments: CloneValue...
  ) throws(IPCError) -> IPCPromise {
    try startInvoke(channel, arguments: arguments)
  }

  func startInvoke(
    _ channel: CloneString, arguments: [CloneValue]
  ) throws(IPCError) -> IPCPromise {
    try context.start(.invoke(channel), arguments) {
      .invoke(id: $0, channel: channel, arguments: $1)
    }
  }

  /// Sends a message and blocks the thread until a listener has set `returnValue`.
  ///
  /// Meanwhile no listener of the page's process runs; what arrives waits. An event that the main process keeps without
  /// setting its `returnValue` blocks as long. If it lets go of it, the result is `{ error: 'reply was never sent' }`, and
  /// if the connection is lost, `null`.
  ///
  /// - Parameter timeout: how long to wait; without one, for ever.
  /// - Throws: what ``send(_:_:)`` throws; a `TimeoutError`; at once, if the call is made where the answer would have to be
  ///   given, in a listener or handler of the main process.
  @available(*, noasync, message: "await the other sendSync, which holds no thread")
  public func sendSync(
    _ channel: CloneString, _ arguments: CloneValue..., timeout: Duration? = nil
  ) throws(IPCError) -> CloneValue {
    try sendSync(channel, arguments: arguments, timeout: timeout)
  }

  @available(*, noasync)
  func sendSync(
    _ channel: CloneString, arguments: [CloneValue], timeout: Duration?
  ) throws(IPCError) -> CloneValue {
    try context.checkLife()
    if context.transport.isAnsweredOnCurrentThread {
      _ = try MessageContent(arguments: arguments)
      throw IPCError(
        "sendSync would wait for itself",
        diagnosis: "the main process answers '\(channel)' on the thread that is calling")
    }
    context.process.loop.pause()
    defer { context.process.loop.resume() }
    let promise = try startSendSync(channel, arguments, timeout)
    context.transport.wait(for: promise)
    return try promise.settledValue()
  }

  /// Sends a message and waits until a listener has set `returnValue`, without blocking a thread.
  ///
  /// Otherwise as the `sendSync` that blocks; it can be called anywhere, also in a handler of the main process.
  ///
  /// - Throws: what ``send(_:_:)`` throws; a `TimeoutError`, or an `AbortError` if the task is cancelled.
  nonisolated(nonsending) public func sendSync(
    _ channel: CloneString, _ arguments: CloneValue..., timeout: Duration? = nil
  ) async throws(IPCError) -> CloneValue {
    try await sendSync(channel, arguments: arguments, timeout: timeout)
  }

  nonisolated(nonsending) func sendSync(
    _ channel: CloneString, arguments: [CloneValue], timeout: Duration?
  ) async throws(IPCError) -> CloneValue {
    context.process.loop.pause()
    defer { context.process.loop.resume() }
    return try await startSendSync(channel, arguments, timeout).onlyValue()
  }

  private func startSendSync(
    _ channel: CloneString, _ arguments: [CloneValue], _ timeout: Duration?
  ) throws(IPCError) -> IPCPromise {
    let promise = try context.start(.sync, arguments) {
      .messageSync(id: $0, channel: channel, arguments: $1)
    }
    if let timeout { promise.settle(after: timeout, .failure(.timedOut(channel, timeout))) }
    return promise
  }

  /// Sends a value, and ports with it, which are then the main process's.
  ///
  /// - Throws: if the page is gone, the value cannot be cloned, or a port is repeated or was transferred before; nothing is
  ///   sent then, and the ports are as they were.
  public func postMessage(
    _ channel: CloneString, _ message: CloneValue = .undefined, transfer: [MessagePort] = []
  ) throws(IPCError) {
    try context.checkLife()
    let content = try MessageContent(message)
    let ports: [PortEnd]
    do {
      ports = try PortState.take(transfer.map(\.state))
    } catch {
      throw IPCError(
        name: "TypeError", "Invalid value for transfer",
        diagnosis: "the port at index \(error.index) is listed before or was transferred")
    }
    context.transport.send(
      .receivePostMessage(channel: channel, TransferableMessage(content, ports: ports)))
  }

  /// Sends a message to the page that shows this one in a ``WebviewTag``; without one it is dropped.
  ///
  /// - Throws: what ``send(_:_:)`` throws.
  public func sendToHost(_ channel: CloneString, _ arguments: CloneValue...) throws(IPCError) {
    try sendToHost(channel, arguments: arguments)
  }

  func sendToHost(_ channel: CloneString, arguments: [CloneValue]) throws(IPCError) {
    try context.send(arguments) { .messageHost(channel: channel, arguments: $0) }
  }

  /// Ends the page's context, as closing the page does: nothing can be sent any more, nothing arrives, what is pending fails,
  /// and the ports of the page close.
  public func release() { context.release() }

  // MARK: - Receiving

  private func receive(_ message: consuming FrameBoundMessage?) {
    switch consume message {
    // The one thing that does not wait for the loop, which is held up until it comes.
    case .syncReply(let id, let result): context.settle(id, with: result)
    case .invokeReply(let id, let result):
      // Replies have no order with regard to other messages. What goes on after one is a job of the loop, or of another executor.
      if context.process.loop.isPaused {
        enqueue(.invokeReply(id: id, result: result))
      } else {
        context.settle(id, with: result)
      }
    case nil:
      // Whoever holds the loop up waits for nothing any more.
      context.loseSyncReplies()
      enqueue(nil)
    case let message: enqueue(message)
    }
  }

  private func enqueue(_ message: consuming FrameBoundMessage?) {
    inbox.append(message)
    context.process.loop.enqueue(nextOf: self)
  }

  func dispatchNext() {
    switch inbox.popFirst() {
    case nil: break
    case .some(nil): context.release()
    case .some(let message?): dispatch(message)
    }
  }

  private func dispatch(_ message: consuming FrameBoundMessage) {
    guard !context.isReleased else { return }
    switch consume message {
    case .message(let channel, let arguments):
      emit(channel, [], arguments.arguments())
    case .receivePostMessage(let channel, let message):
      let ports = message.ports.map { MessagePort($0, of: context) }
      emit(channel, ports, [message.message.value()])
    case .invokeReply(let id, let result), .syncReply(let id, let result):
      context.settle(id, with: result)
    }
  }

  private func emit(_ channel: CloneString, _ ports: [MessagePort], _ arguments: [CloneValue]) {
    context.process.perform {
      let event = IPCRendererEvent(sender: self, ports: ports)
      try listenerTable.emit(channel, (event, arguments))
    }
  }
}
