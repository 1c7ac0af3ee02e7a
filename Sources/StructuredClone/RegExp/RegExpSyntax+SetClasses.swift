extension RegExpSyntax {
  /// A class with `v` that is open.
  private struct SetClass {
    /// What comes next.
    enum Phase {
      /// The first operand.
      case first
      /// More of a union.
      case union
      /// The end of a range in a union; the last operand is its start.
      case rangeEnd
      /// `--` and an operand.
      case subtraction
      /// `&&` and an operand.
      case intersection
    }

    let start: UInt32
    /// Where the last operand starts.
    var lastStart: UInt32 = 0
    /// The last operand of a union, if it is a character, which may begin a range.
    var lastCharacter: UInt32?
    var phase = Phase.first
    let isComplement: Bool
    var mayContainStrings = false
  }

  private enum Operand {
    case character(UInt32)
    case set(mayContainStrings: Bool)
  }

  /// Reads a class with `v`, and the classes in it.
  mutating func readSetClass() throws(Fault) {
    var classes: [SetClass] = []
    openSetClass(on: &classes)
    while let top = classes.last {
      guard position < source.endIndex else {
        throw Fault(reason: .unterminatedClass, offset: Int(top.start))
      }
      if sees("]") {
        position += 1
        if top.isComplement, top.mayContainStrings {
          throw Fault(reason: .negatedStrings, offset: Int(top.start))
        }
        classes.removeLast()
        try take(.set(mayContainStrings: top.mayContainStrings), from: Int(top.start), on: &classes)
        continue
      }
      try readOperator(of: &classes[classes.count - 1])
      let start = position
      if sees("[") {
        openSetClass(on: &classes)
      } else {
        let operand = try readOperand()
        try take(operand, from: start, on: &classes)
      }
    }
  }

  private mutating func openSetClass(on classes: inout [SetClass]) {
    let isComplement = sees("^", 1)
    classes.append(SetClass(start: UInt32(clamping: position), isComplement: isComplement))
    position += isComplement ? 2 : 1
  }

  /// Reads what stands between the last operand and the next one.
  private mutating func readOperator(of setClass: inout SetClass) throws(Fault) {
    switch setClass.phase {
    case .first, .rangeEnd:
      return
    case .union:
      guard sees("-") else { return }
      if sees("-", 1) { throw Fault(reason: .invalidSetOperation, offset: position) }
      if position + 1 == source.endIndex {
        throw Fault(reason: .unterminatedClass, offset: Int(setClass.start))
      }
      guard setClass.lastCharacter != nil else {
        throw Fault(reason: .invalidClass, offset: position)
      }
      position += 1
      setClass.phase = .rangeEnd
    case .subtraction:
      guard sees("-"), sees("-", 1) else {
        throw Fault(reason: .invalidSetOperation, offset: position)
      }
      position += 2
    case .intersection:
      guard sees("&"), sees("&", 1) else {
        throw Fault(reason: .invalidSetOperation, offset: position)
      }
      position += 2
      if sees("&") { throw Fault(reason: .invalidCharacterInClass, offset: position) }
    }
  }

  /// Adds an operand to the innermost open class, if there is one.
  private func take(
    _ operand: Operand, from start: Int, on classes: inout [SetClass]
  ) throws(Fault) {
    guard var top = classes.popLast() else { return }
    var mayContainStrings = false
    let first = top.lastCharacter
    top.lastCharacter = nil
    switch operand {
    case .character(let character): top.lastCharacter = character
    case .set(let strings): mayContainStrings = strings
    }
    switch top.phase {
    case .first:
      top.mayContainStrings = mayContainStrings
      top.phase =
        sees("-") && sees("-", 1)
        ? .subtraction : sees("&") && sees("&", 1) ? .intersection : .union
      // What is subtracted does not matter, so this is said before it is read.
      if case .subtraction = top.phase, top.isComplement, mayContainStrings {
        throw Fault(reason: .negatedStrings, offset: Int(top.start))
      }
    case .union:
      top.mayContainStrings = top.mayContainStrings || mayContainStrings
    case .rangeEnd:
      guard let first, let last = top.lastCharacter else {
        throw Fault(reason: .invalidClass, offset: Int(top.lastStart))
      }
      // At the end of the pattern the class is unterminated, which is found next.
      if first > last { throw Fault(reason: .rangeOutOfOrder, offset: Int(top.lastStart)) }
      top.lastCharacter = nil
      top.phase = .union
    case .subtraction:
      break
    case .intersection:
      top.mayContainStrings = top.mayContainStrings && mayContainStrings
    }
    top.lastStart = UInt32(clamping: start)
    classes.append(top)
  }

  /// Reads an operand that is no nested class.
  private mutating func readOperand() throws(Fault) -> Operand {
    if sees("\\") {
      if sees("q", 1) { return .set(mayContainStrings: try readStrings()) }
      if let property = try readClassEscape(inClass: true) {
        return .set(mayContainStrings: property == .ofStrings)
      }
    }
    return .character(try readSetCharacter())
  }

  /// Reads `\q{a|bc}` and answers whether one of the strings is not a single character.
  private mutating func readStrings() throws(Fault) -> Bool {
    guard sees("{", 2) else { throw Fault(reason: .invalidEscape, offset: position) }
    position += 3
    var length = 0
    var hasStrings = false
    while position < source.endIndex, !sees("}") {
      if sees("|") {
        position += 1
        hasStrings = hasStrings || length != 1
        length = 0
      } else {
        _ = try readSetCharacter()
        length += 1
      }
    }
    // A missing brace is a missing bracket, too, which is found next.
    if position < source.endIndex { position += 1 }
    return hasStrings || length != 1
  }

  private mutating func readSetCharacter() throws(Fault) -> UInt32 {
    guard sees("\\") else {
      switch Unicode.Scalar(peek()) {
      case "(", ")", "[", "]", "{", "}", "/", "-", "|":
        throw Fault(reason: .invalidCharacterInClass, offset: position)
      case "&", "!", "#", "$", "%", "*", "+", ",", ".", ":", ";", "<", "=", ">", "?", "@", "^", "`",
        "~":
        if peek() == peek(1) { throw Fault(reason: .invalidSetOperation, offset: position) }
      default:
        break
      }
      return readCodePoint(paired: true)
    }
    switch Unicode.Scalar(peek(1)) {
    case "b":
      position += 2
      return 8
    case "&", "-", "!", "#", "%", ",", ":", ";", "<", "=", ">", "@", "`", "~":
      defer { position += 2 }
      return peek(1)
    default:
      if peek(1) == RegExpSyntax.end { throw Fault(reason: .escapeAtEnd, offset: position) }
      return try readCharacterEscape(inClass: true)
    }
  }
}
