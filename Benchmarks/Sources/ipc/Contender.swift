import Foundation
import Workloads

/// What is compared.
enum Contender: String, CaseIterable {
  /// This package, between two processes.
  case socket
  /// This package, within a process.
  case inProcess = "in-process"
  /// Node's channel to a child, with advanced serialization.
  case child
  /// Node's channel to a worker.
  case worker
  /// Blocking calls in C on a pair of sockets, nothing more: the floor.
  case floor

  /// The name in the table.
  var title: String {
    switch self {
    case .socket: "ElectronIPC, Unix socket"
    case .inProcess: "ElectronIPC, in process"
    case .child: "Node child_process, advanced"
    case .worker: "Node worker MessagePort"
    case .floor: "C ping-pong, socket pair"
    }
  }

  /// Measures in processes of its own; `nil` if the contender has no such load.
  func measure(_ load: Load, _ workspace: Workspace, _ engine: Engine) throws -> RoundTrips? {
    let figures = [String(load.size), String(load.depth), String(load.milliseconds)]
    switch self {
    case .child, .worker:
      let script = workspace.folder.appending(path: "RoundTrips/node.mjs").path
      return try RoundTrips.read(
        from: engine.program, engine.parameters + [script, rawValue] + figures)
    case .floor where load.depth > 1: return nil
    case .socket, .inProcess, .floor:
      guard let program = Bundle.main.executableURL else {
        throw Failure("this program does not know where it is")
      }
      return try RoundTrips.read(from: program, ["measure", rawValue] + figures)
    }
  }
}

extension RoundTrips {
  /// What a process prints.
  static func read(from program: URL, _ parameters: [String]) throws -> RoundTrips {
    try JSONDecoder().decode(RoundTrips.self, from: Workloads.run(program, parameters))
  }
}
