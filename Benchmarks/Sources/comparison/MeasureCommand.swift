import ArgumentParser
import Foundation
import Workloads

/// Measures one operation in this process: what the comparison starts beside the engine.
struct MeasureCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "measure", abstract: "Measures one operation and prints a line of JSON.",
    shouldDisplay: false)

  @Argument var operation: Operation
  @Argument var payload: String
  @Option var milliseconds = 300

  func run() throws {
    let workspace = try Workspace()
    let payload = operation.needsPayload ? try workspace.manifest().payload(payload) : nil
    if let payload { try Verification.verify(operation, payload, in: workspace.payloads) }
    let work = try Work(operation, payload, in: workspace.payloads)
    try Timing.measure(work, milliseconds: milliseconds).printLine()
  }
}

extension Operation: ExpressibleByArgument {}
