public import StructuredClone

/// Makes functions for code that is not trusted: each reaches one channel and nothing else (electron-ipc, section 11).
///
/// ```swift
/// let bridge = ContextBridge(ipcRenderer)
/// let api = (
///   add: bridge.invoke(Channels.add),        // (Int, Int) async throws(IPCError) -> Int
///   onProgress: bridge.on(Channels.progress) // (callback) -> ExposedListener
/// )
/// ```
///
/// Whoever has such a function has neither `ipcRenderer` nor an event: listeners get the arguments only, and no ports.
/// Errors have Electron's text, and not what the handler threw.
public struct ContextBridge: Sendable {
  private let renderer: IPCRenderer

  /// Makes functions that reach the main process of a page. Keep the bridge itself from code that is not trusted.
  public init(_ ipcRenderer: IPCRenderer) { renderer = ipcRenderer }

  // MARK: - Typed channels

  /// A function that sends a message.
  public func send<each Argument>(
    _ channel: SendChannel<repeat each Argument>
  ) -> @Sendable (repeat each Argument) throws(IPCError) -> Void {
    { (argument: repeat each Argument) throws(IPCError) in
      try renderer.send(channel, repeat each argument)
    }
  }

  /// A function that calls a handler.
  public func invoke<Result, each Argument>(
    _ channel: InvokeChannel<Result, repeat each Argument>
  ) -> @Sendable (repeat each Argument) async throws(IPCError) -> Result {
    { (argument: repeat each Argument) async throws(IPCError) in
      do throws(IPCError) {
        return try await renderer.invoke(channel, repeat each argument)
      } catch {
        throw error.withoutThrown
      }
    }
  }

  /// A function that has its argument called with the arguments of every message of a channel.
  public func on<each Argument>(
    _ channel: SendChannel<repeat each Argument>
  ) -> @Sendable (@escaping @Sendable (repeat each Argument) -> Void) -> ExposedListener {
    { callback in
      let listener = renderer.on(channel) {
        (_: IPCRendererEvent, argument: repeat each Argument) in
        callback(repeat each argument)
      }
      return ExposedListener { [renderer] in renderer.off(channel.name, listener) }
    }
  }

  // MARK: - Channels by name

  /// A function that sends a message.
  public func send(
    _ channel: CloneString
  ) -> @Sendable ([CloneValue]) throws(IPCError) -> Void {
    { (arguments: [CloneValue]) throws(IPCError) in
      try renderer.send(channel, arguments: arguments)
    }
  }

  /// A function that calls a handler.
  public func invoke(
    _ channel: CloneString
  ) -> @Sendable ([CloneValue]) async throws(IPCError) -> CloneValue {
    { (arguments: [CloneValue]) async throws(IPCError) in
      do throws(IPCError) {
        return try await renderer.invoke(channel, arguments: arguments)
      } catch {
        throw error.withoutThrown
      }
    }
  }

  /// A function that has its argument called with the arguments of every message of a channel.
  public func on(
    _ channel: CloneString
  ) -> @Sendable (@escaping @Sendable ([CloneValue]) -> Void) -> ExposedListener {
    { callback in
      let listener = renderer.on(channel) { _, arguments in callback(arguments) }
      return ExposedListener { [renderer] in renderer.off(channel, listener) }
    }
  }
}
