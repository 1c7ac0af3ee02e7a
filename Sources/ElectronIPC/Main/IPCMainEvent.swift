import Synchronization
public import StructuredClone

/// What a listener in the main process learns about a message (electron-ipc, section 3.2).
///
/// All listeners of a message get the same event. What only some messages have is `nil` for others.
public final class IPCMainEvent: IPCMainEventProtocol {
  /// Where the message came from.
  public let origin: MessageOrigin
  private let slot: ReplySlot?
  /// The ports that came with a `postMessage`, not started yet.
  public let ports: [MessagePortMain]?
  /// Sends to the frame that the message came from: present for `send` and `sendSync`.
  public let reply: Reply?
  private let isPrevented = Mutex(false)

  private init(
    _ origin: MessageOrigin, slot: ReplySlot?, ports: [MessagePortMain]?, hasReply: Bool
  ) {
    self.origin = origin
    self.slot = slot
    self.ports = ports
    reply = hasReply ? Reply(document: origin.document) : nil
  }

  static func send(_ origin: MessageOrigin) -> IPCMainEvent {
    IPCMainEvent(origin, slot: nil, ports: nil, hasReply: true)
  }

  static func sendSync(_ origin: MessageOrigin, _ slot: ReplySlot) -> IPCMainEvent {
    IPCMainEvent(origin, slot: slot, ports: nil, hasReply: true)
  }

  static func postMessage(_ origin: MessageOrigin, _ ports: [MessagePortMain]) -> IPCMainEvent {
    IPCMainEvent(origin, slot: nil, ports: ports, hasReply: false)
  }

  /// What a `sendSync` returns: setting it replies, once. Reading always gives `undefined`. For other messages it does
  /// nothing.
  ///
  /// A value that cannot be cloned is reported as an uncaught exception; another one may be set then. Use
  /// ``setReturnValue(_:)`` to catch it.
  public var returnValue: CloneValue {
    get { .undefined }
    set { origin.document.process.perform { try setReturnValue(newValue) } }
  }

  /// Sets ``returnValue``.
  ///
  /// - Throws: if the value cannot be cloned; another one may be set then.
  public func setReturnValue(_ value: CloneValue) throws(IPCError) { try slot?.reply(value) }

  /// Does nothing but to set ``defaultPrevented``: every event of Electron has it.
  public func preventDefault() { isPrevented.withLock { $0 = true } }

  /// Whether ``preventDefault()`` was called.
  public var defaultPrevented: Bool { isPrevented.withLock { $0 } }

  /// Sends to the frame that a message came from.
  public struct Reply: Sendable {
    let document: FrameDocument

    /// Sends a message; nothing happens if the document of the frame is gone.
    public func callAsFunction(_ channel: CloneString, _ arguments: CloneValue...) {
      document.send(channel, arguments)
    }
  }
}
