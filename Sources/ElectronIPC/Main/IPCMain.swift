import Synchronization
public import StructuredClone

/// The main process's side of channels: Electron's `ipcMain`, and the `ipc` of a ``WebContents`` or a frame, which gets only
/// what comes from there (electron-ipc, section 4).
public final class IPCMain: ChannelEmitter {
  /// What answers an `invoke`. It starts before the next message is dispatched; what it throws is the renderer's error.
  public typealias Handler =
    @Sendable (IPCMainInvokeEvent, [CloneValue]) async throws -> CloneValue
  /// What answers an `invoke` and never suspends, which takes no task.
  public typealias ImmediateHandler =
    @Sendable (IPCMainInvokeEvent, [CloneValue]) throws -> CloneValue
  /// A channel emitter's event.
  public typealias Event = IPCMainEvent

  /// The listeners.
  public let listenerTable = ListenerTable<CloneString, (IPCMainEvent, [CloneValue])>()

  /// A handler of either kind.
  enum Responder: Sendable {
    case immediate(ImmediateHandler)
    case suspending(Handler)
  }

  private struct Registration: Sendable {
    let responder: Responder
    let isOnce: Bool
  }

  private let handlers = Mutex<[CloneString: Registration]>([:])

  init() {}

  /// Sets what answers `invoke` on a channel.
  ///
  /// - Throws: if there is a handler already.
  public func handle(_ channel: CloneString, _ handler: @escaping Handler) throws(IPCError) {
    try register(.suspending(handler), channel)
  }

  /// Sets what answers `invoke` on a channel, without suspending.
  ///
  /// - Throws: if there is a handler already.
  public func handle(
    _ channel: CloneString, _ handler: @escaping ImmediateHandler
  ) throws(IPCError) {
    try register(.immediate(handler), channel)
  }

  /// Sets what answers the next `invoke` on a channel; it is removed before it runs.
  ///
  /// - Throws: if there is a handler already.
  public func handleOnce(_ channel: CloneString, _ handler: @escaping Handler) throws(IPCError) {
    try register(.suspending(handler), channel, isOnce: true)
  }

  /// Sets what answers the next `invoke` on a channel, without suspending; it is removed before it runs.
  ///
  /// - Throws: if there is a handler already.
  public func handleOnce(
    _ channel: CloneString, _ handler: @escaping ImmediateHandler
  ) throws(IPCError) {
    try register(.immediate(handler), channel, isOnce: true)
  }

  /// Removes the handler of a channel, if there is one. Calls that have begun go on.
  public func removeHandler(_ channel: CloneString) {
    handlers.letGo { $0.removeValue(forKey: channel) }
  }

  func register(
    _ responder: Responder, _ channel: CloneString, isOnce: Bool = false
  ) throws(IPCError) {
    let isNew = handlers.withLock { handlers in
      guard handlers[channel] == nil else { return false }
      handlers[channel] = Registration(responder: responder, isOnce: isOnce)
      return true
    }
    guard isNew else {
      throw IPCError("Attempted to register a second handler for '\(channel)'")
    }
  }

  /// The handler for a call that has arrived; removed if it is for one call only.
  func takeResponder(_ channel: CloneString) -> Responder? {
    handlers.withLock { handlers in
      guard let registration = handlers[channel] else { return nil }
      if registration.isOnce { handlers[channel] = nil }
      return registration.responder
    }
  }
}
