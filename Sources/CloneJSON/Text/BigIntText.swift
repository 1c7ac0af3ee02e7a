import StructuredClone

/// Big integers as text: in decimal, or in hexadecimal if they are long, as ``CloneBigInt/description`` prints them.
enum BigIntText {
  /// How many decimal digits are read: what 1,024 bytes have. Conversion takes time that grows with the square.
  static let mostDigits = 2467

  /// Sign and magnitude of a text; a zero may have a sign.
  static func parse(_ string: CloneString) -> (isNegative: Bool, magnitude: [UInt8])? {
    var digits = string.utf16[...]
    let isNegative = digits.first == 0x2D
    if isNegative { digits.removeFirst() }
    let isHexadecimal = digits.starts(with: "0x".utf16)
    if isHexadecimal { digits.removeFirst(2) }
    guard !digits.isEmpty, isHexadecimal || digits.count <= mostDigits else { return nil }
    return (isHexadecimal ? hexadecimal(digits) : decimal(digits)).map { (isNegative, $0) }
  }

  private static func hexadecimal(_ digits: Slice<CloneString.UTF16View>) -> [UInt8]? {
    var magnitude: [UInt8] = []
    magnitude.reserveCapacity((digits.count + 1) / 2)
    var low: UInt8?
    for unit in digits.reversed() {
      guard unit < 0x80, let digit = JSONTokenizer.hexDigit(UInt8(unit)) else { return nil }
      if let first = low {
        magnitude.append(first | UInt8(digit) << 4)
        low = nil
      } else {
        low = UInt8(digit)
      }
    }
    if let low { magnitude.append(low) }
    return trimmed(magnitude)
  }

  private static func decimal(_ digits: Slice<CloneString.UTF16View>) -> [UInt8]? {
    // Words of 32 bits, the lowest first.
    var words: [UInt32] = []
    for unit in digits {
      guard (0x30...0x39).contains(unit) else { return nil }
      var carry = UInt64(unit - 0x30)
      for position in words.indices {
        let sum = UInt64(words[position]) * 10 + carry
        words[position] = UInt32(truncatingIfNeeded: sum)
        carry = sum >> 32
      }
      if carry > 0 { words.append(UInt32(carry)) }
    }
    return trimmed(
      words.flatMap { word in
        [0, 8, 16, 24].map { UInt8(truncatingIfNeeded: word >> UInt32($0)) }
      })
  }

  private static func trimmed(_ magnitude: [UInt8]) -> [UInt8] {
    Array(magnitude[..<((magnitude.lastIndex { $0 != 0 } ?? -1) + 1)])
  }
}
