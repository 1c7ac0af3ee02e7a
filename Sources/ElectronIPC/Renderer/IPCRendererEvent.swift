/// What a listener in a page learns about a message (electron-ipc, section 3.1).
///
/// Not to be given to code that is not trusted: ``sender`` can send anything.
public struct IPCRendererEvent: Sendable {
  /// The page's end.
  public let sender: IPCRenderer
  /// The ports that came with a `postMessage`, not started yet; otherwise none.
  public let ports: [MessagePort]
}
