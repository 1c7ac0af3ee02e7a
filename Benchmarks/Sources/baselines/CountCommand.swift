import ArgumentParser
import Workloads

/// Counts one operation on any payload.
struct CountCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "count",
    abstract: "Counts the allocations and instructions of one operation on one payload.")

  @Argument(help: "What to do, such as decode or encodeBuilt.") var operation: String
  @Argument(help: "The name of the payload.") var payload = "ipc"

  func run() throws {
    // Written here if they are missing, so that the process that counts does not do it.
    _ = try Workspace().manifest()
    let counts = try Counter.withCounter { counter in
      try counter.count(Subject(operation: operation, payload: payload))
    }
    let instructions = counts.instructions.map { Figures.bytes($0) } ?? "SKIPPED: no Valgrind,"
    print(
      "\(operation) \(payload): \(Figures.bytes(counts.allocations)) allocations, \(instructions) instructions"
    )
  }
}
