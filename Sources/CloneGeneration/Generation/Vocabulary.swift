/// What generated payloads and values are made of: few things, so that they meet again, and those at the edges.
enum Vocabulary {
  /// Names of properties: index-like ones, ones that engines use themselves, short and long ones.
  static let names = [
    "a", "b", "k", "xyz", "key", "long-name", "caf\u{E9}", "\u{E9}", "\u{20AC}", "length",
    "message",
    "__proto__", "constructor", "0", "1", "2", "10", "01", "-1", "1.5", "-0", "NaN", "1e+21",
    "4294967294", "4294967295", "",
  ]

  /// Those of the names that engines remember: how they hold the first one goes for all later ones.
  private static let memorable = ["a", "b", "k", "xyz", "key", "long-name", "caf\u{E9}"]

  /// Whether engines remember more of a name than that it exists: the form of others hardly ever changes.
  static func isFixed(_ name: String) -> Bool {
    name.unicodeScalars.count > 1 && names.contains(name) && !memorable.contains(name)
  }

  private static let fixedNames = names.filter { isFixed($0) && UInt32($0) == nil }

  private static let ordinaryNames = names.filter {
    UInt32($0) != nil || $0.unicodeScalars.count <= 1 && !memorable.contains($0)
  }

  /// Names for one payload: index-like ones, a few of the fixed ones, and memorable ones with an ending, so that
  /// these meet again in the payload, but seldom in other ones of the same process.
  static func names(using random: inout some RandomNumberGenerator) -> [String] {
    let ending = self.ending(using: &random)
    return ordinaryNames + memorable.map { $0 + ending } + random.shuffled(fixedNames).prefix(3)
  }

  /// An ending for names.
  static func ending(using random: inout some RandomNumberGenerator) -> String {
    String(random.below(1000))
  }

  /// Texts of other strings.
  static let texts = [
    "", "a", "b", "xyz", "some text", "caf\u{E9}", "\u{20AC}uro", "\u{1F600}", "0", "line\nbreak",
    "\u{0}", "long-name",
  ]

  /// Patterns of regular expressions, with the flags under which they compile in every engine or do not.
  static let patterns = [
    "a", "a+b*?", "[a-z]", "(x)\\1", "(?:)", "", "\\d{2,3}", "^$", "a|b", "/", "\\/", "[/]", "\n",
    "(?<n>x)\\k<n>", "(?<=a)b", "\\u{61}", "\\p{L}", "[a&&b]", "[[a]--[b]]", "(?i:a)", "(", "[",
    "a{2,1}",
    "*", "\\", "(?<n>a)(?<n>b)", "(?<n>a)|(?<n>b)", "\\k", "{", "]", "caf\u{E9}", "\u{20AC}",
    "\u{2028}",
    "a\\\nb", "\\c", "[\\c]", "(?=a)*", "\\8", "[b-a]",
  ]

  /// Patterns that every engine compiles under all flags.
  static let plainPatterns = [
    "a", "a+b*?", "[a-z]", "(x)\\1", "", "\\d{2,3}", "^$", "a|b", "\\/", "caf\u{E9}", "\u{20AC}",
    "(?<n>x)",
  ]

  static let doubles: [Double] = [
    0, -0.0, 1, -1, 1.5, 42, 0.1, 2_147_483_647, 2_147_483_648, -2_147_483_648, -2_147_483_649,
    1_073_741_823, 1_073_741_824, -1_073_741_825, 4_294_967_294, 4_294_967_295, 4_294_967_296,
    9_007_199_254_740_992, 1e21, -1e-7, .leastNonzeroMagnitude, 8.64e15, 8.64e15 + 2, -8.64e15,
    .infinity,
    -.infinity, .nan, .greatestFiniteMagnitude,
  ]

  static let integers: [Int32] = [
    0, 1, -1, 2, 7, 42, 63, 64, -64, -65, 127, 128, 8191, 8192, 1_073_741_823, 1_073_741_824,
    -1_073_741_824, -1_073_741_825, .max, .min,
  ]

  /// Lengths and counts that lie.
  static let lies: [UInt64] = [
    0, 1, 2, 3, 7, 8, 63, 64, 127, 128, 255, 256, 1000, 16383, 16384, 1 << 26, 1 << 27, 1 << 30,
    (1 << 31) - 1, 1 << 31, (1 << 32) - 2, (1 << 32) - 1, 1 << 32, (1 << 32) + 1, (1 << 53) - 1,
    1 << 63,
    .max,
  ]

  /// Tags of values.
  static let tags = Array("_0TFIUNZ\"cSoa A^DyxnzsR;'B~CtuVrwpm\\-?{@$:,E.".utf8)

  /// Bytes that begin or end sections of errors.
  static let sections = Array("ERFSTUmcs.h".utf8) + [0, 0xAE]

  /// Kinds of views.
  static let viewKinds = Array("bBCwWdDhfFqQ?".utf8) + [0, 0x7A]

  /// The bytes of a double as they travel.
  static func bytes(of number: Double) -> [UInt8] {
    let bits = number.bitPattern
    return (0..<8).map { UInt8(truncatingIfNeeded: bits >> (8 * UInt64($0))) }
  }

  /// An integer as it travels.
  static func zigZag(_ number: Int32) -> UInt64 {
    UInt64(UInt32(bitPattern: (number << 1) ^ (number >> 31)))
  }
}
