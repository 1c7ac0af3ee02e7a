import ArgumentParser
import CloneGeneration
import DifferentialTesting

/// Prints mutants.
struct Generate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print the mutants of a seed in hexadecimal, one a line.")

  @Option(help: "The seed.")
  var seed: UInt64 = 1

  @Option(help: "How many.")
  var count = 100

  @Flag(help: "Also versions 0 to 12.")
  var legacy = false

  func run() {
    let mutator = Corpus.mutator(legacy: legacy)
    for index in 0..<count { print(Hex.text(mutator.mutant(seed: seed, index: index))) }
  }
}
