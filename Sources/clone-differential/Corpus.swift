import CloneGeneration
import _CloneFixtures

/// What mutants are made of.
enum Corpus {
  /// A mutator of the goldens: what engines wrote and what was made by hand, each once.
  static func mutator(legacy: Bool) -> PayloadMutator {
    var seen: Set<[UInt8]> = []
    var corpus: [[UInt8]] = []
    let written = Fixtures.values.flatMap { $0.goldens.compactMap { $0.written } }
    for text in written + Fixtures.reads.map({ $0.bytes }) {
      let bytes = Fixtures.bytes(text)
      if seen.insert(bytes).inserted { corpus.append(bytes) }
    }
    return PayloadMutator(corpus: corpus, legacy: legacy)
  }
}
