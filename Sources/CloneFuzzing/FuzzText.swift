import StructuredClone

/// Makes text of bytes in each way in which a string can be made.
enum FuzzText {
  /// A string of bytes in Latin-1, UTF-8 or UTF-16, in one byte a unit where it fits or in two.
  static func string(_ bytes: [UInt8], form: UInt8) -> CloneString {
    switch form % 5 {
    case 0: CloneString(latin1: bytes)
    case 1: CloneString(String(decoding: bytes, as: UTF8.self))
    case 2: CloneString(utf16: units(bytes))
    case 3: CloneString(twoByte: units(bytes))
    default: CloneString(twoByte: bytes.map { UInt16($0) })
    }
  }

  /// Units in little-endian order; a last odd byte is one, too.
  static func units(_ bytes: [UInt8]) -> [UInt16] {
    stride(from: 0, to: bytes.count, by: 2).map { position in
      UInt16(bytes[position])
        | UInt16(position + 1 < bytes.count ? bytes[position + 1] : 0) << 8
    }
  }
}
