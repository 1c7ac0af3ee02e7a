/// Patterns of which one look at each byte tells that they compile, in every engine: what most patterns consist of, in
/// ASCII and without the flag `v`. Whatever else a pattern holds, `RegExpSyntax` decides.
///
/// Plain are characters that stand for themselves, `.`, `^`, `$`, `|`, classes of such characters and ranges, escapes of one
/// letter or of punctuation, groups with and without a name, and quantifiers behind something that can be repeated.
struct PlainPattern {
  private static let deepest = 16
  private static let mostGroups = 100
  private static let mostNames = 8

  private var position: Int
  private let end: Int
  private var depth = 0
  private var groups = 0
  /// Where the names of groups begin and end: in a vector, as an array would ask for memory.
  private var names = SIMD16<UInt32>()
  private var nameCount = 0
  /// Whether a quantifier may follow.
  private var isRepeatable = false

  private init(from start: Int, to end: Int) {
    position = start
    self.end = end
  }

  /// Whether the pattern between two offsets is plain.
  @inline(__always)
  static func isPlain(from start: Int, to end: Int, byte: (Int) -> UInt8) -> Bool {
    var pattern = PlainPattern(from: start, to: end)
    while pattern.position < end {
      guard pattern.readTerm(byte) else { return false }
    }
    return pattern.depth == 0
  }

  /// The byte at some distance from the position, 0 behind the end.
  @inline(__always)
  private func peek(_ distance: Int, _ byte: (Int) -> UInt8) -> UInt8 {
    position + distance < end ? byte(position + distance) : 0
  }

  @inline(__always)
  private mutating func readTerm(_ byte: (Int) -> UInt8) -> Bool {
    let character = byte(position)
    position += 1
    switch character {
    case UInt8(ascii: "."): isRepeatable = true
    case UInt8(ascii: "^"), UInt8(ascii: "$"), UInt8(ascii: "|"): isRepeatable = false
    case UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "?"): return endQuantifier(byte)
    case UInt8(ascii: "{"): return readBounds(byte) && endQuantifier(byte)
    case UInt8(ascii: "("): return openGroup(byte)
    case UInt8(ascii: ")"):
      depth -= 1
      isRepeatable = true
      return depth >= 0
    case UInt8(ascii: "["): return readClass(byte)
    case UInt8(ascii: "\\"): return readEscape(byte)
    case UInt8(ascii: "]"), UInt8(ascii: "}"), ..<0x20, 0x7F...: return false
    default: isRepeatable = true
    }
    return true
  }

  private mutating func endQuantifier(_ byte: (Int) -> UInt8) -> Bool {
    guard isRepeatable else { return false }
    if peek(0, byte) == UInt8(ascii: "?") { position += 1 }
    isRepeatable = false
    return true
  }

  /// Reads `n}`, `n,}` or `n,m}`.
  private mutating func readBounds(_ byte: (Int) -> UInt8) -> Bool {
    guard let least = readNumber(byte) else { return false }
    if peek(0, byte) == UInt8(ascii: ",") {
      position += 1
      if peek(0, byte) != UInt8(ascii: "}") {
        guard let most = readNumber(byte), least <= most else { return false }
      }
    }
    guard peek(0, byte) == UInt8(ascii: "}") else { return false }
    position += 1
    return true
  }

  /// Reads up to four digits.
  private mutating func readNumber(_ byte: (Int) -> UInt8) -> Int? {
    let start = position
    var number = 0
    while position - start < 4, (0x30...0x39).contains(peek(0, byte)) {
      number = 10 * number + Int(peek(0, byte) - 0x30)
      position += 1
    }
    return position > start ? number : nil
  }

  private mutating func openGroup(_ byte: (Int) -> UInt8) -> Bool {
    depth += 1
    groups += 1
    isRepeatable = false
    guard depth <= PlainPattern.deepest, groups <= PlainPattern.mostGroups else { return false }
    guard peek(0, byte) == UInt8(ascii: "?") else { return true }
    if peek(1, byte) == UInt8(ascii: ":") {
      position += 2
      return true
    }
    guard peek(1, byte) == UInt8(ascii: "<") else { return false }
    position += 2
    let start = position
    while PlainPattern.isLetter(peek(0, byte)) { position += 1 }
    let length = position - start
    guard length > 0, peek(0, byte) == UInt8(ascii: ">"), nameCount < PlainPattern.mostNames,
      end <= Int(UInt32.max)
    else { return false }
    for number in 0..<nameCount where Int(names[2 * number + 1] - names[2 * number]) == length {
      let other = Int(names[2 * number])
      var common = 0
      while common < length, byte(other + common) == byte(start + common) { common += 1 }
      guard common < length else { return false }
    }
    names[2 * nameCount] = UInt32(start)
    names[2 * nameCount + 1] = UInt32(position)
    nameCount += 1
    position += 1
    return true
  }

  private mutating func readEscape(_ byte: (Int) -> UInt8) -> Bool {
    let character = peek(0, byte)
    position += 1
    switch character {
    case UInt8(ascii: "b"), UInt8(ascii: "B"): isRepeatable = false
    // With the flag `u` a hyphen is not escaped outside classes.
    case UInt8(ascii: "-"): return false
    case _ where PlainPattern.isPlainEscape(character): isRepeatable = true
    default: return false
    }
    return true
  }

  /// Reads a class up to its bracket.
  private mutating func readClass(_ byte: (Int) -> UInt8) -> Bool {
    if peek(0, byte) == UInt8(ascii: "^") { position += 1 }
    guard peek(0, byte) != UInt8(ascii: "]") else { return false }
    while position < end {
      let character = byte(position)
      position += 1
      switch character {
      case UInt8(ascii: "]"):
        isRepeatable = true
        return true
      case UInt8(ascii: "\\"):
        guard PlainPattern.isPlainEscape(peek(0, byte)) else { return false }
        position += 1
        guard endAtom(byte) else { return false }
      case _ where PlainPattern.isLetter(character) || (0x30...0x39).contains(character):
        guard peek(0, byte) == UInt8(ascii: "-"), peek(1, byte) != UInt8(ascii: "]") else {
          continue
        }
        let last = peek(1, byte)
        guard PlainPattern.isLetter(last) || (0x30...0x39).contains(last), character <= last else {
          return false
        }
        position += 2
        guard endAtom(byte) else { return false }
      case UInt8(ascii: "-") where peek(0, byte) == UInt8(ascii: "]"): continue
      case UInt8(ascii: "-"), UInt8(ascii: "["), ..<0x20, 0x7F...: return false
      default: guard endAtom(byte) else { return false }
      }
    }
    return false
  }

  /// Whether no range begins behind what was read of a class. A hyphen at its end is one.
  private func endAtom(_ byte: (Int) -> UInt8) -> Bool {
    peek(0, byte) != UInt8(ascii: "-") || peek(1, byte) == UInt8(ascii: "]")
  }

  private static func isLetter(_ character: UInt8) -> Bool {
    (0x61...0x7A).contains(character | 0x20)
  }

  /// Escapes of classes, of control characters and of punctuation.
  private static func isPlainEscape(_ character: UInt8) -> Bool {
    switch character {
    case UInt8(ascii: "d"), UInt8(ascii: "D"), UInt8(ascii: "s"), UInt8(ascii: "S"),
      UInt8(ascii: "w"), UInt8(ascii: "W"), UInt8(ascii: "n"), UInt8(ascii: "r"),
      UInt8(ascii: "t"), UInt8(ascii: "f"), UInt8(ascii: "v"):
      true
    case UInt8(ascii: "."), UInt8(ascii: "/"), UInt8(ascii: "\\"), UInt8(ascii: "-"),
      UInt8(ascii: "+"), UInt8(ascii: "*"), UInt8(ascii: "?"), UInt8(ascii: "("),
      UInt8(ascii: ")"), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"),
      UInt8(ascii: "}"), UInt8(ascii: "|"), UInt8(ascii: "^"), UInt8(ascii: "$"):
      true
    default: false
    }
  }
}
