/// Bytes as text of 64 characters (RFC 4648, section 4), as `Uint8Array.prototype.toBase64` makes it.
enum Base64 {
  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  private static let padding = UInt8(ascii: "=")
  private static let none: UInt8 = 0xFF
  private static let values: [UInt8] = {
    var values = [UInt8](repeating: none, count: 256)
    for (value, character) in alphabet.enumerated() { values[Int(character)] = UInt8(value) }
    return values
  }()

  static func encode(_ content: ArraySlice<UInt8>, to text: inout [UInt8]) {
    text.reserveCapacity(text.count + (content.count + 2) / 3 * 4)
    var start = content.startIndex
    while start < content.endIndex {
      let count = min(3, content.endIndex - start)
      var bits: UInt32 = 0
      for offset in 0..<3 {
        bits = bits << 8 | (offset < count ? UInt32(content[start + offset]) : 0)
      }
      for position in 0..<4 {
        text.append(
          position <= count ? alphabet[Int(bits >> UInt32(18 - 6 * position) & 63)] : padding)
      }
      start += count
    }
  }

  /// The bytes; `nil` if the text is not what ``encode(_:to:)`` makes of any.
  static func decode(_ text: ArraySlice<UInt8>) -> [UInt8]? {
    guard text.count.isMultiple(of: 4) else { return nil }
    var content: [UInt8] = []
    content.reserveCapacity(text.count / 4 * 3)
    var start = text.startIndex
    while start < text.endIndex {
      let isLast = start + 4 == text.endIndex
      let padded = isLast ? text[start...].reversed().prefix { $0 == padding }.count : 0
      guard padded <= 2 else { return nil }
      var bits: UInt32 = 0
      for offset in 0..<4 {
        let value = offset < 4 - padded ? values[Int(text[start + offset])] : 0
        guard value != none else { return nil }
        bits = bits << 6 | UInt32(value)
      }
      // The bits that no byte has are 0.
      guard bits & (1 << UInt32(8 * padded) - 1) == 0 else { return nil }
      for offset in 0..<(3 - padded) {
        content.append(UInt8(truncatingIfNeeded: bits >> UInt32(16 - 8 * offset)))
      }
      start += 4
    }
    return content
  }
}
