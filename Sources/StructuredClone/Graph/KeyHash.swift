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
      return hash(CloneString(latin1: string.utf16.map { UInt8(truncatingIfNeeded: $0) }))
    }
    return unsafe string.content.withBytes { unsafe hash($0) }
  }

  /// The hash of bytes: of one-byte units, or of two-byte ones that do not fit in one byte.
  static func hash(_ bytes: UnsafeRawBufferPointer) -> Int {
    var state = secret ^ UInt64(truncatingIfNeeded: bytes.count)
    var position = 0
    while bytes.count - position > ShortContent.longest {
      // There are eight bytes at least.
      let word = unsafe bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self)
      state = mix(state ^ UInt64(littleEndian: word), otherSecret)
      position += 8
    }
    let rest = unsafe ShortContent(UnsafeRawBufferPointer(rebasing: bytes[position...]))
    state = mix(state ^ rest.first, otherSecret)
    if bytes.count - position > 8 { state = mix(state ^ rest.second, otherSecret) }
    return Int(truncatingIfNeeded: mix(state, secret))
  }
}
