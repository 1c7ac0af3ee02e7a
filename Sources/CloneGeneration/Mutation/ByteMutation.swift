/// A change to the bytes of a payload, blind or at a place where something is known to stand.
enum ByteMutation: CaseIterable {
  case flipBit, setByte, insert, delete, repeatRange, splice, truncate, append
  case swapTag, swapSection, swapViewKind, stretchVarint, changeVarint, nudgeVarint, header

  /// Applies one that needs to know the places, or a blind one where there is none.
  static func apply(
    to encoder: WireEncoder, corpus: [[UInt8]], using random: inout SplitMix64
  ) -> [UInt8] {
    var bytes = encoder.bytes
    let mutation = random.pick(allCases)
    switch mutation {
    case .swapTag where !encoder.tags.isEmpty:
      bytes[random.pick(encoder.tags)] = random.pick(Vocabulary.tags)
    case .swapSection where !encoder.sections.isEmpty:
      bytes[random.pick(encoder.sections)] = random.pick(Vocabulary.sections)
    case .swapViewKind where !encoder.viewKinds.isEmpty:
      bytes[random.pick(encoder.viewKinds)] = random.pick(Vocabulary.viewKinds)
    case .stretchVarint where !encoder.varints.isEmpty:
      stretch(random.pick(encoder.varints), in: &bytes, &random)
    case .changeVarint where !encoder.varints.isEmpty:
      replace(random.pick(encoder.varints), by: random.pick(Vocabulary.lies), in: &bytes)
    case .nudgeVarint where !encoder.varints.isEmpty:
      let range = random.pick(encoder.varints)
      bytes[range.lowerBound] ^= random.chance(50) ? 1 : 3
    default: blind(mutation, &bytes, corpus, &random)
    }
    return bytes
  }

  /// Applies a blind one.
  static func apply(
    to bytes: inout [UInt8], corpus: [[UInt8]], using random: inout SplitMix64
  ) {
    blind(random.pick(allCases), &bytes, corpus, &random)
  }

  private static func blind(
    _ mutation: ByteMutation, _ bytes: inout [UInt8], _ corpus: [[UInt8]],
    _ random: inout SplitMix64
  ) {
    guard bytes.count > 2 else { return bytes.append(random.byte()) }
    // The header is left alone, or most mutants would end there.
    let place = 2 + random.below(bytes.count - 2)
    switch mutation {
    case .setByte, .swapTag:
      bytes[place] = random.chance(50) ? random.byte() : random.pick(Vocabulary.tags)
    case .insert, .stretchVarint: bytes.insert(random.chance(50) ? random.byte() : 0, at: place)
    case .delete:
      bytes.removeSubrange(place..<min(bytes.count, place + 1 + random.below(4)))
    case .repeatRange:
      let range = place..<min(bytes.count, place + 1 + random.below(12))
      bytes.insert(contentsOf: Array(bytes[range]), at: place)
    case .splice where !corpus.isEmpty:
      let other = random.pick(corpus)
      guard other.count > 2 else { return }
      bytes.removeSubrange(place...)
      bytes.append(contentsOf: other[(2 + random.below(other.count - 2))...])
    case .truncate: bytes.removeSubrange(place...)
    case .append: bytes.append(random.byte())
    case .header:
      bytes[random.below(2)] = random.chance(80) ? UInt8(random.below(18)) : random.byte()
    default: bytes[place] ^= 1 << UInt8(random.below(8))
    }
  }

  /// Gives a varint more bytes than it needs.
  private static func stretch(
    _ range: Range<Int>, in bytes: inout [UInt8], _ random: inout SplitMix64
  ) {
    let count = range.count + 1 + random.below(random.chance(70) ? 5 : 12)
    var longer = Array(bytes[range])
    longer[longer.count - 1] |= 0x80
    while longer.count < count - 1 { longer.append(0x80) }
    longer.append(random.chance(80) ? 0 : random.byte())
    bytes.replaceSubrange(range, with: longer)
  }

  private static func replace(_ range: Range<Int>, by number: UInt64, in bytes: inout [UInt8]) {
    var varint: [UInt8] = []
    WireEncoder.append(number, to: &varint)
    bytes.replaceSubrange(range, with: varint)
  }
}
