/// An event of a port: ``message`` or ``close``.
public struct PortEvent<Port: Sendable, Arguments: Sendable>: Sendable {
  let table: @Sendable (PortListeners<Port>) -> ListenerTable<PortEventName, Arguments>
  let name: PortEventName
}

/// The name of an event of a port.
public enum PortEventName: Hashable, Sendable {
  /// A message arrived.
  case message
  /// The connection is at its end.
  case close
}

extension PortEvent where Arguments == MessageEvent<Port> {
  /// A message arrived at a port that was started.
  public static var message: PortEvent { PortEvent(table: { $0.messages }, name: .message) }
}

extension PortEvent where Arguments == Void {
  /// The connection is at its end; at most once for each port.
  public static var close: PortEvent { PortEvent(table: { $0.closes }, name: .close) }
}

/// The listeners of a port.
struct PortListeners<Port: Sendable>: Sendable {
  let messages = ListenerTable<PortEventName, MessageEvent<Port>>()
  let closes = ListenerTable<PortEventName, Void>()

  /// Lets go of all listeners, because nothing can happen any more: they are likely to mention their port.
  func removeAll() {
    messages.removeAll()
    closes.removeAll()
  }
}
