import Synchronization

/// What a handler learns about an `invoke` (electron-ipc, section 3.2).
public final class IPCMainInvokeEvent: IPCMainEventProtocol {
  /// Where the message came from.
  public let origin: MessageOrigin
  private let isPrevented = Mutex(false)

  init(_ origin: MessageOrigin) { self.origin = origin }

  /// Does nothing but to set ``defaultPrevented``: every event of Electron has it.
  public func preventDefault() { isPrevented.withLock { $0 = true } }

  /// Whether ``preventDefault()`` was called.
  public var defaultPrevented: Bool { isPrevented.withLock { $0 } }
}
