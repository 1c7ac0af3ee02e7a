/// The primitive encodings, appended to a buffer.
enum WireWriter {
  static func append(_ value: Double, to bytes: inout [UInt8]) {
    append(bits: value.isNaN ? Cell.double(.nan).bits : value.bitPattern, to: &bytes)
  }

  static func append(bits: UInt64, to bytes: inout [UInt8]) {
    // Eight appends take four times as long. The pointer does not leave the closure.
    unsafe withUnsafeBytes(of: bits.littleEndian) { unsafe bytes.append(contentsOf: $0) }
  }

  static func append(zigZag value: Int32, to bytes: inout [UInt8]) {
    Varint.append(UInt64(UInt32(bitPattern: value << 1 ^ value >> 31)), to: &bytes)
  }

  /// A string in the form it is stored in; two-byte units begin at an even offset.
  static func append(_ string: CloneString, to bytes: inout [UInt8]) {
    let content = string.content
    if string.isTwoByte {
      if (bytes.count + 1 + Varint.size(UInt64(content.count))) & 1 != 0 {
        bytes.append(WireTag.padding)
      }
      bytes.append(WireTag.twoByteString)
    } else {
      bytes.append(WireTag.oneByteString)
    }
    Varint.append(UInt64(content.count), to: &bytes)
    bytes.append(contentsOf: content)
  }

  /// The contents of a big integer: whole digits of eight bytes.
  static func append(_ integer: CloneBigInt, keepsNegativeZero: Bool, to bytes: inout [UInt8]) {
    let magnitude = integer.magnitude
    let length = (magnitude.count + 7) / 8 * 8
    let isNegative = integer.isNegative || (keepsNegativeZero && integer.isNegativeZero)
    Varint.append(UInt64(length) << 1 | (isNegative ? 1 : 0), to: &bytes)
    bytes.append(contentsOf: magnitude)
    bytes.append(contentsOf: repeatElement(0, count: length - magnitude.count))
  }
}
