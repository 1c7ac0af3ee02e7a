/// What engines do not have in common when they compile a regular expression.
struct RegExpFeatures: Sendable {
  /// Groups that change flags: `(?i:…)`, `(?-s:…)`.
  var modifiers: Bool
  /// Which groups may have the same name.
  enum DuplicateGroupNames {
    case none
    /// Those in different alternatives, and some more, because V8 13.6 keeps only one range of groups that are
    /// in other alternatives: it begins one group too early where a group without a number starts, and
    /// reaches over what the innermost alternatives have in common with the outer ones.
    case outsideOfAlternative
    /// Those in different alternatives.
    case inDifferentAlternatives
  }
  var duplicateGroupNames: DuplicateGroupNames
  /// Names of groups are read as code points even without `u`.
  var wideGroupNames: Bool
  /// `\k` in a class is a letter even if the pattern has named groups.
  var namedReferenceInClassIsLetter: Bool
  /// How many groups a pattern may have.
  var captureLimit: UInt32
  /// What is said of `\c` without a letter in a class, with `u`.
  var controlEscapeInClass: RegExpSyntaxError.Reason
  /// What is said of `\1` in a class, with `u`.
  var decimalEscapeInClass: RegExpSyntaxError.Reason
  /// Whether messages show the flags.
  var messagesShowFlags: Bool
  /// The version of Unicode that decides about properties and names. It belongs to the build: V8 takes what
  /// its ICU has.
  var unicodeVersion: Int
}

extension CloneProfile {
  /// Whether the engine reads a regular expression with these flags.
  func acceptsRegExpFlags(_ flags: UInt32) -> Bool {
    let both = CloneRegExp.Flags.unicode.union(.unicodeSets).rawValue
    return flags & ~rules.regExpFlags == 0 && (rules.unicodeWithUnicodeSets || flags & both != both)
  }
}
