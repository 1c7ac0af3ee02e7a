/// Bytes as hexadecimal digits.
enum HexText {
  static let digits = Array("0123456789abcdef".utf8)
}
