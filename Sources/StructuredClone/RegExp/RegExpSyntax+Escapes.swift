extension RegExpSyntax {
  /// Reads an escape outside classes. Answers whether it is an atom, and no assertion.
  mutating func readEscape() throws(Fault) -> Bool {
    let start = position
    let next = peek(1)
    switch Unicode.Scalar(next) {
    case "1", "2", "3", "4", "5", "6", "7", "8", "9":
      if readBackReference() { return true }
      if isUnicode { throw Fault(reason: .invalidEscape, offset: start) }
      position += 1
      if next < 0x38 { _ = readOctal() } else { position += 1 }
      return true
    case "0":
      position += 1
      if isUnicode, RegExpSyntax.isDigit(peek(1)) {
        throw Fault(reason: .invalidDecimalEscape, offset: start)
      }
      _ = readOctal()
      return true
    case "b", "B":
      position += 2
      return false
    case "k" where isUnicode || findsNamedGroups(inClass: false):
      position += 2
      try readNamedReference(from: start)
      return true
    default:
      if next == RegExpSyntax.end { throw Fault(reason: .escapeAtEnd, offset: start) }
      if try readClassEscape(inClass: false) == nil { _ = try readCharacterEscape(inClass: false) }
      return true
    }
  }

  /// Reads a reference to a group by number, if there are so many groups.
  private mutating func readBackReference() -> Bool {
    let start = position
    position += 1
    var number: UInt32 = 0
    while RegExpSyntax.isDigit(peek()) {
      number = number * 10 + peek() - 0x30
      if number > 0xFFFFF { break }
      position += 1
    }
    if number <= captures { return true }
    if number <= 0xFFFFF, number <= countCaptures(inClass: false) { return true }
    position = start
    return false
  }

  /// Reads up to three octal digits that make a value below 256.
  private mutating func readOctal() -> UInt32 {
    var value = peek() - 0x30
    position += 1
    for limit: UInt32 in [.max, 32] {
      let unit = peek()
      guard unit >= 0x30, unit <= 0x37, value < limit else { break }
      value = value * 8 + unit - 0x30
      position += 1
    }
    return value
  }

  /// Reads an escape that stands for a class of characters, if it is one, and answers what it stands for.
  mutating func readClassEscape(inClass: Bool) throws(Fault) -> UnicodeProperties.Property? {
    switch Unicode.Scalar(peek(1)) {
    case "d", "D", "s", "S", "w", "W":
      position += 2
      return .ofCharacters
    case "p" where isUnicode, "P" where isUnicode:
      let start = position
      let isComplement = sees("P", 1)
      position += 2
      guard let property = readProperty(),
        property != .ofStrings || (isUnicodeSets && !isComplement)
      else {
        throw Fault(
          reason: inClass ? .invalidPropertyNameInClass : .invalidPropertyName, offset: start)
      }
      return property
    default:
      return nil
    }
  }

  /// Reads `{name}` or `{name=value}`, and answers which property it is.
  private mutating func readProperty() -> UnicodeProperties.Property? {
    guard sees("{") else { return nil }
    position += 1
    let name = readPropertyText()
    var value: [UInt8]?
    if sees("=") {
      position += 1
      value = readPropertyText()
    }
    guard sees("}") else { return nil }
    position += 1
    if let value { return unicode.hasValue(value, of: name) ? .ofCharacters : nil }
    return unicode.property(name)
  }

  private mutating func readPropertyText() -> [UInt8] {
    var text: [UInt8] = []
    while true {
      let unit = peek()
      switch Unicode.Scalar(unit) {
      case .some("a"..."z"), .some("A"..."Z"), .some("0"..."9"), "_":
        text.append(UInt8(truncatingIfNeeded: unit))
        position += 1
      default:
        return text
      }
    }
  }

  /// Reads the escape of one character and answers the character. What follows the backslash is no end.
  mutating func readCharacterEscape(inClass: Bool) throws(Fault) -> UInt32 {
    let start = position
    position += 1
    let unit = peek()
    switch Unicode.Scalar(unit) {
    case "f", "n", "r", "t", "v":
      position += 1
      return unit == 0x66 ? 0x0C : unit == 0x6E ? 0x0A : unit == 0x72 ? 0x0D : unit == 0x74 ? 9 : 11
    case "c":
      return try readControlEscape(from: start, inClass: inClass)
    case "0" where !RegExpSyntax.isDigit(peek(1)):
      position += 1
      return 0
    case .some("0"..."7"):
      if isUnicode {
        throw Fault(
          reason: inClass ? features.decimalEscapeInClass : .invalidDecimalEscape, offset: start)
      }
      return readOctal()
    case "x":
      position += 1
      if let value = readHexadecimal(digits: 2) { return value }
      if isUnicode { throw Fault(reason: .invalidEscape, offset: start) }
      return unit
    case "u":
      position += 1
      if let value = readUnicodeEscape(paired: isUnicode) { return value }
      if isUnicode { throw Fault(reason: .invalidUnicodeEscape, offset: start) }
      return unit
    default:
      try checkIdentityEscape(unit, from: start, inClass: inClass)
      return readCodePoint(paired: isUnicode)
    }
  }

  private mutating func checkIdentityEscape(
    _ unit: UInt32, from start: Int, inClass: Bool
  ) throws(Fault) {
    let isAllowed =
      isUnicode
      ? RegExpSyntax.isSyntaxCharacter(unit)
      // Outside of classes this is a reference, and does not come here.
      : !(unit == 0x6B && inClass && !features.namedReferenceInClassIsLetter
        && findsNamedGroups(inClass: true))
    if !isAllowed { throw Fault(reason: .invalidEscape, offset: start) }
  }

  /// The characters that can be escaped with `u` and `v`: those with a meaning, and the slash.
  private static func isSyntaxCharacter(_ unit: UInt32) -> Bool {
    switch Unicode.Scalar(unit) {
    case "^", "$", "\\", ".", "*", "+", "?", "(", ")", "[", "]", "{", "}", "|", "/": true
    default: false
    }
  }

  /// Reads a control letter. Without one the backslash stands for itself, and the `c` is read next.
  private mutating func readControlEscape(
    from start: Int, inClass: Bool
  ) throws(Fault) -> UInt32 {
    let letter = peek(1)
    let isLetter =
      switch Unicode.Scalar(letter) {
      case .some("a"..."z"), .some("A"..."Z"): true
      case .some("0"..."9"), "_": inClass && !isUnicode
      default: false
      }
    if isLetter {
      position += 2
      return letter & 0x1F
    }
    if isUnicode {
      throw Fault(
        reason: inClass ? features.controlEscapeInClass : .invalidUnicodeEscape, offset: start)
    }
    return 0x5C
  }

  /// Reads what follows `\u`; if it is not right, nothing.
  mutating func readUnicodeEscape(paired: Bool) -> UInt32? {
    let start = position
    if paired, sees("{") {
      position += 1
      if let value = readCodePointDigits(), sees("}") {
        position += 1
        return value
      }
      position = start
      return nil
    }
    guard let lead = readHexadecimal(digits: 4) else { return nil }
    let behindLead = position
    if paired, lead & 0xFFFF_FC00 == 0xD800, sees("\\"), sees("u", 1) {
      position += 2
      if let trail = readHexadecimal(digits: 4), trail & 0xFFFF_FC00 == 0xDC00 {
        return RegExpSyntax.pair(lead, trail)
      }
      position = behindLead
    }
    return lead
  }

  /// Any number of digits, of a value that is a code point.
  private mutating func readCodePointDigits() -> UInt32? {
    guard var value = RegExpSyntax.hexadecimal(peek()) else { return nil }
    position += 1
    while let digit = RegExpSyntax.hexadecimal(peek()) {
      value = value << 4 | digit
      if value > 0x10FFFF { return nil }
      position += 1
    }
    return value
  }

  private mutating func readHexadecimal(digits: Int) -> UInt32? {
    var value: UInt32 = 0
    for index in 0..<digits {
      guard let digit = RegExpSyntax.hexadecimal(peek(index)) else { return nil }
      value = value << 4 | digit
    }
    position += digits
    return value
  }

  private static func hexadecimal(_ unit: UInt32) -> UInt32? {
    switch Unicode.Scalar(unit) {
    case .some("0"..."9"): unit - 0x30
    case .some("a"..."f"): unit - 0x61 + 10
    case .some("A"..."F"): unit - 0x41 + 10
    default: nil
    }
  }
}
