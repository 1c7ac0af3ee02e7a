/// A page in this program: both sides of its main frame.
public struct Page: Sendable {
  /// The side of the main process.
  public let webContents: WebContents
  /// The side of the page.
  public let ipcRenderer: IPCRenderer
}
