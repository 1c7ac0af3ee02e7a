import Synchronization

/// The privileged side: it has ``ipcMain`` and every ``WebContents``.
///
/// ```swift
/// let main = MainProcess()
/// main.ipcMain.handle("add") { event, arguments in
///   .number((arguments[0].number ?? 0) + (arguments[1].number ?? 0))
/// }
/// let page = main.openPage()
/// let sum = try await page.ipcRenderer.invoke("add", 1, 2)
/// ```
///
/// Listeners and handlers of a main process run one at a time, on one thread that is the process's own, in the order in which
/// messages arrive. A handler that suspends lets others run and goes on there.
public final class MainProcess: Sendable {
  /// Gets the messages of all frames.
  public let ipcMain = IPCMain()
  package let loop = EventLoop(label: "ElectronIPC.main")
  package let diagnostics: IPCDiagnostics

  private struct State {
    var lastID = 0
    var contents: [Int: WebContents] = [:]
  }

  private let state = Mutex(State())

  /// Makes a main process.
  public init(diagnostics: IPCDiagnostics = .standardError) { self.diagnostics = diagnostics }

  /// The pages that are open, in the order in which they were opened.
  public var allWebContents: [WebContents] {
    state.withLock { $0.contents.values.sorted { $0.id < $1.id } }
  }

  /// The page with a number, if it is open.
  public func webContents(id: Int) -> WebContents? { state.withLock { $0.contents[id] } }

  /// Makes a process for pages. It has a thread of its own, as the main process has.
  public func makeRendererProcess() -> RendererProcess {
    RendererProcess(id: makeID(), diagnostics: diagnostics)
  }

  /// Opens a page in this program.
  ///
  /// - Parameters:
  ///   - process: where its listeners run; by default in a process of its own.
  ///   - preload: runs before anything can arrive, so that what it listens for is not missed.
  public func openPage(
    in process: RendererProcess? = nil, preload: (IPCRenderer) throws -> Void = { _ in }
  ) -> Page {
    let process = process ?? makeRendererProcess()
    let (main, frame) = InProcessConnection.make()
    let contents = openPage(over: main, processID: process.id)
    return Page(
      webContents: contents,
      ipcRenderer: IPCRenderer(over: frame, in: process, preload: preload))
  }

  /// Makes the host of a page at the other end of a transport.
  package func openPage(over transport: any MainTransport, processID: Int) -> WebContents {
    let contents = WebContents(id: makeID(), in: self)
    state.withLock { $0.contents[contents.id] = contents }
    contents.mainFrame.commit(transport, processID: processID)
    return contents
  }

  /// Runs a function where the listeners run, between them.
  public func enqueue(_ body: @escaping @Sendable () throws -> Void) {
    loop.enqueue { self.perform(body) }
  }

  /// Closes every page. Until then an open page keeps its process.
  public func quit() {
    for contents in allWebContents { contents.destroy() }
  }

  func remove(_ contents: WebContents) {
    state.withLock { _ = $0.contents.removeValue(forKey: contents.id) }
  }

  /// A number that this process has not used: one row for contents, processes and frames.
  package func makeID() -> Int {
    state.withLock {
      $0.lastID += 1
      return $0.lastID
    }
  }

  /// Runs what may throw as a listener may.
  func perform(_ body: () throws -> Void) {
    do { try body() } catch { diagnostics.uncaughtException(error) }
  }

  /// Does what sends to a frame; a failure is logged, as Electron does.
  func logSendingFailure(_ body: () throws(IPCError) -> Void) {
    do { try body() } catch {
      diagnostics.log("Error sending from webFrameMain: \(error)")
    }
  }
}
