/// Tags as people read them.
enum TagName {
  /// The letter in quotes, or two hexadecimal digits.
  static func text(_ tag: UInt8) -> String {
    (0x21...0x7E).contains(tag) ? "'\(Character(Unicode.Scalar(tag)))'" : Hex.text([tag])
  }
}
