/// Where a message came from, by the connection it came on; nothing in the message can change that.
public struct MessageOrigin: Sendable {
  let process: MainProcess
  let contents: WebContents
  let document: FrameDocument

  /// The frame, if it still has the document that sent the message.
  var frame: WebFrameMain? {
    if let frame = document.frame, frame.document === document { return frame }
    process.diagnostics.log(
      "Frame property was accessed after it navigated or was destroyed. Avoid asynchronous tasks prior to indexing."
    )
    return nil
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
