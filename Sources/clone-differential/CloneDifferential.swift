import ArgumentParser
import DifferentialTesting

/// Compares this package with live engines.
@main
struct CloneDifferential: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "clone-differential",
    abstract: "Compares this package with live engines, payload by payload.",
    discussion: """
      Every difference is put again to a fresh process of the engine. What remains is explained by one of \
      three causes, which Documentation/Differences.md describes, or is a bug, which is made as short as it \
      can be and printed.

      Exit status: 0 if there is no bug, 1 if there is one, 64 for wrong options.
      """,
    subcommands: [Mutants.self, Values.self, Replay.self, Generate.self])
}
