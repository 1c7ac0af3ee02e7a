public import StructuredClone

/// A channel of `send` and `on`, in either direction, with the types of its arguments.
///
/// ```swift
/// let progress = SendChannel("progress", takes: String.self, Double.self)
/// ipcRenderer.on(progress) { event, name, fraction in print(name, fraction) }
/// webContents.send(progress, "download", 0.5)
/// ```
///
/// A message whose arguments do not fit is an uncaught exception where it arrives, as if the listener had thrown.
public struct SendChannel<each Argument: CloneValueConvertible & Sendable>: Sendable {
  /// The channel.
  public let name: CloneString

  /// Declares a channel.
  public init(_ name: CloneString, takes argument: repeat (each Argument).Type) {
    self.name = name
  }

  var arguments: ChannelArguments<repeat each Argument> { ChannelArguments(channel: name) }

  fileprivate func listener<Event: Sendable>(
    _ body: @escaping @Sendable (Event, repeat each Argument) throws -> Void
  ) -> EventListener<(Event, [CloneValue])> {
    EventListener { event, values in
      let argument = try arguments.arguments(values)
      try body(event, repeat each argument)
    }
  }
}

extension ChannelEmitter {
  /// Adds a listener behind the others.
  ///
  /// - Returns: the listener, to remove it with ``EventEmitter/off(_:_:)``.
  @discardableResult
  public func on<each Argument>(
    _ channel: SendChannel<repeat each Argument>,
    _ body: @escaping @Sendable (Event, repeat each Argument) throws -> Void
  ) -> EventListener<Arguments> {
    let listener: EventListener<Arguments> = channel.listener(body)
    on(channel.name, listener)
    return listener
  }

  /// Adds a listener that is removed just before it is called.
  ///
  /// - Returns: the listener, to remove it before.
  @discardableResult
  public func once<each Argument>(
    _ channel: SendChannel<repeat each Argument>,
    _ body: @escaping @Sendable (Event, repeat each Argument) throws -> Void
  ) -> EventListener<Arguments> {
    let listener: EventListener<Arguments> = channel.listener(body)
    once(channel.name, listener)
    return listener
  }
}

extension IPCRenderer {
  /// Sends a message.
  ///
  /// - Throws: what ``send(_:_:)`` throws, and a `TypeError` if an argument has no JavaScript value.
  public func send<each Argument>(
    _ channel: SendChannel<repeat each Argument>, _ argument: repeat each Argument
  ) throws(IPCError) {
    try send(channel.name, arguments: try channel.arguments.values(repeat each argument))
  }

  /// Sends a message to the page that shows this one in a ``WebviewTag``; without one it is dropped.
  ///
  /// - Throws: what ``sendToHost(_:_:)`` throws, and a `TypeError` if an argument has no JavaScript value.
  public func sendToHost<each Argument>(
    _ channel: SendChannel<repeat each Argument>, _ argument: repeat each Argument
  ) throws(IPCError) {
    try sendToHost(channel.name, arguments: try channel.arguments.values(repeat each argument))
  }
}

extension WebFrameMain {
  /// Sends a message to the frame. A failure is logged and nothing else, as in Electron.
  public func send<each Argument>(
    _ channel: SendChannel<repeat each Argument>, _ argument: repeat each Argument
  ) {
    logFailure { () throws(IPCError) in
      send(channel.name, arguments: try channel.arguments.values(repeat each argument))
    }
  }
}

extension WebContents {
  /// Sends a message to the main frame, as ``WebFrameMain``'s does.
  public func send<each Argument>(
    _ channel: SendChannel<repeat each Argument>, _ argument: repeat each Argument
  ) {
    mainFrame.send(channel, repeat each argument)
  }
}

extension IPCMainEvent.Reply {
  /// Sends a message; nothing happens if the document of the frame is gone. A failure is logged and nothing else.
  public func callAsFunction<each Argument>(
    _ channel: SendChannel<repeat each Argument>, _ argument: repeat each Argument
  ) {
    document.logFailure { () throws(IPCError) in
      document.send(channel.name, try channel.arguments.values(repeat each argument))
    }
  }
}
