import ArgumentParser
import DifferentialTesting

/// Compares the writers.
struct Values: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Compare what is written: random values in the bytes of each engine's profile.",
    discussion: """
      The engine has to read what this package writes, and what it writes back has to be what this package \
      says it will.
      """)

  @OptionGroup var options: CampaignOptions

  func run() throws {
    if try options.run(mode: "values", source: .values, legacy: false) { throw ExitCode.failure }
  }
}
