/// A value with ports beside it. Whoever has the message owns the ports.
package struct TransferableMessage: Sendable {
  /// The value.
  package let message: MessageContent
  /// The ports, with what waits in them.
  package let ports: [PortEnd]
  /// What the message costs the connection that it came by.
  let charge: StreamCharge?

  /// Makes a message.
  package init(_ message: MessageContent, ports: [PortEnd] = []) {
    self.init(message, ports: ports, charge: nil)
  }

  init(_ message: MessageContent, ports: [PortEnd], charge: StreamCharge?) {
    self.message = message
    self.ports = ports
    self.charge = charge
  }
}
