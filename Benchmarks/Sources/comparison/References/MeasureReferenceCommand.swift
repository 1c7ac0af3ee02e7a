import ArgumentParser
import Foundation
import Workloads

/// Measures a codec of Foundation in this process.
struct MeasureReferenceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "measure-reference",
    abstract: "Measures a codec of Foundation and prints a line of JSON.", shouldDisplay: false)

  @Argument var reference: Reference
  @Argument var payload: String
  @Option var milliseconds = 300

  func run() throws {
    let workspace = try Workspace()
    let work = try reference.work(
      workspace.manifest().payload(payload), in: workspace.payloads)
    try Timing.measure(work, milliseconds: milliseconds).printLine()
  }
}
