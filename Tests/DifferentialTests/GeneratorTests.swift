import CloneGeneration
import DifferentialTesting
import StructuredClone
import Testing
import _CloneFixtures

/// What is generated is the same everywhere, and worth an engine's while.
struct GeneratorTests {
  private static let corpus = Fixtures.reads.map { Fixtures.bytes($0.bytes) }

  @Test func `the generator of numbers is SplitMix64`() {
    var random = SplitMix64(seed: 1_234_567)
    #expect(
      (0..<3).map { _ in random.next() } == [
        6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
      ])
  }

  @Test func `shuffling keeps the elements`() {
    var random = SplitMix64(seed: 1)
    #expect(random.shuffled(Array(0..<20)).sorted() == Array(0..<20))
  }

  @Test(arguments: [false, true])
  func `mutants depend on seed and number alone`(legacy: Bool) {
    let first = PayloadMutator(corpus: GeneratorTests.corpus, legacy: legacy)
    let second = PayloadMutator(corpus: GeneratorTests.corpus, legacy: legacy)
    let forwards = (0..<500).map { first.mutant(seed: 3, index: $0) }
    let backwards = (0..<500).reversed().map { second.mutant(seed: 3, index: $0) }
    #expect(forwards == backwards.reversed())
    #expect(Set(forwards).count > 450)
    #expect(forwards != (0..<500).map { first.mutant(seed: 4, index: $0) })
  }

  /// Without a corpus, so that a new golden does not change it.
  @Test func `the first mutants of a seed stay what they are`() {
    let mutator = PayloadMutator(corpus: [], legacy: true)
    #expect(
      (0..<4).map { Hex.text(mutator.mutant(seed: 1, index: $0)) } == [
        "ff0b4e9a0699999999b97f1c", "ff0d3500004ac208b23e43fa",
        "ff09ff053ffeffffff0f63126c006f006e0067002d006e0061006d000500", "ff03498080",
      ])
  }

  @Test func `a fair share of mutants is accepted, of every version`() {
    let mutator = PayloadMutator(corpus: GeneratorTests.corpus, legacy: false)
    var accepted = 0
    var versions: Set<UInt8> = []
    for index in 0..<4000 {
      let mutant = mutator.mutant(seed: 5, index: index)
      #expect(mutant.count <= 7 * PayloadMutator.longestMutant)
      if case .some = try? CloneValue(decoding: mutant, profile: .deno) {
        accepted += 1
        versions.insert(mutant[1])
      }
    }
    #expect((1000...2000).contains(accepted))
    #expect(versions.isSuperset(of: [13, 14, 15, 16]))
  }

  @Test func `values are of every kind, and the same every time`() throws {
    var kinds: Set<String> = []
    for index in 0..<2000 {
      let value = ValueGenerator.value(seed: 1, index: index)
      let bytes = try value.encoded(profile: .deno)
      #expect(bytes == (try ValueGenerator.value(seed: 1, index: index).encoded(profile: .deno)))
      kinds.insert(String(String(describing: Mirror(reflecting: value).children.first?.label)))
    }
    for kind in [
      "object", "array", "map", "set", "error", "arrayBuffer", "arrayBufferView", "date",
    ] {
      #expect(kinds.contains("Optional(\"\(kind)\")"), "\(kind)")
    }
  }
}
