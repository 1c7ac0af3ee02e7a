/// Two entangled ports of a page: the web's `MessageChannel`.
public struct MessageChannel: Sendable {
  /// One port.
  public let port1: MessagePort
  /// The other.
  public let port2: MessagePort

  /// Makes two ports, which close when the page's context is released.
  public init(in renderer: IPCRenderer) {
    let (first, second) = PortEnd.makePair()
    port1 = MessagePort(first, of: renderer.context)
    port2 = MessagePort(second, of: renderer.context)
  }
}
