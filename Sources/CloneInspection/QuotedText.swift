import StructuredClone

/// Strings as JavaScript source, quoted as `util.inspect` does it.
enum QuotedText {
  private static let singleQuote: UInt16 = 0x27
  private static let doubleQuote: UInt16 = 0x22
  private static let backtick: UInt16 = 0x60

  /// A string in quotes. Single quotes, unless the string has some and double quotes or backticks do
  /// without an escape.
  static func quoted(_ units: some Collection<UInt16>) -> String {
    var quote = singleQuote
    if units.contains(singleQuote) {
      if !units.contains(doubleQuote) {
        quote = doubleQuote
      } else if !units.contains(backtick), !hasTemplateSubstitution(units) {
        quote = backtick
      }
    }
    let mark = String(Character(Unicode.Scalar(UInt8(quote))))
    return mark + escaped(units, quote: quote == singleQuote ? quote : nil) + mark
  }

  /// A string without quotes in which nothing can move the cursor, end the line or start a colour.
  static func sanitized(_ units: some Collection<UInt16>) -> String {
    escaped(units, quote: nil, backslash: false)
  }

  private static func hasTemplateSubstitution(_ units: some Collection<UInt16>) -> Bool {
    zip(units, units.dropFirst()).contains { $0 == 0x24 && $1 == 0x7B }
  }

  private static func escaped(
    _ units: some Collection<UInt16>, quote: UInt16?, backslash: Bool = true
  ) -> String {
    var utf8: [UInt8] = []
    utf8.reserveCapacity(units.count)
    var index = units.startIndex
    while index != units.endIndex {
      let unit = units[index]
      units.formIndex(after: &index)
      switch unit {
      case 0x5C where backslash: append("\\\\", to: &utf8)
      case quote: append("\\'", to: &utf8)
      case 0x20..<0x7F: utf8.append(UInt8(unit))
      case 0x08: append("\\b", to: &utf8)
      case 0x09: append("\\t", to: &utf8)
      case 0x0A: append("\\n", to: &utf8)
      case 0x0C: append("\\f", to: &utf8)
      case 0x0D: append("\\r", to: &utf8)
      case 0..<0x20, 0x7F..<0xA0:
        append((unit < 16 ? "\\x0" : "\\x") + String(unit, radix: 16, uppercase: true), to: &utf8)
      case 0xD800..<0xDC00:
        if index != units.endIndex, (0xDC00..<0xE000).contains(units[index]) {
          let low = UInt32(units[index])
          units.formIndex(after: &index)
          append(scalar: 0x10000 + (UInt32(unit) - 0xD800) << 10 + (low - 0xDC00), to: &utf8)
        } else {
          append("\\u" + String(unit, radix: 16), to: &utf8)
        }
      // Beyond what `util.inspect` escapes: what changes the direction or the line of the text around it,
      // because the bytes come from strangers.
      case 0xDC00..<0xE000, 0x2028, 0x2029, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069:
        append("\\u" + String(unit, radix: 16), to: &utf8)
      default: append(scalar: UInt32(unit), to: &utf8)
      }
    }
    return String(decoding: utf8, as: UTF8.self)
  }

  private static func append(_ text: String, to utf8: inout [UInt8]) {
    utf8.append(contentsOf: text.utf8)
  }

  private static func append(scalar: UInt32, to utf8: inout [UInt8]) {
    switch scalar {
    case 0..<0x80: utf8.append(UInt8(scalar))
    case 0x80..<0x800:
      utf8.append(UInt8(0xC0 | scalar >> 6))
      utf8.append(UInt8(0x80 | scalar & 0x3F))
    case 0x800..<0x10000:
      utf8.append(UInt8(0xE0 | scalar >> 12))
      utf8.append(UInt8(0x80 | scalar >> 6 & 0x3F))
      utf8.append(UInt8(0x80 | scalar & 0x3F))
    default:
      utf8.append(UInt8(0xF0 | scalar >> 18))
      utf8.append(UInt8(0x80 | scalar >> 12 & 0x3F))
      utf8.append(UInt8(0x80 | scalar >> 6 & 0x3F))
      utf8.append(UInt8(0x80 | scalar & 0x3F))
    }
  }
}

extension CloneString {
  /// Whether `util.inspect` shows the string as a key without quotes: letters, digits and `_`.
  var isPlainKey: Bool {
    guard let first = utf16.first, !(0x30...0x39).contains(first) else { return false }
    return utf16.allSatisfy {
      (0x61...0x7A).contains($0) || (0x41...0x5A).contains($0) || $0 == 0x5F
        || (0x30...0x39).contains($0)
    }
  }
}
