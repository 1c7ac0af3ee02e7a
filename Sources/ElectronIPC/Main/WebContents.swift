import Synchronization
public import StructuredClone

/// A page, as the main process sees it: Electron's `webContents`.
///
/// Its events announce a message before any listener of a channel gets it.
public final class WebContents: EventEmitter {
  /// An event that announces a message of any channel.
  public enum EventName: Hashable, Sendable {
    /// A frame called `send`.
    case ipcMessage
    /// A frame called `sendSync`.
    case ipcMessageSync
  }

  /// The number of the page.
  public let id: Int
  /// The frame of the page itself.
  public let mainFrame: WebFrameMain
  /// Gets the messages of all frames of this page.
  public let ipc = IPCMain()
  /// The listeners.
  public let listenerTable =
    ListenerTable<EventName, (IPCMainEvent, CloneString, [CloneValue])>()

  private struct State {
    var frames: [WebFrameMain]
    var isDestroyed = false
    var receivesHandlerErrors = false
    var webview: WebviewTag?
  }

  private let process: MainProcess
  private let destruction = IPCPromise()
  private let state: Mutex<State>

  init(id: Int, in process: MainProcess) {
    self.id = id
    self.process = process
    mainFrame = WebFrameMain(ofContents: id, in: process)
    state = Mutex(State(frames: [mainFrame]))
  }

  /// The frames of the page, the main frame first.
  public var frames: [WebFrameMain] { state.withLock { $0.frames } }

  /// Comes once the page is closed: Electron's event `destroyed`. A task that is cancelled waits no longer.
  public var destroyed: Void { get async { _ = try? await destruction.value } }

  /// Whether ``destroy()`` was called.
  public var isDestroyed: Bool { state.withLock { $0.isDestroyed } }

  /// Whether failed calls of this page's tell it all of what the handler threw, and not only the text: name, message,
  /// stack, code and cause, as ``IPCError/thrown``. Not at first, because a stack or a cause may say more than a page that is
  /// not trusted should know.
  public var receivesHandlerErrors: Bool {
    get { state.withLock { $0.receivesHandlerErrors } }
    set { state.withLock { $0.receivesHandlerErrors = newValue } }
  }

  /// Adds a listener behind the others.
  ///
  /// - Returns: the listener, to remove it.
  @discardableResult
  public func on(
    _ event: EventName,
    _ body: @escaping @Sendable (IPCMainEvent, CloneString, [CloneValue]) throws -> Void
  ) -> EventListener<(IPCMainEvent, CloneString, [CloneValue])> {
    let listener = EventListener<Arguments> { try body($0.0, $0.1, $0.2) }
    on(event, listener)
    return listener
  }

  /// Sends a message to the main frame, as ``WebFrameMain/send(_:_:)``.
  public func send(_ channel: CloneString, _ arguments: CloneValue...) {
    mainFrame.send(channel, arguments: arguments)
  }

  /// Sends a message to a frame of the page.
  ///
  /// - Parameter frame: its process and its document.
  /// - Returns: whether there is such a frame, even if the message could not be sent.
  @discardableResult
  public func sendToFrame(
    _ frame: (processId: Int, frameId: Int), _ channel: CloneString, _ arguments: CloneValue...
  ) -> Bool {
    send(toFrame: frame, channel, arguments)
  }

  /// Sends a message to a frame of the page that is in the process of the main frame.
  ///
  /// - Returns: whether there is such a frame, even if the message could not be sent.
  @discardableResult
  public func sendToFrame(
    _ frameId: Int, _ channel: CloneString, _ arguments: CloneValue...
  ) -> Bool {
    guard let processID = mainFrame.document?.processID else { return false }
    return send(toFrame: (processID, frameId), channel, arguments)
  }

  private func send(
    toFrame frame: (processId: Int, frameId: Int), _ channel: CloneString,
    _ arguments: [CloneValue]
  ) -> Bool {
    let document = frames.compactMap(\.document).first {
      $0.id == frame.frameId && $0.processID == frame.processId
    }
    document?.send(channel, arguments)
    return document != nil
  }

  /// Sends a value and ports to the main frame, as ``WebFrameMain/postMessage(_:_:transfer:)``.
  ///
  /// - Throws: what that throws.
  public func postMessage(
    _ channel: CloneString, _ message: CloneValue, transfer: [MessagePortMain] = []
  ) throws(IPCError) {
    try mainFrame.postMessage(channel, message, transfer: transfer)
  }

  /// Adds a frame to the page, in this program.
  ///
  /// - Parameters:
  ///   - rendererProcess: where its listeners run; by default in a process of its own.
  ///   - preload: runs before anything can arrive.
  public func appendFrame(
    in rendererProcess: RendererProcess? = nil,
    preload: (IPCRenderer) throws -> Void = { _ in }
  ) -> (frame: WebFrameMain, ipcRenderer: IPCRenderer) {
    let frame = appendFrame()
    return (frame, frame.navigate(in: rendererProcess, preload: preload))
  }

  /// Adds a frame without a document.
  package func appendFrame() -> WebFrameMain {
    let frame = WebFrameMain(ofContents: id, in: process)
    state.withLock { $0.frames.append(frame) }
    return frame
  }

  /// Removes a frame other than the main frame; its document is released.
  public func removeFrame(_ frame: WebFrameMain) {
    guard frame !== mainFrame else { return }
    state.withLock { $0.frames.removeAll { $0 === frame } }
    frame.dispose()
  }

  /// Closes the page: its documents are released. Calls that have arrived but not begun fail.
  public func destroy() {
    state.withLock { $0.isDestroyed = true }
    // Behind what has arrived already.
    process.loop.enqueue { [self] in
      for frame in frames { frame.dispose() }
      process.remove(self)
      destruction.settle(.success(.undefined))
    }
  }

  /// The element that shows the page, if it is a guest in another one.
  var webview: WebviewTag? {
    get { state.withLock { $0.webview } }
    set {
      state.letGo { state in
        defer { state.webview = newValue }
        return state.webview
      }
    }
  }
}
