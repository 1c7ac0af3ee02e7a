import StructuredClone

/// Reads the tokens of JSON text (RFC 8259), strictly: no comments, no trailing commas, valid UTF-8. What they mean together is
/// the reader's.
struct JSONTokenizer {
  /// What is wrong at an offset. The reader adds the path.
  struct Failure: Error {
    let reason: CloneJSONError.Reason
    let offset: Int
  }

  /// The content of a string.
  enum StringContent {
    /// ASCII without escapes, as it stands in the text.
    case ascii(Range<Int>)
    /// Units that are in ``JSONTokenizer/units``; whether all fit in one byte.
    case units(isLatin1: Bool)
  }

  /// A number.
  enum Number {
    /// Without fraction and exponent, and of 32 bits.
    case integer(Int32)
    case double(Double)
  }

  /// How many characters a number may have: more than any double needs.
  static let longestNumber = 1200

  let text: [UInt8]
  private(set) var position = 0
  /// The units of the string that was read last.
  private(set) var units: [UInt16] = []

  init(_ text: [UInt8]) { self.text = text }

  // MARK: - Characters

  /// Skips blanks; the character behind them, or `nil` at the end.
  mutating func peek() -> UInt8? {
    while position < text.count {
      switch text[position] {
      case 0x20, 0x09, 0x0A, 0x0D: position += 1
      case let byte: return byte
      }
    }
    return nil
  }

  /// Skips blanks and a character, if it is next.
  mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard let next = peek(), next == UInt8(truncatingIfNeeded: character.value) else {
      return false
    }
    position += 1
    return true
  }

  /// Skips blanks and a character, which must be next.
  mutating func expect(_ character: Unicode.Scalar) throws(Failure) {
    guard take(character) else { throw failure(.expected("'\(character)'")) }
  }

  /// What is wrong here; at the end of the text, that it ends.
  func failure(_ reason: CloneJSONError.Reason) -> Failure {
    refusal(position < text.count ? reason : .truncated)
  }

  /// Why what was read up to here is refused.
  func refusal(_ reason: CloneJSONError.Reason) -> Failure {
    Failure(reason: reason, offset: position)
  }

  /// Skips a word, which must be next.
  mutating func expect(word: StaticString) throws(Failure) {
    let count = word.utf8CodeUnitCount
    let matches = word.withUTF8Buffer { letters in
      // The buffer is read within the closure only.
      unsafe text[position...].starts(with: letters)
    }
    guard matches else { throw failure(.expected("a value")) }
    position += count
  }

  // MARK: - Strings

  /// Reads a string, whose quote must be next.
  mutating func string() throws(Failure) -> StringContent {
    guard take("\"") else { throw failure(.expected("a string")) }
    let start = position
    while position < text.count {
      let byte = text[position]
      if byte == 0x22 {
        position += 1
        return .ascii(start..<(position - 1))
      }
      guard byte >= 0x20, byte < 0x80, byte != 0x5C else { break }
      position += 1
    }
    return try unitsOfString(from: start)
  }

  /// Reads a string that is more than ASCII, of which the beginning was looked at.
  private mutating func unitsOfString(from start: Int) throws(Failure) -> StringContent {
    units.removeAll(keepingCapacity: true)
    for byte in text[start..<position] { units.append(UInt16(byte)) }
    var all: UInt16 = 0
    while position < text.count {
      let byte = text[position]
      switch byte {
      case 0x22:
        position += 1
        return .units(isLatin1: all < 0x100)
      case 0x5C:
        let unit = try escape()
        all |= unit
        units.append(unit)
      case ..<0x20: throw failure(.unescapedControl)
      case ..<0x80:
        units.append(UInt16(byte))
        position += 1
      default:
        let scalar = try wideScalar(byte)
        if scalar < 0x10000 {
          units.append(UInt16(scalar))
          all |= UInt16(scalar)
        } else {
          units.append(UInt16(0xD800 + (scalar - 0x10000) >> 10))
          units.append(UInt16(0xDC00 | scalar & 0x3FF))
          all = 0xFFFF
        }
      }
    }
    throw failure(.truncated)
  }

  /// Reads an escape behind whose backslash we stand.
  private mutating func escape() throws(Failure) -> UInt16 {
    guard position + 1 < text.count else {
      position = text.count
      throw failure(.truncated)
    }
    let letter = text[position + 1]
    let unit: UInt16? =
      switch letter {
      case 0x22, 0x2F, 0x5C: UInt16(letter)
      case UInt8(ascii: "b"): 0x08
      case UInt8(ascii: "f"): 0x0C
      case UInt8(ascii: "n"): 0x0A
      case UInt8(ascii: "r"): 0x0D
      case UInt8(ascii: "t"): 0x09
      default: nil
      }
    if let unit {
      position += 2
      return unit
    }
    guard letter == UInt8(ascii: "u") else { throw failure(.invalidEscape) }
    var value: UInt16 = 0
    for offset in 2..<6 {
      guard position + offset < text.count else {
        position = text.count
        throw failure(.truncated)
      }
      guard let digit = JSONTokenizer.hexDigit(text[position + offset]) else {
        throw failure(.invalidEscape)
      }
      value = value << 4 | digit
    }
    position += 6
    return value
  }

  static func hexDigit(_ byte: UInt8) -> UInt16? {
    switch byte {
    case 0x30...0x39: UInt16(byte - 0x30)
    case 0x41...0x46: UInt16(byte - 0x41 + 10)
    case 0x61...0x66: UInt16(byte - 0x61 + 10)
    default: nil
    }
  }

  /// Reads a scalar beyond ASCII in its shortest form (RFC 3629).
  private mutating func wideScalar(_ first: UInt8) throws(Failure) -> UInt32 {
    let count: Int
    let lowest: UInt32
    var scalar: UInt32
    switch first {
    case 0xC2...0xDF: (count, lowest, scalar) = (2, 0x80, UInt32(first & 0x1F))
    case 0xE0...0xEF: (count, lowest, scalar) = (3, 0x800, UInt32(first & 0x0F))
    case 0xF0...0xF4: (count, lowest, scalar) = (4, 0x10000, UInt32(first & 0x07))
    default: throw failure(.invalidUTF8)
    }
    guard position + count <= text.count else { throw failure(.invalidUTF8) }
    for offset in 1..<count {
      let byte = text[position + offset]
      guard byte & 0xC0 == 0x80 else { throw failure(.invalidUTF8) }
      scalar = scalar << 6 | UInt32(byte & 0x3F)
    }
    guard scalar >= lowest, Unicode.Scalar(scalar) != nil else { throw failure(.invalidUTF8) }
    position += count
    return scalar
  }

  /// The content of a string that was just read.
  func cloneString(_ content: StringContent) -> CloneString {
    switch content {
    case .ascii(let range): CloneString(latin1: Array(text[range]))
    case .units(true): CloneString(latin1: units.map { UInt8(truncatingIfNeeded: $0) })
    case .units(false): CloneString(twoByte: units)
    }
  }

  /// Whether the content of a string that was just read is this text.
  func isEqual(_ content: StringContent, to name: String) -> Bool {
    switch content {
    case .ascii(let range): text[range].elementsEqual(name.utf8)
    case .units: units.elementsEqual(name.utf16)
    }
  }

  /// The content of a string that was just read, for people; cut if it is long.
  func name(_ content: StringContent) -> String {
    switch content {
    case .ascii(let range): String(decoding: text[range].prefix(64), as: UTF8.self)
    case .units: String(decoding: units.prefix(64), as: UTF16.self)
    }
  }

  /// The key that stands at an offset, and was read before.
  func key(at offset: Int) -> ClonePropertyKey {
    var reader = JSONTokenizer(text)
    reader.position = offset
    guard let content = try? reader.string() else { return "" }
    return ClonePropertyKey(reader.cloneString(content))
  }

  // MARK: - Numbers

  /// Reads a number, whose first character must be next.
  mutating func number() throws(Failure) -> Number {
    let start = position
    let isNegative = take("-")
    guard let first = digit() else { throw failure(.expected("a value")) }
    var integer = Int64(first)
    var isInteger = true
    position += 1
    while let next = digit() {
      guard first != 0 else { throw failure(.invalidNumber) }
      // Beyond 2^32 the value does not matter.
      if integer < 1 << 40 { integer = 10 * integer + Int64(next) }
      position += 1
    }
    if position < text.count, text[position] == UInt8(ascii: ".") {
      isInteger = false
      position += 1
      try skipDigits()
    }
    if position < text.count, text[position] | 0x20 == UInt8(ascii: "e") {
      isInteger = false
      position += 1
      if position < text.count, text[position] == 0x2B || text[position] == 0x2D { position += 1 }
      try skipDigits()
    }
    guard position - start <= JSONTokenizer.longestNumber else {
      throw Failure(reason: .longNumber, offset: start)
    }
    if isInteger, let value = Int32(exactly: isNegative ? -integer : integer),
      value != 0 || !isNegative
    {
      return .integer(value)
    }
    // It has the form that Swift reads, too.
    let value = Double(String(decoding: text[start..<position], as: UTF8.self)) ?? .nan
    return .double(value)
  }

  private func digit() -> UInt8? {
    guard position < text.count, (0x30...0x39).contains(text[position]) else { return nil }
    return text[position] - 0x30
  }

  private mutating func skipDigits() throws(Failure) {
    guard digit() != nil else { throw failure(.invalidNumber) }
    while digit() != nil { position += 1 }
  }
}
