public import StructuredClone

/// A channel of `invoke` and `handle`, with the types of its arguments and of its result.
///
/// ```swift
/// let add = InvokeChannel("add", takes: Int.self, Int.self, returns: Int.self)
/// try ipcMain.handle(add) { event, left, right in left + right }
/// let sum = try await ipcRenderer.invoke(add, 1, 2)
/// ```
///
/// Both ends are checked by the compiler against the declaration; what arrives is checked when it arrives, as the other
/// end may be of another program. The messages are those of the untyped methods, so that either end can be untyped, or
/// JavaScript.
public struct InvokeChannel<
  Result: CloneValueConvertible & Sendable, each Argument: CloneValueConvertible & Sendable
>: Sendable {
  /// The channel.
  public let name: CloneString

  /// Declares a channel whose handler has a result.
  public init(
    _ name: CloneString, takes argument: repeat (each Argument).Type,
    returns result: Result.Type
  ) {
    self.name = name
  }

  var arguments: ChannelArguments<repeat each Argument> { ChannelArguments(channel: name) }
}

extension InvokeChannel where Result == CloneUndefined {
  /// Declares a channel whose handler has no result.
  public init(_ name: CloneString, takes argument: repeat (each Argument).Type) {
    self.init(name, takes: repeat each argument, returns: CloneUndefined.self)
  }
}

extension IPCMain {
  /// Sets what answers `invoke` on a channel. A call whose arguments do not fit fails with a `TypeError` that says
  /// which.
  ///
  /// - Throws: if there is a handler already.
  public func handle<Result, each Argument>(
    _ channel: InvokeChannel<Result, repeat each Argument>,
    _ handler:
      @escaping @Sendable (IPCMainInvokeEvent, repeat each Argument) async throws -> Result
  ) throws(IPCError) {
    try register(.suspending(channel.untyped(handler)), channel.name)
  }

  /// Sets what answers `invoke` on a channel, without suspending. A call whose arguments do not fit fails with a
  /// `TypeError` that says which.
  ///
  /// - Throws: if there is a handler already.
  public func handle<Result, each Argument>(
    _ channel: InvokeChannel<Result, repeat each Argument>,
    _ handler:
      @escaping @Sendable (IPCMainInvokeEvent, repeat each Argument) throws -> Result
  ) throws(IPCError) {
    try register(.immediate(channel.untyped(handler)), channel.name)
  }

  /// Sets what answers the next `invoke` on a channel; it is removed before it runs.
  ///
  /// - Throws: if there is a handler already.
  public func handleOnce<Result, each Argument>(
    _ channel: InvokeChannel<Result, repeat each Argument>,
    _ handler:
      @escaping @Sendable (IPCMainInvokeEvent, repeat each Argument) async throws -> Result
  ) throws(IPCError) {
    try register(.suspending(channel.untyped(handler)), channel.name, isOnce: true)
  }

  /// Sets what answers the next `invoke` on a channel, without suspending; it is removed before it runs.
  ///
  /// - Throws: if there is a handler already.
  public func handleOnce<Result, each Argument>(
    _ channel: InvokeChannel<Result, repeat each Argument>,
    _ handler:
      @escaping @Sendable (IPCMainInvokeEvent, repeat each Argument) throws -> Result
  ) throws(IPCError) {
    try register(.immediate(channel.untyped(handler)), channel.name, isOnce: true)
  }

  /// Sets what answers `invoke` on a channel without a result.
  ///
  /// - Throws: if there is a handler already.
  public func handle<each Argument>(
    _ channel: InvokeChannel<CloneUndefined, repeat each Argument>,
    _ handler:
      @escaping @Sendable (IPCMainInvokeEvent, repeat each Argument) async throws -> Void
  ) throws(IPCError) {
    try register(.suspending(channel.untyped(handler)), channel.name)
  }

  /// Sets what answers `invoke` on a channel without a result, without suspending.
  ///
  /// - Throws: if there is a handler already.
  public func handle<each Argument>(
    _ channel: InvokeChannel<CloneUndefined, repeat each Argument>,
    _ handler:
      @escaping @Sendable (IPCMainInvokeEvent, repeat each Argument) throws -> Void
  ) throws(IPCError) {
    try register(.immediate(channel.untyped(handler)), channel.name)
  }

  /// Sets what answers the next `invoke` on a channel without a result; it is removed before it runs.
  ///
  /// - Throws: if there is a handler already.
  public func handleOnce<each Argument>(
    _ channel: InvokeChannel<CloneUndefined, repeat each Argument>,
    _ handler:
      @escaping @Sendable (IPCMainInvokeEvent, repeat each Argument) async throws -> Void
  ) throws(IPCError) {
    try register(.suspending(channel.untyped(handler)), channel.name, isOnce: true)
  }

  /// Sets what answers the next `invoke` on a channel without a result, without suspending; it is removed before it
  /// runs.
  ///
  /// - Throws: if there is a handler already.
  public func handleOnce<each Argument>(
    _ channel: InvokeChannel<CloneUndefined, repeat each Argument>,
    _ handler:
      @escaping @Sendable (IPCMainInvokeEvent, repeat each Argument) throws -> Void
  ) throws(IPCError) {
    try register(.immediate(channel.untyped(handler)), channel.name, isOnce: true)
  }
}

extension InvokeChannel {
  fileprivate func untyped(
    _ handler:
      @escaping @Sendable (IPCMainInvokeEvent, repeat each Argument) async throws -> Result
  ) -> IPCMain.Handler {
    { event, values in
      let argument = try arguments.arguments(values)
      return try await handler(event, repeat each argument).resultValue(name)
    }
  }

  fileprivate func untyped(
    _ handler:
      @escaping @Sendable (IPCMainInvokeEvent, repeat each Argument) throws -> Result
  ) -> IPCMain.ImmediateHandler {
    { event, values in
      let argument = try arguments.arguments(values)
      return try handler(event, repeat each argument).resultValue(name)
    }
  }
}

extension InvokeChannel where Result == CloneUndefined {
  fileprivate func untyped(
    _ handler:
      @escaping @Sendable (IPCMainInvokeEvent, repeat each Argument) async throws -> Void
  ) -> IPCMain.Handler {
    { event, values in
      let argument = try arguments.arguments(values)
      try await handler(event, repeat each argument)
      return .undefined
    }
  }

  fileprivate func untyped(
    _ handler:
      @escaping @Sendable (IPCMainInvokeEvent, repeat each Argument) throws -> Void
  ) -> IPCMain.ImmediateHandler {
    { event, values in
      let argument = try arguments.arguments(values)
      try handler(event, repeat each argument)
      return .undefined
    }
  }
}

extension IPCRenderer {
  /// Calls a handler of the main process and waits for its result.
  ///
  /// - Throws: what ``invoke(_:_:)`` throws, and a `TypeError` if an argument has no JavaScript value or the result is of
  ///   another type.
  nonisolated(nonsending) public func invoke<Result, each Argument>(
    _ channel: InvokeChannel<Result, repeat each Argument>, _ argument: repeat each Argument
  ) async throws(IPCError) -> Result {
    let values = try channel.arguments.values(repeat each argument)
    let result = try await invoke(channel.name, arguments: values)
    return try Result(resultValue: result, channel.name)
  }

  /// Calls a handler of the main process that has no result, and waits for its end.
  ///
  /// - Throws: what ``invoke(_:_:)`` throws, and a `TypeError` if an argument has no JavaScript value.
  nonisolated(nonsending) public func invoke<each Argument>(
    _ channel: InvokeChannel<CloneUndefined, repeat each Argument>,
    _ argument: repeat each Argument
  ) async throws(IPCError) {
    let values = try channel.arguments.values(repeat each argument)
    _ = try await invoke(channel.name, arguments: values)
  }
}
