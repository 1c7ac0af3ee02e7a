import Dispatch
import ElectronIPC
import ElectronIPCSockets
import Foundation
import Synchronization
import Testing

/// Node between the page and the main process, with the Node peer towards both.
struct NodeRelayHarness: Harness, CustomTestStringConvertible {
  var testDescription: String { "Node peer on both sides" }

  private let relay: NodeRelay

  /// Makes a harness, if Node is installed.
  init?() {
    guard let engine = NodeEngine.installed.last else { return nil }
    self.init(engine, "shared")
  }

  private init(_ engine: NodeEngine, _ threads: String) {
    do {
      relay = try NodeRelay(engine, threads)
    } catch {
      fatalError("\(error)")
    }
  }

  /// Each connection has a thread of Node's, which `sendSync` blocks.
  private static let blocking = NodeEngine.installed.last.map { NodeRelayHarness($0, "own") }
  var forSendSync: any Harness { NodeRelayHarness.blocking ?? self }

  func connect(to main: MainProcess) -> (main: any MainTransport, frame: any FrameTransport) {
    let pair = StreamPair(StreamFrameCodec(frameLength: 64 << 20), main: main)
    relay.connect(pair)
    return (pair.main, pair.frame)
  }
}

/// The process of `relay.cjs`.
private final class NodeRelay: Sendable {
  private struct State {
    var connections = 0
    let input: FileHandle
    let output: FileHandle
  }

  /// What the paths of its sockets begin with. Each is removed once both sides have it open, so that nothing stays.
  private let prefix: URL
  private let state: Mutex<State>
  private let queue = DispatchQueue(label: "NodeRelay")

  init(_ engine: NodeEngine, _ threads: String) throws {
    prefix = FileManager.default.temporaryDirectory.appending(path: "relay-\(UUID().uuidString)")
    let (input, output) = (Pipe(), Pipe())
    let process = Process()
    process.executableURL = engine.executable
    process.arguments = [
      NodeEngine.root.appending(path: "Tests/ElectronIPCTests/Node/relay.cjs").path(), threads,
    ]
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    state = Mutex(
      State(input: input.fileHandleForWriting, output: output.fileHandleForReading))
  }

  /// Connects both sides of a pair by way of Node, one pair after the other; what is sent before waits.
  func connect(_ pair: StreamPair) {
    queue.async { [self] in
      do {
        try connectNow(pair)
      } catch {
        fatalError("\(error)")
      }
    }
  }

  private func connectNow(_ pair: StreamPair) throws {
    try state.withLock { state in
      state.connections += 1
      let mainPath = prefix.appendingPathExtension("\(state.connections).main").path()
      let pagePath = prefix.appendingPathExtension("\(state.connections).page").path()
      let listening = try UnixSocket.listen(at: mainPath)
      defer { UnixSocket.close(listening) }
      try state.input.write(contentsOf: Data("\(mainPath) \(pagePath)\n".utf8))
      ThreadDriver.start(try UnixSocket.accept(listening), for: pair.main)
      // The answer is one line.
      var line = Data()
      while line.last != UInt8(ascii: "\n") {
        let data = state.output.availableData
        guard !data.isEmpty else { throw CocoaError(.fileReadUnknown) }
        line += data
      }
      ThreadDriver.start(try UnixSocket.connect(to: pagePath), for: pair.frame)
      try FileManager.default.removeItem(atPath: mainPath)
      // Unless Node has done so: a pair may be over soon.
      try? FileManager.default.removeItem(atPath: pagePath)
    }
  }
}
