/// Reading varints that are known to be well formed, from bytes the package keeps itself.
enum Varint {
  /// The 32-bit varint at `offset`, and where it ends.
  static func read32(_ bytes: [UInt8], at offset: Int) -> (value: UInt32, end: Int) {
    var value: UInt32 = 0
    var shift: UInt32 = 0
    var position = offset
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      value |= UInt32(byte & 0x7F) &<< shift
      shift += 7
      if byte < 0x80 || shift >= 35 { break }
    }
    return (value, position)
  }

  /// Appends the shortest form.
  static func append(_ value: UInt64, to bytes: inout [UInt8]) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(truncatingIfNeeded: rest))
  }

  /// How many bytes the shortest form takes.
  static func size(_ value: UInt64) -> Int {
    value < 0x80 ? 1 : (UInt64.bitWidth - value.leadingZeroBitCount + 6) / 7
  }
}
