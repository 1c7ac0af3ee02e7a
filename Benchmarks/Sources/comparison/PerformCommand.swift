import ArgumentParser
import Workloads

/// Performs an operation so many times, for tools that count instructions or allocations: the difference between two counts divided by the
/// difference between their counts is what one takes.
///
///     valgrind --tool=callgrind --callgrind-out-file=/dev/null comparison perform decode objs10k --count 3
struct PerformCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "perform", abstract: "Performs one operation without timing it, for callgrind.")

  @Argument(help: "What to do, such as decode or encodeBuilt.") var operation: Operation
  @Argument(help: "The name of the payload.") var payload = "ipc"
  @Option(help: "How many times.") var count = 1

  func run() throws {
    let workspace = try Workspace()
    let payload = operation.needsPayload ? try workspace.manifest().payload(payload) : nil
    let work = try Work(operation, payload, in: workspace.payloads)
    for _ in 0..<count { try work.run() }
  }
}
