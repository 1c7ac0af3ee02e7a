/// Two entangled ports of the main process: Electron's `MessageChannelMain`.
public struct MessageChannelMain: Sendable {
  /// One port.
  public let port1: MessagePortMain
  /// The other.
  public let port2: MessagePortMain

  /// Makes two ports.
  public init(in process: MainProcess) {
    let (first, second) = PortEnd.makePair()
    port1 = MessagePortMain(first, in: process)
    port2 = MessagePortMain(second, in: process)
  }
}
