/// Decides whether a regular expression compiles, as V8's parser does: ECMAScript with Annex B, and where several
/// things are wrong, the one that V8 finds first.
///
/// The pattern is read from left to right, each unit a bounded number of times: once, and once more when a
/// back reference asks how many groups follow. Groups and nested classes are kept on stacks in memory.
struct RegExpSyntax {
  struct Fault: Error {
    let reason: RegExpSyntaxError.Reason
    let offset: Int
  }

  /// A group that is open; the first one is the whole pattern. Small, as a pattern can open one with three units;
  /// no string has more than 2^32 of them.
  struct Group {
    enum Kind { case plain, capture, lookahead, lookbehind }
    var kind: Kind
    /// Where the group starts.
    var start: UInt32
    /// How many groups with a number start before its contents.
    var captures: UInt32
    /// The number of its name.
    var name: UInt32?
    /// How many groups with a number start before its last alternative.
    var alternative: UInt32
    /// The groups that 13.6 takes to be in other alternatives, by their numbers.
    var elsewhere: ClosedRange<UInt32>
  }

  /// A name that groups have or that is referred to.
  struct Name {
    /// The numbers of the first and the last closed group with this name.
    var closed: ClosedRange<UInt32>?
    /// How many groups with this name are open.
    var open = 0
  }

  let source: CloneString.UTF16View
  let features: RegExpFeatures
  let unicode: UnicodeProperties
  /// With `u` or `v`: surrogates are paired, and Annex B does not apply.
  let isUnicode: Bool
  let isUnicodeSets: Bool

  /// The unit to be read next.
  var position = 0

  var groups = [Group(kind: .plain, start: 0, captures: 0, alternative: 0, elsewhere: 0...0)]
  /// Groups with a number that were opened so far.
  var captures: UInt32 = 0
  /// All groups with a number, if they were counted.
  var captureTotal: UInt32?
  var hasNamedGroups = false
  var names: [Name] = []
  var nameNumbers: [[UInt16]: Int] = [:]
  var references: [(name: Int, offset: Int)] = []

  init(_ source: CloneString, flags: CloneRegExp.Flags, features: RegExpFeatures) {
    self.source = source.utf16
    self.features = features
    unicode = UnicodeProperties(version: features.unicodeVersion)
    isUnicodeSets = flags.contains(.unicodeSets)
    isUnicode = isUnicodeSets || flags.contains(.unicode)
  }

  // MARK: - Reading

  /// What is read beyond the end.
  static let end: UInt32 = 0xFFFF_FFFF

  /// The unit at some distance from the position.
  func peek(_ distance: Int = 0) -> UInt32 {
    let index = position + distance
    return index < source.endIndex ? UInt32(source[index]) : RegExpSyntax.end
  }

  /// Whether the unit at some distance is a certain ASCII character.
  func sees(_ character: Unicode.Scalar, _ distance: Int = 0) -> Bool {
    peek(distance) == character.value
  }

  /// The code point at the position, for patterns that consist of code points, else the unit.
  func codePoint(paired: Bool) -> UInt32 {
    let unit = peek()
    guard paired, unit & 0xFFFF_FC00 == 0xD800 else { return unit }
    let trail = peek(1)
    guard trail & 0xFFFF_FC00 == 0xDC00 else { return unit }
    return RegExpSyntax.pair(unit, trail)
  }

  static func pair(_ lead: UInt32, _ trail: UInt32) -> UInt32 {
    0x10000 + (lead & 0x3FF) << 10 + trail & 0x3FF
  }

  /// Reads a code point or unit; nothing at the end.
  mutating func readCodePoint(paired: Bool) -> UInt32 {
    let scalar = codePoint(paired: paired)
    if scalar != RegExpSyntax.end { position += scalar > 0xFFFF ? 2 : 1 }
    return scalar
  }

  static func isDigit(_ unit: UInt32) -> Bool { unit >= 0x30 && unit <= 0x39 }

  // MARK: - Disjunctions

  mutating func check() throws(Fault) {
    while position < source.endIndex {
      guard let isRepeatable = try readTerm() else { continue }
      try readQuantifier(isRepeatable: isRepeatable)
    }
    if groups.count > 1 {
      throw Fault(reason: .unterminatedGroup, offset: Int(groups[groups.count - 1].start))
    }
    for reference in references where names[reference.name].closed == nil {
      throw Fault(reason: .unknownNamedReference, offset: reference.offset)
    }
  }

  /// Reads what a quantifier can follow, and answers whether it may; or reads something else, and answers
  /// nothing.
  private mutating func readTerm() throws(Fault) -> Bool? {
    let start = position
    switch Unicode.Scalar(peek()) {
    case "(":
      try openGroup()
      return nil
    case ")":
      return try closeGroup()
    case "|":
      position += 1
      startAlternative()
      return nil
    case "^", "$":
      position += 1
      return nil
    case "*", "+", "?":
      throw Fault(reason: .nothingToRepeat, offset: start)
    case "[":
      if isUnicodeSets { try readSetClass() } else { try readClass() }
      return true
    case "\\":
      return try readEscape() ? true : nil
    case "{":
      if readInterval() != nil { throw Fault(reason: .nothingToRepeat, offset: start) }
      fallthrough
    case "}", "]":
      if isUnicode { throw Fault(reason: .loneBracket, offset: start) }
      position += 1
      return true
    default:
      // The trail of a pair is a term like any other.
      position += 1
      return true
    }
  }

  private mutating func readQuantifier(isRepeatable: Bool) throws(Fault) {
    let start = position
    switch Unicode.Scalar(peek()) {
    case "*", "+", "?":
      position += 1
    case "{":
      guard let (least, most) = readInterval() else {
        if isUnicode { throw Fault(reason: .incompleteQuantifier, offset: start) }
        return
      }
      if most < least { throw Fault(reason: .quantifierOutOfOrder, offset: start) }
    default:
      return
    }
    if sees("?") { position += 1 }
    if !isRepeatable { throw Fault(reason: .invalidQuantifier, offset: start) }
  }

  /// Reads `{1}`, `{1,}` or `{1,2}`, or nothing. Large numbers are all the same.
  private mutating func readInterval() -> (least: Int32, most: Int32)? {
    let start = position
    position += 1
    guard let least = readNumber() else {
      position = start
      return nil
    }
    var most = least
    if sees(",") {
      position += 1
      most = sees("}") ? .max : readNumber() ?? least
    }
    guard sees("}") else {
      position = start
      return nil
    }
    position += 1
    return (least, most)
  }

  private mutating func readNumber() -> Int32? {
    guard RegExpSyntax.isDigit(peek()) else { return nil }
    var number: Int32 = 0
    while RegExpSyntax.isDigit(peek()) {
      let (shifted, isTooLarge) = number.multipliedReportingOverflow(by: 10)
      let (sum, isStillTooLarge) = shifted.addingReportingOverflow(Int32(peek() - 0x30))
      number = isTooLarge || isStillTooLarge ? .max : sum
      position += 1
    }
    return number
  }
}
