import ArgumentParser
import DifferentialTesting

/// Compares the readers.
struct Mutants: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Compare what is read: mutants of the goldens and payloads from the grammar.")

  enum Legacy: String, ExpressibleByArgument, CaseIterable { case with, without, both }

  @OptionGroup var options: CampaignOptions

  @Option(help: "Versions 0 to 12: read them, refuse them, or one run for each.")
  var legacy = Legacy.without

  func run() throws {
    var hasBugs = false
    for reads in legacy == .both ? [false, true] : [legacy == .with] {
      let source = PayloadSource.mutants(Corpus.mutator(legacy: reads))
      let mode = reads ? "mutants, legacy" : "mutants"
      if try options.run(mode: mode, source: source, legacy: reads) { hasBugs = true }
    }
    if hasBugs { throw ExitCode.failure }
  }
}
