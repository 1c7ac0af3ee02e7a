public import StructuredClone

/// A channel of `postMessage`, in either direction, with the type of its message.
///
/// ```swift
/// let download = PostMessageChannel("download", takes: String.self)
/// ipcMain.on(download) { event, url in … event.ports … }
/// try ipcRenderer.postMessage(download, "https://…", transfer: [port])
/// ```
///
/// A message that does not fit is an uncaught exception where it arrives, as if the listener had thrown.
public struct PostMessageChannel<Message: CloneValueConvertible & Sendable>: Sendable {
  /// The channel.
  public let name: CloneString

  /// Declares a channel.
  public init(_ name: CloneString, takes message: Message.Type) { self.name = name }

  private var arguments: ChannelArguments<Message> { ChannelArguments(channel: name) }

  fileprivate func value(_ message: Message) throws(IPCError) -> CloneValue {
    try arguments.values(message).first ?? .undefined
  }

  fileprivate func message(_ values: [CloneValue]) throws(IPCError) -> Message {
    try arguments.arguments(values)
  }
}

extension ChannelEmitter {
  /// Adds a listener behind the others; the ports are the event's.
  ///
  /// - Returns: the listener, to remove it with ``EventEmitter/off(_:_:)``.
  @discardableResult
  public func on<Message>(
    _ channel: PostMessageChannel<Message>,
    _ body: @escaping @Sendable (Event, Message) throws -> Void
  ) -> EventListener<Arguments> {
    on(channel.name) { event, values in try body(event, try channel.message(values)) }
  }

  /// Adds a listener that is removed just before it is called.
  ///
  /// - Returns: the listener, to remove it before.
  @discardableResult
  public func once<Message>(
    _ channel: PostMessageChannel<Message>,
    _ body: @escaping @Sendable (Event, Message) throws -> Void
  ) -> EventListener<Arguments> {
    once(channel.name) { event, values in try body(event, try channel.message(values)) }
  }
}

extension IPCRenderer {
  /// Sends a value, and ports with it, which are then the main process's.
  ///
  /// - Throws: what the untyped `postMessage` throws, and a `TypeError` if the message has no JavaScript value.
  public func postMessage<Message>(
    _ channel: PostMessageChannel<Message>, _ message: Message, transfer: [MessagePort] = []
  ) throws(IPCError) {
    try postMessage(channel.name, try channel.value(message), transfer: transfer)
  }
}

extension WebFrameMain {
  /// Sends a value, and ports with it, which are then the frame's.
  ///
  /// - Throws: what the untyped `postMessage` throws, and a `TypeError` if the message has no JavaScript value.
  public func postMessage<Message>(
    _ channel: PostMessageChannel<Message>, _ message: Message, transfer: [MessagePortMain] = []
  ) throws(IPCError) {
    try postMessage(channel.name, try channel.value(message), transfer: transfer)
  }
}

extension WebContents {
  /// Sends a value and ports to the main frame, as ``WebFrameMain``'s does.
  ///
  /// - Throws: what that throws.
  public func postMessage<Message>(
    _ channel: PostMessageChannel<Message>, _ message: Message, transfer: [MessagePortMain] = []
  ) throws(IPCError) {
    try mainFrame.postMessage(channel, message, transfer: transfer)
  }
}
