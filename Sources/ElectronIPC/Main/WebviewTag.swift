public import StructuredClone

/// The element in a page that shows another page as its guest: Electron's `<webview>`.
///
/// What the guest sends with `sendToHost` arrives here, and nowhere else.
public final class WebviewTag: EventEmitter {
  /// The event of the element.
  public enum EventName: Hashable, Sendable {
    /// The guest called `sendToHost`.
    case ipcMessage
  }

  /// What the event brings.
  public struct Message: Sendable {
    /// The frame that sent it.
    public let frameId: (processId: Int, frameId: Int)
    /// The channel.
    public let channel: CloneString
    /// The arguments.
    public let args: [CloneValue]
  }

  /// The listeners.
  public let listenerTable = ListenerTable<EventName, Message>()
  private let guest: WebContents
  private let process: RendererProcess

  /// Shows a page in another one, in whose process the listeners run.
  public init(showing guest: WebContents, in embedder: IPCRenderer) {
    self.guest = guest
    process = embedder.context.process
    guest.webview = self
  }

  /// Adds a listener behind the others.
  ///
  /// - Returns: the listener, to remove it.
  @discardableResult
  public func on(
    _ event: EventName, _ body: @escaping @Sendable (Message) throws -> Void
  ) -> EventListener<Message> {
    let listener = EventListener(body)
    on(event, listener)
    return listener
  }

  /// Sends a message to the guest.
  public func send(_ channel: CloneString, _ arguments: CloneValue...) {
    guest.mainFrame.send(channel, arguments: arguments)
  }

  func receive(from document: FrameDocument, channel: CloneString, _ arguments: [CloneValue]) {
    let message = Message(
      frameId: (document.processID, document.id), channel: channel, args: arguments)
    process.loop.enqueue { [self] in
      process.perform { try listenerTable.emit(.ipcMessage, message) }
    }
  }
}
