import ArgumentParser
import ElectronIPC
import ElectronIPCSockets
import Foundation
import StructuredClone
import Synchronization
import Workloads

/// Is the main process, starts the others and kills them.
struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Prints a line for each ten seconds; status 1 if a promise is broken.")

  @Option(help: "How long.")
  var minutes = 10.0

  @Option(help: "How often, in milliseconds, a process is killed or its pages are closed.")
  var killEvery = 400

  func run() async throws {
    let path = FileManager.default.temporaryDirectory
      .appending(path: "soak-\(ProcessInfo.processInfo.processIdentifier).sock").path
    let hub = Hub()
    let server = try await IPCSocketServer.listen(at: path, for: hub.main) { contents, peer in
      hub.add(contents, of: peer.processID)
    }
    let flock = Flock(path: path)
    for _ in 0..<Scale.processes { try flock.start() }
    let clock = ContinuousClock()
    let end = clock.now + .seconds(60 * minutes)
    var ledger = Ledger()
    var nextLine = clock.now + .seconds(10)
    while clock.now < end {
      try await Task.sleep(for: .milliseconds(killEvery))
      try flock.disturb { hub.closePages(of: $0) }
      if clock.now >= nextLine {
        nextLine += .seconds(10)
        try ledger.append(
          calls: hub.calls.load(ordering: .relaxed),
          portMessages: hub.portMessages.load(ordering: .relaxed),
          connections: server.connectionCount, flock)
      }
    }
    flock.stop()
    await server.close()
    try ledger.finish(flock, pagesLeft: hub.main.allWebContents.count)
  }
}

/// The main process: answers calls, echoes on ports, and passes ports on to other pages.
final class Hub: Sendable {
  let main = MainProcess(
    diagnostics: IPCDiagnostics(log: { _ in }, uncaughtException: { complain("uncaught \($0)") }))
  let calls = Atomic(0)
  let portMessages = Atomic(0)
  /// How many replies each page was sent.
  private let replies = Mutex<[Int: Int]>([:])
  private let pages = Mutex<[Int32: [Int]]>([:])

  init() {
    // A new emitter has no handler.
    try? main.ipcMain.handle("echo") { [self] event, arguments in
      let number = arguments[0].integer ?? 0
      if number % 64 == 0 { try await Task.sleep(for: .milliseconds(number % 7)) }
      calls.add(1, ordering: .relaxed)
      replies.withLock { $0[event.sender.id, default: 0] += 1 }
      return arguments[0]
    }
    main.ipcMain.on("port") { [self] event, _ in
      for port in event.ports ?? [] { echo(port) }
    }
    main.ipcMain.on("introduce") { [self] event, _ in
      let others = main.allWebContents.filter { $0.id != event.sender.id && !$0.isDestroyed }
      // A page that has gone meanwhile is no error: the ports close.
      try? others.randomElement()?.postMessage("port", .null, transfer: event.ports ?? [])
    }
  }

  private func echo(_ port: MessagePortMain) {
    port.on(.message) { [self] message in
      portMessages.add(1, ordering: .relaxed)
      try port.postMessage(message.data)
    }
    port.start()
  }

  func add(_ contents: WebContents, of process: Int32) {
    pages.withLock { $0[process, default: []].append(contents.id) }
  }

  /// Closes the pages of a process behind a count of the replies that were sent to them.
  func closePages(of process: Int32) {
    let ids = pages.withLock { $0.removeValue(forKey: process) ?? [] }
    main.enqueue { [self] in
      for contents in ids.compactMap({ main.webContents(id: $0) }) {
        let count = replies.withLock { $0.removeValue(forKey: contents.id) ?? 0 }
        contents.send("bye", .number(Double(count)))
        contents.destroy()
      }
    }
  }
}

/// The processes with pages.
final class Flock: Sendable {
  private let path: String
  private struct State {
    var processes: [Process] = []
    var killed: Set<Int32> = []
    var kills = 0
    var closings = 0
    var failures: [String] = []
    var isOver = false
  }

  private let state = Mutex(State())

  init(path: String) { self.path = path }

  var kills: Int { state.withLock { $0.kills } }
  var closings: Int { state.withLock { $0.closings } }
  var failures: [String] { state.withLock { $0.failures } }

  /// Starts a process, and another one whenever it ends.
  func start() throws {
    let process = Process()
    process.executableURL = Bundle.main.executableURL
    process.arguments = ["page", path]
    process.terminationHandler = { [self] process in
      let mustStart = state.withLock { state in
        state.processes.removeAll { $0.processIdentifier == process.processIdentifier }
        let wasKilled = state.killed.remove(process.processIdentifier) != nil
        if !wasKilled, !state.isOver, process.terminationStatus != 0 {
          state.failures.append(
            "process \(process.processIdentifier): status \(process.terminationStatus)")
        }
        return !state.isOver
      }
      if mustStart { try? start() }
    }
    try process.run()
    state.withLock { $0.processes.append(process) }
  }

  /// Kills a process, or has its pages closed.
  func disturb(_ closePages: (Int32) -> Void) throws {
    let closing = state.withLock { state -> Int32? in
      guard let process = state.processes.randomElement() else { return nil }
      if Bool.random() {
        state.kills += 1
        state.killed.insert(process.processIdentifier)
        kill(process.processIdentifier, SIGKILL)
        return nil
      }
      state.closings += 1
      return process.processIdentifier
    }
    if let closing { closePages(closing) }
  }

  func stop() {
    state.withLock { state in
      state.isOver = true
      for process in state.processes { kill(process.processIdentifier, SIGKILL) }
    }
  }
}
