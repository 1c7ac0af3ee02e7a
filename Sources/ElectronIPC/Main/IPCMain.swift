import Synchronization
public import StructuredClone

/// The main process's side of channels: Electron's `ipcMain`, and the `ipc` of a ``WebContents`` or a frame, which gets only
/// what comes from there (electron-ipc, section 4).
public final class IPCMain: ChannelEmitter {
  /// What answers an `invoke`. It starts before the next message is dispatched; what it throws is the renderer's error.
  public typealias Handler =
    @Sendable (IPCMainInvokeEvent, [CloneValue]) async throws -> CloneValue
  /// A channel emitter's event.
  public typealias Event = IPCMainEvent

  /// The listeners.
  public let listenerTable = ListenerTable<CloneString, (IPCMainEvent, [CloneValue])>()

  private struct Registration: Sendable {
    let handler: Handler
    let isOnce: Bool
  }

  private let handlers = Mutex<[CloneString: Registration]>([:])

  init() {}

  /// Sets what answers `invoke` on a channel.
  ///
  /// - Throws: if there is a handler already.
  public func handle(
    _ channel: CloneString, _ handler: @escaping Handler
  ) throws(IPCError) {
    try register(Registration(handler: handler, isOnce: false), channel)
  }

  /// Sets what answers the next `invoke` on a channel; it is removed before it runs.
  ///
  /// - Throws: if there is a handler already.
  public func handleOnce(
    _ channel: CloneString, _ handler: @escaping Handler
  ) throws(IPCError) {
    try register(Registration(handler: handler, isOnce: true), channel)
  }

  /// Removes the handler of a channel, if there is one. Calls that have begun go on.
  public func removeHandler(_ channel: CloneString) {
    handlers.withLock { _ = $0.removeValue(forKey: channel) }
  }

  private func register(
    _ registration: Registration, _ channel: CloneString
  ) throws(IPCError) {
    let isNew = handlers.withLock { handlers in
      guard handlers[channel] == nil else { return false }
      handlers[channel] = registration
      return true
    }
    guard isNew else {
      throw IPCError("Attempted to register a second handler for '\(channel)'")
    }
  }

  /// The handler for a call that has arrived; removed if it is for one call only.
  func takeHandler(_ channel: CloneString) -> Handler? {
    handlers.withLock { handlers in
      guard let registration = handlers[channel] else { return nil }
      if registration.isOnce { handlers[channel] = nil }
      return registration.handler
    }
  }
}
