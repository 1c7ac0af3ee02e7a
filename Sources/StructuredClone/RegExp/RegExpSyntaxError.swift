/// Why an engine does not compile a regular expression.
public struct RegExpSyntaxError: Error, Hashable, Sendable {
  /// What is wrong. The raw values are V8's texts.
  public enum Reason: String, Hashable, Sendable, CaseIterable {
    /// A group is not closed.
    case unterminatedGroup = "Unterminated group"
    /// A parenthesis closes no group.
    case unmatchedParenthesis = "Unmatched ')'"
    /// A backslash ends the pattern.
    case escapeAtEnd = "\\ at end of pattern"
    /// A quantifier follows nothing that can be repeated.
    case nothingToRepeat = "Nothing to repeat"
    /// A bracket or brace stands alone, with `u` or `v`.
    case loneBracket = "Lone quantifier brackets"
    /// The second number of a quantifier is smaller than the first.
    case quantifierOutOfOrder = "numbers out of order in {} quantifier"
    /// A brace behind an atom begins no quantifier, with `u` or `v`.
    case incompleteQuantifier = "Incomplete quantifier"
    /// A quantifier follows an assertion that cannot be repeated.
    case invalidQuantifier = "Invalid quantifier"
    /// No kind of group begins like this.
    case invalidGroup = "Invalid group"
    /// A group's modifiers have two dashes.
    case multipleDashes = "Multiple dashes in flag group"
    /// A group's modifiers name a flag twice.
    case repeatedFlag = "Repeated flag in flag group"
    /// A group's modifiers name no flag, or one that a group cannot change.
    case invalidFlagGroup = "Invalid flag group"
    /// There are more groups than the engine has room for.
    case tooManyCaptures = "Too many captures"
    /// The name of a group is no identifier, or not closed.
    case invalidGroupName = "Invalid capture group name"
    /// Two groups that can match together have the same name.
    case duplicateGroupName = "Duplicate capture group name"
    /// `\k` without a name.
    case invalidNamedReference = "Invalid named reference"
    /// `\k` with a name that no group has.
    case unknownNamedReference = "Invalid named capture referenced"
    /// An escape that does not exist.
    case invalidEscape = "Invalid escape"
    /// A decimal escape that is neither `\0` nor the number of a group.
    case invalidDecimalEscape = "Invalid decimal escape"
    /// `\u` or `\c` without what belongs to it.
    case invalidUnicodeEscape = "Invalid Unicode escape"
    /// A decimal or control escape in a class; older releases only.
    case invalidClassEscape = "Invalid class escape"
    /// `\p` with a property or value that does not exist.
    case invalidPropertyName = "Invalid property name"
    /// The same in a class.
    case invalidPropertyNameInClass = "Invalid property name in character class"
    /// A class is not closed.
    case unterminatedClass = "Unterminated character class"
    /// The end of a range is smaller than its start.
    case rangeOutOfOrder = "Range out of order in character class"
    /// A range starts or ends with a class.
    case invalidClass = "Invalid character class"
    /// Operators are mixed, or a doubled punctuator is reserved, with `v`.
    case invalidSetOperation = "Invalid set operation in character class"
    /// A character must be escaped in a class, with `v`.
    case invalidCharacterInClass = "Invalid character in character class"
    /// The complement of strings.
    case negatedStrings = "Negated character class may contain strings"
  }

  /// What is wrong.
  public let reason: Reason

  /// Where, in UTF-16 units from the start of the pattern: the first unit of the group, class, escape or
  /// quantifier that is wrong.
  public let offset: Int

  /// The pattern.
  public let source: CloneString

  /// The flags.
  public let flags: CloneRegExp.Flags

  /// Whether the message shows the flags, as V8's does since 11.3.
  let showsFlags: Bool

  /// The text that V8 throws, with the pattern as it is.
  public var message: CloneString {
    CloneString(
      utf16: Array("Invalid regular expression: /".utf16) + source.utf16
        + "/\(showsFlags ? flags.letters : ""): \(reason.rawValue)".utf16)
  }
}

extension RegExpSyntaxError: CustomStringConvertible {
  /// V8's text, with U+FFFD for every lone surrogate.
  public var description: String { String(message) }
}
