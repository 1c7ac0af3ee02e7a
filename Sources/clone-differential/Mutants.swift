import ArgumentParser
import CloneGeneration
import DifferentialTesting
import _CloneFixtures

/// Compares the readers.
struct Mutants: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Compare what is read: mutants of the goldens and payloads from the grammar.")

  enum Legacy: String, ExpressibleByArgument, CaseIterable { case with, without, both }

  @OptionGroup var options: CampaignOptions

  @Option(help: "Versions 0 to 12: read them, refuse them, or one run for each.")
  var legacy = Legacy.without

  func run() throws {
    let corpus = Mutants.corpus
    var hasBugs = false
    for reads in legacy == .both ? [false, true] : [legacy == .with] {
      let source = PayloadSource.mutants(PayloadMutator(corpus: corpus, legacy: reads))
      let mode = reads ? "mutants, legacy" : "mutants"
      if try options.run(mode: mode, source: source, legacy: reads) { hasBugs = true }
    }
    if hasBugs { throw ExitCode.failure }
  }

  /// What engines wrote and what was made by hand, each once.
  private static var corpus: [[UInt8]] {
    var seen: Set<[UInt8]> = []
    var corpus: [[UInt8]] = []
    let written = Fixtures.values.flatMap { $0.goldens.compactMap { $0.written } }
    for text in written + Fixtures.reads.map({ $0.bytes }) {
      let bytes = Fixtures.bytes(text)
      if seen.insert(bytes).inserted { corpus.append(bytes) }
    }
    return corpus
  }
}
