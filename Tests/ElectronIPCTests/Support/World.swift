import ElectronIPC
import StructuredClone
import Testing

/// A main process with one page, over a harness.
struct World: Sendable {
  let harness: any Harness
  /// What the main process printed.
  let log: Recorder<String>
  /// What listeners threw.
  let uncaught: Recorder<String>
  let main: MainProcess
  let process: RendererProcess
  let contents: WebContents
  let renderer: IPCRenderer

  init(_ harness: any Harness, sendsSync: Bool = false) {
    let harness = sendsSync ? harness.forSendSync : harness
    self.harness = harness
    let log = Recorder<String>()
    let uncaught = Recorder<String>()
    self.log = log
    self.uncaught = uncaught
    main = MainProcess(
      diagnostics: IPCDiagnostics(
        log: { log.record($0) }, uncaughtException: { uncaught.record("\($0)") }))
    process = main.makeRendererProcess()
    let (mainSide, frameSide) = harness.connect(to: main)
    contents = main.openPage(over: mainSide, processID: process.id)
    renderer = IPCRenderer(over: frameSide, in: process)
  }

  var ipcMain: IPCMain { main.ipcMain }
  var frame: WebFrameMain { contents.mainFrame }

  /// Another page.
  func openPage() -> (contents: WebContents, renderer: IPCRenderer) {
    let process = main.makeRendererProcess()
    let (mainSide, frameSide) = harness.connect(to: main)
    let contents = main.openPage(over: mainSide, processID: process.id)
    return (contents, IPCRenderer(over: frameSide, in: process))
  }

  /// A frame within the page, in the same process.
  func appendFrame() -> (frame: WebFrameMain, renderer: IPCRenderer) {
    let frame = contents.appendFrame()
    let (mainSide, frameSide) = harness.connect(to: main)
    frame.commit(mainSide, processID: process.id)
    return (frame, IPCRenderer(over: frameSide, in: process))
  }

  /// Another document in the main frame.
  func navigate() -> IPCRenderer {
    let (mainSide, frameSide) = harness.connect(to: main)
    frame.commit(mainSide, processID: process.id)
    return IPCRenderer(over: frameSide, in: process)
  }

  /// Waits until all that was sent so far, in both directions, and what listeners sent in answer, has been dispatched.
  func settle(_ renderer: IPCRenderer? = nil) async throws {
    let renderer = renderer ?? self.renderer
    for _ in 0..<3 {
      let answered = Recorder<Bool>()
      let listener = renderer.once("settle") { _, _ in answered.record(true) }
      let answer = ipcMain.once("settle") { event, _ in event.reply?("settle") }
      try renderer.send("settle")
      _ = try await answered.first(1)
      renderer.off("settle", listener)
      ipcMain.off("settle", answer)
    }
  }

  /// Calls `sendSync` where the page's listeners run, as a page would.
  func sendSyncInPage(
    _ channel: CloneString, _ argument: CloneValue = .undefined
  ) async throws -> CloneValue {
    let result = Recorder<CloneValue>()
    process.enqueue { [renderer] in result.record(try renderer.sendSync(channel, argument)) }
    return try await result.first(1)[0]
  }

  /// What listeners of a channel in the main process get.
  func recordMain(_ channel: CloneString) -> Recorder<[CloneValue]> {
    let recorder = Recorder<[CloneValue]>()
    ipcMain.on(channel) { _, arguments in recorder.record(arguments) }
    return recorder
  }

  /// What listeners of a channel in the page get.
  func recordPage(_ channel: CloneString) -> Recorder<[CloneValue]> {
    let recorder = Recorder<[CloneValue]>()
    renderer.on(channel) { _, arguments in recorder.record(arguments) }
    return recorder
  }
}

/// What a call throws.
func thrown(_ body: () throws(IPCError) -> Void) -> IPCError? {
  do throws(IPCError) {
    try body()
    return nil
  } catch {
    return error
  }
}

/// What a call throws.
func thrown(
  _ body: () async throws(IPCError) -> CloneValue
) async -> IPCError? {
  do throws(IPCError) {
    _ = try await body()
    return nil
  } catch {
    return error
  }
}

let cloneError = IPCError("An object could not be cloned.")
let releasedError = IPCError("IPC method called after context was released")
let function = CloneValue.uncloneable(CloneUncloneable(.function))
