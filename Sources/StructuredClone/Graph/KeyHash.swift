/// Hashes of keys, for tables within one call: a few multiplications, with secrets of the process, where the standard
/// library's hash takes ten times as long (Documentation/Performance.md).
///
/// Who does not know the secrets cannot make keys that collide: 64 bits are multiplied with 64 secret ones, and both
/// halves of the product are kept.
enum KeyHash {
  private static let secret = UInt64.random(in: .min ... .max) | 1
  private static let otherSecret = UInt64.random(in: .min ... .max) | 1

  @inline(__always)
  private static func mix(_ left: UInt64, _ right: UInt64) -> UInt64 {
    let product = left.multipliedFullWidth(by: right)
    return product.high ^ product.low
  }

  /// The hash of bits.
  @inline(__always)
  static func hash(_ bits: UInt64) -> Int {
    Int(truncatingIfNeeded: mix(bits ^ secret, otherSecret))
  }

  /// The hash of a number that is a key: 0 and −0 are one, and so are all NaNs.
  @inline(__always)
  static func hash(_ number: Double) -> Int {
    hash(number == 0 ? 0 : Cell.double(number).bits)
  }

  /// The hash of a string, whatever its storage.
  static func hash(_ string: CloneString) -> Int {
    if string.isTwoByte, string.isLatin1 {
      return hash(
        string.utf16.map { UInt8(truncatingIfNeeded: $0) }, from: 0, count: string.utf16Count)
    }
    return hash(string.bytes, from: string.start, count: string.content.count)
  }

  /// The hash of a string of one-byte units, or of two-byte ones that do not fit in one byte.
  static func hash(_ bytes: [UInt8], from start: Int, count: Int) -> Int {
    var state = secret ^ UInt64(truncatingIfNeeded: count)
    var position = start
    let end = start + count
    let span = RawSpan(_elements: bytes.span)
    while end - position >= 8 {
      state = mix(state ^ word(span, at: position), otherSecret)
      position += 8
    }
    if position < end {
      var rest: UInt64 = 0
      if bytes.count >= 8, end >= 8 {
        // The last bytes with some that come before, which are shifted out.
        rest = word(span, at: end - 8) >> UInt64(8 * (8 - (end - position)))
      } else {
        for offset in (position..<end).reversed() { rest = rest << 8 | UInt64(bytes[offset]) }
      }
      state = mix(state ^ rest, otherSecret)
    }
    return Int(truncatingIfNeeded: mix(state, secret))
  }

  @inline(__always)
  private static func word(_ bytes: RawSpan, at offset: Int) -> UInt64 {
    // Any bits are an integer, and the span checks the offset.
    let bits = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self)
    return UInt64(littleEndian: bits)
  }
}
