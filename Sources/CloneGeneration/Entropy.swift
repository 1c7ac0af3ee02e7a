/// Numbers that come from bytes first, so that a fuzzer which changes a byte changes one decision, and from
/// a generator that all the bytes seed when they have been used up.
public struct Entropy: RandomNumberGenerator, Sendable {
  private let bytes: [UInt8]
  private var position = 0
  private var rest: SplitMix64

  /// Makes a generator of bytes.
  public init(_ bytes: [UInt8]) {
    self.bytes = bytes
    // FNV-1a, which is the same in every process.
    rest = SplitMix64(
      seed: bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 })
  }

  /// The next 64 bits: a byte eight times, since those who ask look at different bits.
  public mutating func next() -> UInt64 {
    guard position < bytes.count else { return rest.next() }
    defer { position += 1 }
    return UInt64(bytes[position]) &* 0x0101_0101_0101_0101
  }
}
