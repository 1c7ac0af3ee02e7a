public import Foundation
public import StructuredClone

// A `Decimal` has 38 digits at least, a number 15 to 17. Numbers mean their shortest digits here, as they are printed: 0.1 is 0.1 and not the
// binary fraction next to it.

extension CloneValue {
  /// Makes a number.
  ///
  /// - Throws: that no number has these digits. A string of them, or a BigInt of a whole decimal, can hold what a number
  ///   cannot: ``CloneBigInt/init(_:)-(Decimal)``.
  public init(_ decimal: Decimal) throws(CloneConversionError) {
    guard let number = Double(decimal.description), number.isFinite,
      Decimal(text: "\(number)") == decimal
    else { throw CloneConversionError.notExact(decimal.description, type: "number") }
    self = .number(number)
  }
}

extension CloneBigInt {
  /// Makes a big integer of a whole decimal.
  ///
  /// - Throws: that the decimal has a fraction or is NaN.
  public init(_ decimal: Decimal) throws(CloneConversionError) {
    var digits = Substring(decimal.description)
    let isNegative = digits.first == "-"
    if isNegative { digits.removeFirst() }
    guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
      throw CloneConversionError.notExact(decimal.description, type: "BigInt")
    }
    // 38 digits times a power of ten up to 10^127.
    var magnitude: [UInt8] = []
    for digit in digits.utf8 {
      var carry = UInt16(digit - 0x30)
      for position in magnitude.indices {
        let sum = UInt16(magnitude[position]) * 10 + carry
        magnitude[position] = UInt8(truncatingIfNeeded: sum)
        carry = sum >> 8
      }
      if carry > 0 { magnitude.append(UInt8(carry)) }
    }
    self.init(isNegative: isNegative, magnitude: magnitude)
  }
}

extension Decimal {
  /// Makes a decimal of a number by its shortest digits, of a BigInt, or of a string of digits.
  ///
  /// - Throws: that the value is something else, is not finite, has more digits than fit or none.
  public init(_ value: CloneValue) throws(CloneConversionError) {
    let text: String
    switch value {
    case .number(let number): text = "\(number)"
    case .bigint(let integer): text = integer.description
    case .string(let string):
      text = String(string)
      guard Decimal.isNumber(text) else {
        throw CloneConversionError.malformed(string.debugDescription, type: "Decimal")
      }
    default: throw CloneConversionError(expected: "Decimal", found: value)
    }
    guard let decimal = Decimal(text: text), decimal.hasDigits(of: text) else {
      throw CloneConversionError.notExact(text, type: "Decimal")
    }
    self = decimal
  }

  fileprivate init?(text: String) {
    guard Decimal.isNumber(text), let decimal = Decimal(string: text, locale: nil) else {
      return nil
    }
    self = decimal
  }

  /// Whether a text is a decimal number, with an exponent or without.
  private static func isNumber(_ text: String) -> Bool {
    text.wholeMatch(of: /-?[0-9]+(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?/) != nil
  }

  /// Whether the decimal has all digits of a text, and not only as many as fit.
  private func hasDigits(of text: String) -> Bool {
    guard let own = Digits(description), let other = Digits(text) else { return false }
    return own == other
  }
}

/// The digits of a decimal number, without zeros at either end, and where the point is.
private struct Digits: Equatable {
  private var isNegative = false
  private var digits: [UInt8] = []
  /// The power of ten of the last digit.
  private var exponent = 0

  /// `nil` if the exponent is beyond every decimal.
  init?(_ text: String) {
    let parts = text.split { $0 == "e" || $0 == "E" }
    if parts.count > 1 {
      guard let power = Int(parts[1]), abs(power) < Digits.beyond else { return nil }
      exponent = power
    }
    var hasPoint = false
    for byte in (parts.first ?? "").utf8 {
      switch byte {
      case UInt8(ascii: "-"): isNegative = true
      case UInt8(ascii: "."): hasPoint = true
      default:
        digits.append(byte)
        if hasPoint { exponent -= 1 }
      }
    }
    digits = Array(digits.drop { $0 == UInt8(ascii: "0") })
    while digits.last == UInt8(ascii: "0") {
      digits.removeLast()
      exponent += 1
    }
    if digits.isEmpty {
      isNegative = false
      exponent = 0
    }
  }

  /// More than any exponent that a decimal has.
  private static let beyond = 1000
}
