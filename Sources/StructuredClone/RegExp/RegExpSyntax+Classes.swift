extension RegExpSyntax {
  /// Reads a class without `v`.
  mutating func readClass() throws(Fault) {
    let start = position
    position += sees("^", 1) ? 2 : 1
    while position < source.endIndex, !sees("]") {
      let range = position
      let first = try readClassAtom()
      guard sees("-") else { continue }
      position += 1
      if position == source.endIndex || sees("]") { continue }
      let last = try readClassAtom()
      guard let first, let last else {
        if isUnicode { throw Fault(reason: .invalidClass, offset: range) }
        continue
      }
      if first > last { throw Fault(reason: .rangeOutOfOrder, offset: range) }
    }
    guard position < source.endIndex else { throw Fault(reason: .unterminatedClass, offset: start) }
    position += 1
  }

  /// Reads a character and answers it, or an escape for a class.
  private mutating func readClassAtom() throws(Fault) -> UInt32? {
    guard sees("\\") else { return readCodePoint(paired: isUnicode) }
    switch Unicode.Scalar(peek(1)) {
    case "b":
      position += 2
      return 8
    case "-" where isUnicode:
      position += 2
      return 0x2D
    default:
      if peek(1) == RegExpSyntax.end { throw Fault(reason: .escapeAtEnd, offset: position) }
      if try readClassEscape(inClass: true) != nil { return nil }
      return try readCharacterEscape(inClass: true)
    }
  }
}
