public import StructuredClone

/// A channel of `sendSync`, with the types of its arguments and of its result.
///
/// ```swift
/// let version = SyncChannel("version", returns: String.self)
/// ipcMain.on(version) { event in "1.0" }
/// print(try ipcRenderer.sendSync(version))
/// ```
public struct SyncChannel<
  Result: CloneValueConvertible & Sendable, each Argument: CloneValueConvertible & Sendable
>: Sendable {
  /// The channel.
  public let name: CloneString

  /// Declares a channel.
  public init(
    _ name: CloneString, takes argument: repeat (each Argument).Type,
    returns result: Result.Type
  ) {
    self.name = name
  }

  var arguments: ChannelArguments<repeat each Argument> { ChannelArguments(channel: name) }

  /// The result of a reply. Where no listener gave one, there is an object with a text instead.
  fileprivate func result(_ reply: CloneValue) throws(IPCError) -> Result {
    do {
      return try Result(resultValue: reply, name)
    } catch {
      guard let text = reply["error"].string else { throw error }
      throw IPCError("\(text)", diagnosis: "sendSync of '\(name)'")
    }
  }
}

extension IPCMain {
  /// Adds a listener behind the others whose value becomes the event's `returnValue`, unless one before it set it.
  ///
  /// What it throws is an uncaught exception, as of any listener, and so are arguments that do not fit.
  ///
  /// - Returns: the listener, to remove it with ``EventEmitter/off(_:_:)``.
  @discardableResult
  public func on<Result, each Argument>(
    _ channel: SyncChannel<Result, repeat each Argument>,
    _ body: @escaping @Sendable (IPCMainEvent, repeat each Argument) throws -> Result
  ) -> EventListener<Arguments> {
    let listener = EventListener<Arguments> { event, values in
      let argument = try channel.arguments.arguments(values)
      let result = try body(event, repeat each argument)
      try event.setReturnValue(try result.resultValue(channel.name))
    }
    on(channel.name, listener)
    return listener
  }
}

extension IPCRenderer {
  /// Sends a message and blocks the thread until a listener has given a result.
  ///
  /// - Throws: what the untyped `sendSync` throws; a `TypeError` if an argument has no JavaScript value or the result is of
  ///   another type; or `reply was never sent`.
  @available(*, noasync, message: "await the other sendSync, which holds no thread")
  public func sendSync<Result, each Argument>(
    _ channel: SyncChannel<Result, repeat each Argument>, _ argument: repeat each Argument,
    timeout: Duration? = nil
  ) throws(IPCError) -> Result {
    let values = try channel.arguments.values(repeat each argument)
    return try channel.result(try sendSync(channel.name, arguments: values, timeout: timeout))
  }

  /// Sends a message and waits until a listener has given a result, without blocking a thread.
  ///
  /// - Throws: what the untyped `sendSync` throws; a `TypeError` if an argument has no JavaScript value or the result is of
  ///   another type; or `reply was never sent`.
  nonisolated(nonsending) public func sendSync<Result, each Argument>(
    _ channel: SyncChannel<Result, repeat each Argument>, _ argument: repeat each Argument,
    timeout: Duration? = nil
  ) async throws(IPCError) -> Result {
    let values = try channel.arguments.values(repeat each argument)
    return try channel.result(
      try await sendSync(channel.name, arguments: values, timeout: timeout))
  }
}
