import ArgumentParser
import Workloads

/// Compares this package with V8: `swift run -c release comparison`.
@main
struct Comparison: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Compares this package with V8, and prints tables of times and ratios.",
    subcommands: [
      RunCommand.self, MeasureCommand.self, MeasureReferenceCommand.self,
    ],
    defaultSubcommand: RunCommand.self)
}

/// Not the one of Foundation.
typealias Operation = Workloads.Operation
