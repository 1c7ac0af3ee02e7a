import ArgumentParser
import CPingPong
import ElectronIPC
import ElectronIPCSockets
import Foundation
import StructuredClone
import Workloads

/// Measures one contender of this program's in this process, and its child.
struct MeasureCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "measure", shouldDisplay: false)

  @Argument var contender: String
  @Argument var size: Int
  @Argument var depth: Int
  @Argument var milliseconds: Int

  func run() async throws {
    let load = Load(size: size, depth: depth, milliseconds: milliseconds)
    switch Contender(rawValue: contender) {
    case .socket: try await measureSocket(load).printLine()
    case .inProcess: try await measureInProcess(load).printLine()
    case .floor: try measureFloor(load).printLine()
    case .child, .worker, nil: throw Failure("\(contender) is not measured here")
    }
  }

  private func measureSocket(_ load: Load) async throws -> RoundTrips {
    let path = FileManager.default.temporaryDirectory
      .appending(path: "ipc-\(ProcessInfo.processInfo.processIdentifier).sock").path
    let server = Process()
    server.executableURL = Bundle.main.executableURL
    server.arguments = ["serve", path]
    let ready = Pipe()
    server.standardOutput = ready
    try server.run()
    defer { server.terminate() }
    _ = try ready.fileHandleForReading.read(upToCount: 1)
    let renderer = try await IPCRenderer.connect(to: path)
    return try await measure(load, renderer)
  }

  private func measureInProcess(_ load: Load) async throws -> RoundTrips {
    let main = MainProcess()
    try main.ipcMain.handle("echo") { _, arguments in arguments[0] }
    return try await measure(load, main.openPage().ipcRenderer)
  }

  private func measure(_ load: Load, _ renderer: IPCRenderer) async throws -> RoundTrips {
    let message = CloneValue(String(repeating: "x", count: load.size))
    guard try await renderer.invoke("echo", message) == message else {
      throw Failure("what comes back is not what was sent")
    }
    // Where the code of a page runs, as Node's is measured on the thread of its loop.
    return try await renderer.process.run { () async throws in
      try await load.run { _ = try await renderer.invoke("echo", message) }
    }
  }

  private func measureFloor(_ load: Load) throws -> RoundTrips {
    let count = load.size > 1 << 16 ? 500 : 20000
    var times = [UInt64](repeating: 0, count: count)
    let error = unsafe ping_pong(load.size, count, &times)
    guard error == 0 else { throw Failure("ping-pong: error \(error)") }
    return RoundTrips(
      nanoseconds: Double(times.reduce(0, +)), times: times.map(Double.init))
  }
}

/// Is the main process of a measurement.
struct ServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "serve", shouldDisplay: false)

  @Argument var path: String

  func run() async throws {
    let main = MainProcess()
    try main.ipcMain.handle("echo") { _, arguments in arguments[0] }
    let server = try await IPCSocketServer.listen(at: path, for: main)
    FileHandle.standardOutput.write(Data("\n".utf8))
    while true { try await Task.sleep(for: .seconds(3600)) }
    withExtendedLifetime(server) {}
  }
}
