/// Makes payloads that are nearly right: mutants of a corpus, and payloads from the grammar, mutated or not.
///
/// Each mutant depends on the seed, its number and the corpus alone, so that they can be made in any order and
/// by any number of threads.
public struct PayloadMutator: Sendable {
  /// Longer mutants are cut off; those that nest deeply on purpose may have six times as many bytes.
  public static let longestMutant = 2048

  /// Array lengths for which V8 takes memory at once: below, there is little to take, and above, it stores
  /// elements in a dictionary.
  private static let costlyLengths: ClosedRange<UInt64> = (1 << 20)...(1 << 25 + 1)

  private let corpus: [[UInt8]]
  private let parsed: [WirePayload]
  private let donors: [WireNode]
  private let versions: [UInt32]

  /// Makes a mutator.
  ///
  /// - Parameters:
  ///   - corpus: payloads to begin with; those that cost engines much memory are left out.
  ///   - legacy: whether half of the mutants have versions from 0 to 12.
  public init(corpus: [[UInt8]], legacy: Bool) {
    let modern: [UInt32] = [13, 13, 13, 13, 14, 14, 15, 15, 15, 15, 15, 16]
    versions = legacy ? modern + [0, 0, 0, 0, 1, 5, 9, 9, 10, 11, 11, 12] : modern
    self.corpus = corpus.filter { $0.count <= PayloadMutator.longestMutant && $0.count > 2 }
    parsed = self.corpus.compactMap { WirePayload(parsing: $0) }
      .filter { payload in !payload.roots.contains { PayloadMutator.isCostly($0) } }
    var donors: [WireNode] = []
    for payload in parsed where payload.version ?? 0 >= 12 {
      donors.append(contentsOf: payload.roots)
      for root in payload.roots where root.isContainer {
        donors.append(contentsOf: root.children)
      }
    }
    self.donors = donors.filter { $0.nodeCount < 12 } + [WireNode("0")]
  }

  /// The mutant of a seed with a number.
  public func mutant(seed: UInt64, index: Int) -> [UInt8] {
    var random = SplitMix64(seed: seed, index: index)
    if random.below(4000) == 0 { return deeplyNested(using: &random) }
    var payload: WirePayload
    if parsed.isEmpty || random.chance(45) {
      payload = PayloadGenerator.payload(version: random.pick(versions), using: &random)
    } else {
      payload = random.pick(parsed)
      if random.chance(30) { payload.version = random.pick(versions) }
      if random.chance(90) {
        let ending = Vocabulary.ending(using: &random)
        for index in payload.roots.indices { payload.roots[index].rename(ending) }
      }
    }
    mutateTree(of: &payload, using: &random)
    var bytes = mutateBytes(of: payload, using: &random)
    if random.chance(3) { changeHeader(of: &bytes, using: &random) }
    if bytes.count > PayloadMutator.longestMutant {
      bytes.removeSubrange(PayloadMutator.longestMutant...)
    }
    return bytes
  }

  private func mutateTree(of payload: inout WirePayload, using random: inout SplitMix64) {
    let count = random.pick([0, 0, 1, 1, 1, 2, 2, 3, 4])
    guard count > 0 else { return }
    for _ in 0..<count { TreeMutation.apply(to: &payload.roots, donors: donors, using: &random) }
    if random.chance(85) {
      for index in payload.roots.indices { payload.roots[index].repairCounts() }
    }
    for index in payload.roots.indices { PayloadMutator.makeCheap(&payload.roots[index]) }
  }

  private func mutateBytes(of payload: WirePayload, using random: inout SplitMix64) -> [UInt8] {
    var encoder = WireEncoder()
    encoder.append(payload)
    let count = random.pick([0, 0, 0, 1, 1, 2, 3])
    guard count > 0 else { return encoder.bytes }
    var bytes = ByteMutation.apply(to: encoder, corpus: corpus, using: &random)
    for _ in 1..<count { ByteMutation.apply(to: &bytes, corpus: corpus, using: &random) }
    return bytes
  }

  private func changeHeader(of bytes: inout [UInt8], using random: inout SplitMix64) {
    guard bytes.count > 2, bytes[0] == 0xFF else { return }
    switch random.below(4) {
    case 0: bytes.removeFirst(2)
    case 1: bytes.insert(contentsOf: [0xFF, UInt8(random.below(18))], at: 0)
    case 2:
      bytes[1] |= 0x80
      bytes.insert(contentsOf: [0x80, 0x80, 0x80, 0][random.below(4)...], at: 2)
    default: bytes[1] = UInt8(random.below(18))
    }
  }

  /// Containers in containers, as deep as an engine's stack allows or deeper.
  private func deeplyNested(using random: inout SplitMix64) -> [UInt8] {
    let (opening, closing): ([UInt8], [UInt8]) = random.pick([
      (Array("A\u{1}".utf8), Array("$\u{0}\u{1}".utf8)),
      (Array("o\"\u{1}a".utf8), Array("{\u{1}".utf8)),
      (Array("'".utf8), Array(",\u{1}".utf8)), (Array(";0".utf8), Array(":\u{2}".utf8)),
      (Array("rc".utf8), Array(".".utf8)), (Array("?\u{0}".utf8), []),
    ])
    let depth =
      200 + random.below(6 * PayloadMutator.longestMutant / (opening.count + closing.count))
    var bytes: [UInt8] = [0xFF, UInt8(truncatingIfNeeded: random.pick([13, 14, 15]))]
    for _ in 0..<depth { bytes.append(contentsOf: opening) }
    bytes.append(UInt8(ascii: "0"))
    for _ in 0..<depth { bytes.append(contentsOf: closing) }
    return bytes
  }

  private static func isCostly(_ node: WireNode) -> Bool {
    if node.tag == UInt8(ascii: "a"), costlyLengths.contains(node.fields.first ?? 0) { return true }
    return node.children.contains { isCostly($0) }
  }

  private static func makeCheap(_ node: inout WireNode) {
    if node.tag == UInt8(ascii: "a"), costlyLengths.contains(node.fields.first ?? 0) {
      node.fields = [1000]
    }
    for index in node.children.indices { makeCheap(&node.children[index]) }
  }
}

extension WireNode {
  /// Gives names of objects an ending, from here down. The same names stay the same in the payload, but other
  /// payloads of the process have others: what an engine remembers of names seldom matters then.
  fileprivate mutating func rename(_ ending: String) {
    for index in children.indices {
      if tag == UInt8(ascii: "o"), isKey(index) { children[index].append(ending) }
      children[index].rename(ending)
    }
  }

  /// Makes a name longer, unless it may be a number or mean something to engines.
  private mutating func append(_ ending: String) {
    let letters = UInt8(ascii: "a")...UInt8(ascii: "z")
    guard let first = bytes.first, letters.contains(first), bytes.count <= 4 else { return }
    switch tag {
    case UInt8(ascii: "\""): bytes += Array(ending.utf8)
    case UInt8(ascii: "c"): bytes += ending.utf8.flatMap { [$0, 0] as [UInt8] }
    default: return
    }
    fields = [UInt64(bytes.count)]
  }
}
