/// Where a message came from, by the connection it came on; nothing in the message can change that.
public struct MessageOrigin: Sendable {
  let contents: WebContents
  /// The frame that had the document when the message was dispatched.
  let sender: WebFrameMain
  let document: FrameDocument

  /// The frame, if it still has the document that sent the message.
  var frame: WebFrameMain? {
    if sender.document === document { return sender }
    document.process.diagnostics.log(
      "Frame property was accessed after it navigated or was destroyed. Avoid asynchronous tasks prior to indexing."
    )
    return nil
  }

  /// Those who get the message, in order: the frame's, the page's and the main process's.
  var tiers: [IPCMain] { [sender.ipc, contents.ipc, document.process.ipcMain] }

  /// What the first of those who get the message has, if one has it.
  func firstTier<Result>(_ body: (IPCMain) -> Result?) -> Result? {
    body(sender.ipc) ?? body(contents.ipc) ?? body(document.process.ipcMain)
  }
}

/// An event of the main process: what every message has.
public protocol IPCMainEventProtocol: Sendable {
  /// Where the message came from.
  var origin: MessageOrigin { get }
}

extension IPCMainEventProtocol {
  /// The kind of sender: a frame of a page.
  public var type: String { "frame" }

  /// The page that sent the message.
  public var sender: WebContents { origin.contents }

  /// The frame that sent the message; `nil`, with a line in the log, if the frame has another document now or is gone.
  /// Read it at once, and trust a message without one no further than a stranger's.
  public var senderFrame: WebFrameMain? { origin.frame }

  /// The process that sent the message: a number of ours, not of the system.
  public var processId: Int { origin.document.processID }

  /// The document that sent the message, within its process.
  public var frameId: Int { origin.document.id }

  /// The frame that sent the message; the same across navigations.
  public var frameTreeNodeId: Int { origin.document.frameTreeNodeID }
}
