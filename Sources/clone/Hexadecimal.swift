/// Hexadecimal text, wanted and unwanted.
enum Hexadecimal {
  /// The bytes of hexadecimal digits; blanks do not count, nor does `0x` in front.
  static func bytes(_ text: String) throws(Failure) -> [UInt8] {
    var digits = Substring(text.filter { !$0.isWhitespace })
    if digits.hasPrefix("0x") { digits = digits.dropFirst(2) }
    var bytes: [UInt8] = []
    var high: Int?
    for digit in digits {
      guard digit.isASCII, let value = digit.hexDigitValue else {
        throw .wrongUse("--hex: \(String(reflecting: digit)) is no hexadecimal digit")
      }
      if let first = high {
        bytes.append(UInt8(first << 4 | value))
        high = nil
      } else {
        high = value
      }
    }
    guard high == nil else { throw .wrongUse("--hex: an odd number of hexadecimal digits") }
    return bytes
  }

  private static let digits = Array("0123456789abcdef".utf8)

  /// The digits of bytes.
  static func text(_ bytes: [UInt8]) -> String {
    String(
      decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }

  /// How much of an input is looked at to see what it is.
  private static let looked = 4096

  /// What to say about bytes that are no payload but something recognisable: nothing, or text.
  static func complaint(about bytes: [UInt8]) -> String? {
    guard let first = bytes.first else { return "is empty" }
    let start = bytes.prefix(looked)
    let isText = start.allSatisfy { $0 >= 0x20 && $0 != 0x7F || (0x09...0x0D).contains($0) }
    // Payloads from version 13 on begin with ff, which begins no UTF-8 text.
    guard first != 0xFF, isText, String(validating: start.trimmedToScalars, as: UTF8.self) != nil
    else { return nil }
    let digits = start.filter { !(0x09...0x0D).contains($0) && $0 != 0x20 }
    let isHexadecimal =
      !digits.isEmpty && digits.allSatisfy { Character(Unicode.Scalar($0)).hexDigitValue != nil }
    return "does not look like a payload: it is text"
      + (isHexadecimal ? ". For hexadecimal digits there is --hex" : "")
  }
}

extension ArraySlice<UInt8> {
  /// The bytes without those of a scalar that was cut off at the end.
  fileprivate var trimmedToScalars: ArraySlice<UInt8> {
    guard let last = suffix(4).lastIndex(where: { $0 & 0xC0 != 0x80 }), self[last] >= 0xC0 else {
      return self
    }
    let length = self[last] >= 0xF0 ? 4 : self[last] >= 0xE0 ? 3 : 2
    return endIndex - last < length ? self[..<last] : self
  }
}
