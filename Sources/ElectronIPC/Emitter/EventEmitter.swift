public import StructuredClone

/// What has listeners: Node's `EventEmitter` (electron-ipc, section 12).
///
/// Listeners are called in the order in which they were added, with the list as it is when the event begins. A listener that
/// is added twice is called twice. One that throws ends the event: those after it are not called.
public protocol EventEmitter: Sendable {
  /// What names an event.
  associatedtype EventName: Hashable & Sendable
  /// What a listener is called with.
  associatedtype Arguments: Sendable

  /// The listeners.
  var listenerTable: ListenerTable<EventName, Arguments> { get }
}

extension EventEmitter {
  /// Adds a listener behind the others.
  public func on(_ name: EventName, _ listener: EventListener<Arguments>) {
    listenerTable.add(listener, to: name)
  }

  /// Adds a listener behind the others: another name of `on`.
  public func addListener(_ name: EventName, _ listener: EventListener<Arguments>) {
    on(name, listener)
  }

  /// Adds a listener that is removed just before it is called.
  public func once(_ name: EventName, _ listener: EventListener<Arguments>) {
    listenerTable.add(listener, to: name, once: true)
  }

  /// Adds a listener before the others.
  public func prependListener(_ name: EventName, _ listener: EventListener<Arguments>) {
    listenerTable.add(listener, to: name, first: true)
  }

  /// Adds a listener before the others that is removed just before it is called.
  public func prependOnceListener(_ name: EventName, _ listener: EventListener<Arguments>) {
    listenerTable.add(listener, to: name, once: true, first: true)
  }

  /// Removes a listener once: where it was added last. One that is not there is none.
  public func off(_ name: EventName, _ listener: EventListener<Arguments>) {
    listenerTable.remove(listener, from: name)
  }

  /// Removes a listener once: another name of `off`.
  public func removeListener(_ name: EventName, _ listener: EventListener<Arguments>) {
    off(name, listener)
  }

  /// Removes all listeners of an event.
  public func removeAllListeners(_ name: EventName) { listenerTable.removeAll(name) }

  /// Removes all listeners of all events.
  public func removeAllListeners() { listenerTable.removeAll() }

  /// How many listeners an event has, or how often one listener is among them.
  public func listenerCount(_ name: EventName, _ listener: EventListener<Arguments>? = nil) -> Int {
    listenerTable.count(name, of: listener)
  }

  /// The listeners of an event, in the order in which they are called.
  public func listeners(_ name: EventName) -> [EventListener<Arguments>] {
    listenerTable.listeners(name)
  }

  /// The events that have listeners, in the order in which they got their first.
  public func eventNames() -> [EventName] { listenerTable.names }
}

/// An emitter of what arrives on channels.
///
/// A channel is compared by its UTF-16 code units, as JavaScript does it, and not as Swift compares a `String`.
public protocol ChannelEmitter: EventEmitter
where EventName == CloneString, Arguments == (Event, [CloneValue]) {
  /// What a listener learns about the message besides its arguments.
  associatedtype Event: Sendable
}

extension ChannelEmitter {
  /// Adds a listener behind the others.
  ///
  /// - Returns: the listener, to remove it with ``EventEmitter/off(_:_:)``.
  @discardableResult
  public func on(
    _ channel: CloneString,
    _ body: @escaping @Sendable (Event, [CloneValue]) throws -> Void
  ) -> EventListener<Arguments> {
    let listener = EventListener<Arguments> { try body($0.0, $0.1) }
    on(channel, listener)
    return listener
  }

  /// Adds a listener behind the others: another name of `on`.
  @discardableResult
  public func addListener(
    _ channel: CloneString,
    _ body: @escaping @Sendable (Event, [CloneValue]) throws -> Void
  ) -> EventListener<Arguments> {
    on(channel, body)
  }

  /// Adds a listener that is removed just before it is called.
  ///
  /// - Returns: the listener, to remove it before.
  @discardableResult
  public func once(
    _ channel: CloneString,
    _ body: @escaping @Sendable (Event, [CloneValue]) throws -> Void
  ) -> EventListener<Arguments> {
    let listener = EventListener<Arguments> { try body($0.0, $0.1) }
    once(channel, listener)
    return listener
  }
}
