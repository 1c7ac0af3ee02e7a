import StructuredClone
import Synchronization

/// The script context of a document: what ends when the document goes.
final class FrameContext: Sendable {
  /// What waits for a reply.
  enum Request {
    case invoke(CloneString)
    case sync

    /// What it comes to with a reply: what that holds, or what it says was thrown.
    func outcome(of reply: consuming MessageContent) -> IPCPromise.Outcome {
      switch self {
      case .sync: .success(reply.value())
      case .invoke(let channel):
        switch reply.reply() {
        case .result(let result): .success(result)
        case .error(let error, let thrown):
          .failure(.failedInvocation(channel, error, thrown: HandlerError(thrown)))
        }
      }
    }

    var isSync: Bool {
      if case .sync = self { true } else { false }
    }

    /// What it comes to if the connection is lost.
    var outcomeIfLost: IPCPromise.Outcome {
      switch self {
      case .invoke: .failure(.contextReleased)
      case .sync: .success(.null)
      }
    }
  }

  private struct PendingReply {
    let promise: IPCPromise
    let request: Request
  }

  private struct WeakPort {
    weak var port: MessagePort?
  }

  private struct State {
    var isReleased = false
    /// Whether no reply can come any more. The context is released a little later, behind what has arrived.
    var isLost = false
    var pending = CallTable<PendingReply>()
    var ports: [WeakPort] = []
    var portsAfterCleaning = 0
  }

  let process: RendererProcess
  let transport: any FrameTransport
  private let state = Mutex(State())

  init(over transport: any FrameTransport, in process: RendererProcess) {
    self.transport = transport
    self.process = process
  }

  var isReleased: Bool { state.withLock { $0.isReleased } }

  /// Sends a message.
  ///
  /// - Throws: if the context was released, or an argument cannot be cloned, whichever comes first.
  func send(
    _ arguments: [CloneValue], _ message: (MessageContent) -> MainBoundMessage
  ) throws(IPCError) {
    try checkLife()
    transport.send(message(try MessageContent(arguments: arguments)))
  }

  /// Sends a message that has a reply.
  ///
  /// - Throws: what ``send(_:_:)`` throws.
  func start(
    _ request: Request, _ arguments: [CloneValue],
    _ message: (UInt64, consuming MessageContent) -> MainBoundMessage
  ) throws(IPCError) -> IPCPromise {
    let content: MessageContent
    do throws(IPCError) {
      content = try MessageContent(arguments: arguments)
    } catch {
      try checkLife()
      throw error
    }
    let promise = IPCPromise()
    let id = try state.withLock { state throws(IPCError) -> UInt64? in
      if state.isReleased { throw .contextReleased }
      guard !state.isLost else { return nil }
      return state.pending.append(PendingReply(promise: promise, request: request))
    }
    if let id {
      transport.send(message(id, consume content))
    } else {
      promise.settle(request.outcomeIfLost)
    }
    return promise
  }

  /// Settles what a request came to; a reply that nobody waits for is dropped.
  func settle(_ id: UInt64, with reply: consuming MessageContent) {
    guard let pending = state.withLock({ $0.pending.remove(id) }) else { return }
    pending.promise.settle(pending.request.outcome(of: reply))
  }

  func checkLife() throws(IPCError) {
    if isReleased { throw .contextReleased }
  }

  /// Makes a port close with the context.
  func add(_ port: MessagePort) {
    // Each may be forgotten elsewhere just now, and goes without the lock then, with all that it holds.
    var kept: [MessagePort] = []
    let isTooLate = state.withLock { state in
      guard !state.isReleased else { return true }
      // Forgotten ones are cleaned out whenever the list has doubled.
      if state.ports.count > 2 * state.portsAfterCleaning + 16 {
        state.ports.removeAll {
          guard let port = $0.port else { return true }
          kept.append(port)
          return false
        }
        state.portsAfterCleaning = state.ports.count
      }
      state.ports.append(WeakPort(port: port))
      return false
    }
    withExtendedLifetime(kept) {}
    if isTooLate { port.close() }
  }

  /// Settles every `sendSync`: no reply can come any more. The replies to `invoke` may still be on the loop, which a
  /// `sendSync` holds up.
  func loseSyncReplies() { lose(onlySync: true) }

  private func lose(onlySync: Bool) {
    let lost = state.withLock { state in
      state.isLost = true
      return state.pending.removeAll { !onlySync || $0.request.isSync }
    }
    for reply in lost { reply.promise.settle(reply.request.outcomeIfLost) }
  }

  /// Ends the context: everything pending is settled and every port closed.
  func release() {
    let ports = state.withLock { state in
      defer {
        state.isReleased = true
        state.ports = []
      }
      return state.ports
    }
    transport.close()
    lose(onlySync: false)
    for port in ports { port.port?.close() }
  }
}
