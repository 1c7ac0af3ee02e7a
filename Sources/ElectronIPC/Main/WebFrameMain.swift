import Synchronization
public import StructuredClone

/// A frame of a page, as the main process sees it. Its document changes when it navigates; the frame and its ``ipc`` stay.
public final class WebFrameMain: Sendable {
  /// The number of the frame; the same across navigations.
  public let frameTreeNodeId: Int
  /// Gets the messages of this frame only.
  public let ipc = IPCMain()
  private let contentsID: Int
  private let process: MainProcess
  private let current = Mutex<FrameDocument?>(nil)

  init(ofContents contentsID: Int, in process: MainProcess) {
    frameTreeNodeId = process.makeID()
    self.contentsID = contentsID
    self.process = process
  }

  /// The page, until it is destroyed.
  var contents: WebContents? { process.webContents(id: contentsID) }

  var document: FrameDocument? { current.withLock { $0 } }

  /// Whether the frame has no document any more.
  public var isDestroyed: Bool { document == nil }

  /// The process that the document is in.
  ///
  /// - Throws: if the frame was disposed.
  public var processId: Int { get throws(IPCError) { try liveDocument().processID } }

  /// The document, within its process.
  ///
  /// - Throws: if the frame was disposed.
  public var frameId: Int { get throws(IPCError) { try liveDocument().id } }

  /// Sends a message to the frame.
  ///
  /// An argument that cannot be cloned, or a frame that was disposed, is logged and nothing else, as in Electron.
  public func send(_ channel: CloneString, _ arguments: CloneValue...) {
    send(channel, arguments: arguments)
  }

  /// Sends a message with arguments from a list.
  public func send(_ channel: CloneString, arguments: [CloneValue]) {
    logFailure { () throws(IPCError) in try liveDocument().send(channel, arguments) }
  }

  /// Does what sends to the frame; a failure is logged, as Electron does.
  func logFailure(_ body: () throws(IPCError) -> Void) { process.logSendingFailure(body) }

  /// Sends a value, and ports with it, which are then the frame's.
  ///
  /// - Throws: what cannot be cloned, which port is repeated or was transferred before, or that the frame was disposed. The
  ///   ports are as they were then.
  public func postMessage(
    _ channel: CloneString, _ message: CloneValue, transfer: [MessagePortMain] = []
  ) throws(IPCError) {
    let content = try MessageContent(message)
    let document = try liveDocument()
    let ports = try MessagePortMain.take(transfer)
    document.send(
      .receivePostMessage(channel: channel, TransferableMessage(content, ports: ports)))
  }

  /// Loads another document in this program; the one before is released.
  public func navigate(
    in rendererProcess: RendererProcess? = nil,
    preload: (IPCRenderer) throws -> Void = { _ in }
  ) -> IPCRenderer {
    let rendererProcess = rendererProcess ?? process.makeRendererProcess()
    let (main, frame) = InProcessConnection.make()
    commit(main, processID: rendererProcess.id)
    return IPCRenderer(over: frame, in: rendererProcess, preload: preload)
  }

  /// Sets the document at the other end of a transport; the one before is closed.
  package func commit(_ transport: any MainTransport, processID: Int) {
    let new = FrameDocument(in: self, of: process, over: transport, processID: processID)
    replaceDocument(with: new)?.close()
    new.start()
  }

  /// Closes the document: the frame is gone.
  func dispose() { replaceDocument(with: nil)?.close() }

  /// Forgets a document whose connection is closed.
  func lose(_ document: FrameDocument) {
    current.withLock { if $0 === document { $0 = nil } }
  }

  private func replaceDocument(with new: FrameDocument?) -> FrameDocument? {
    current.withLock { current in
      defer { current = new }
      return current
    }
  }

  private func liveDocument() throws(IPCError) -> FrameDocument {
    guard let document else { throw .frameDisposed }
    return document
  }
}
