/// Reading varints that are known to be well formed, from bytes the package keeps itself.
enum Varint {
  /// The 32-bit varint at `offset`, and where it ends.
  @inline(__always)
  static func read32(_ bytes: [UInt8], at offset: Int) -> (value: UInt32, end: Int) {
    // The pointer does not leave the closure.
    unsafe bytes.withUnsafeBufferPointer { unsafe read32($0, at: offset) }
  }

  /// The same from a graph's input while it is borrowed. A varint of a graph was checked when it was read: it ends
  /// within the input.
  @inline(__always)
  static func read32(
    _ bytes: UnsafeBufferPointer<UInt8>, at offset: Int
  ) -> (value: UInt32, end: Int) {
    var value: UInt32 = 0
    var shift: UInt32 = 0
    var position = offset
    while position < bytes.count {
      let byte = unsafe bytes[position]
      position += 1
      value |= UInt32(byte & 0x7F) &<< shift
      shift += 7
      if byte < 0x80 || shift >= 35 { break }
    }
    return (value, position)
  }

  /// The most bytes that a value takes.
  static let longest = 10

  /// Appends the shortest form.
  static func append(_ value: UInt64, to bytes: inout [UInt8]) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(truncatingIfNeeded: rest))
  }

  /// Stores the shortest form and answers where it ends. The caller has room for ``longest`` bytes.
  @inline(__always)
  static func store(
    _ value: UInt64, at start: UnsafeMutableRawPointer
  ) -> UnsafeMutableRawPointer {
    var rest = value
    var position = unsafe start
    while rest >= 0x80 {
      // At most nine times: each takes seven bits of 64.
      unsafe position.storeBytes(of: UInt8(truncatingIfNeeded: rest) | 0x80, as: UInt8.self)
      unsafe position += 1
      rest >>= 7
    }
    unsafe position.storeBytes(of: UInt8(truncatingIfNeeded: rest), as: UInt8.self)
    return unsafe position + 1
  }

  /// The shortest form of 32 bits in the low bytes, and how many bytes it takes: one to five, without a loop.
  @inline(__always)
  static func encoded(_ value: UInt32) -> (bytes: UInt64, count: Int) {
    let wide = UInt64(value)
    // Seven bits to a byte.
    let low = wide & 0x7F | (wide & 0x3F80) << 1 | (wide & 0x1F_C000) << 2
    let groups = low | (wide & 0xFE0_0000) << 3 | (wide & 0xF000_0000) << 4
    // (bits + 6) / 7, for 1 to 32 bits.
    let count = ((32 - (value | 1).leadingZeroBitCount) * 9 + 64) >> 6
    // All but the last byte say that more follow.
    let continuations: UInt64 = 0x8080_8080 & (1 &<< UInt64(8 * (count - 1)) &- 1)
    return (groups | continuations, count)
  }

  /// How many bytes the shortest form takes.
  static func size(_ value: UInt64) -> Int {
    value < 0x80 ? 1 : (UInt64.bitWidth - value.leadingZeroBitCount + 6) / 7
  }
}
