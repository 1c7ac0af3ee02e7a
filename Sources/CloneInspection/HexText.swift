/// Bytes as hexadecimal digits.
enum HexText {
  private static let digits = Array("0123456789abcdef".utf8)

  static func digits(_ bytes: some Collection<UInt8>, separator: String) -> String {
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count * (2 + separator.utf8.count))
    for byte in bytes {
      if !text.isEmpty { text.append(contentsOf: separator.utf8) }
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// A number of eight hexadecimal digits or more.
  static func offset(_ offset: Int) -> String {
    let text = String(offset, radix: 16)
    return String(repeating: "0", count: max(0, 8 - text.count)) + text
  }
}
