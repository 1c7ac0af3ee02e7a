internal import CICU

/// What regular expressions ask of Unicode, answered as an engine with a certain version of it does.
///
/// ICU answers, whichever the machine has, except for what came into Unicode between versions 14 and 17: there
/// engines differ, and `UnicodeAdditions` says since when it is there.
struct UnicodeProperties: Sendable {
  let version: Int

  /// What `\p{…}` names.
  enum Property {
    case ofCharacters
    /// Strings of several characters, too: with `v` only, and without a complement.
    case ofStrings
  }

  /// Names that ECMAScript adds.
  private static let ownNames = Set(["Any", "ASCII", "Assigned"].map { Array($0.utf8) })

  // No name is longer than half of this.
  private static let longestName = 64

  /// The property of `\p{name}`, a general category or a property that characters have or have not.
  func property(_ name: [UInt8]) -> Property? {
    if UnicodeProperties.ownNames.contains(name) { return .ofCharacters }
    guard let name = cString(name) else { return nil }
    // The pointers are read before the calls return.
    if unsafe cicu_is_category(name) { return .ofCharacters }
    switch Int(unsafe cicu_property(name)) {
    case cicu_property_binary: return .ofCharacters
    case cicu_property_of_strings: return .ofStrings
    default: return nil
    }
  }

  /// Whether `\p{name=value}` exists.
  func hasValue(_ value: [UInt8], of name: [UInt8]) -> Bool {
    guard let name = cString(name), let text = cString(value) else { return false }
    switch Int(unsafe cicu_property(name)) {
    case cicu_property_category:
      return unsafe cicu_is_category(text)
    case cicu_property_script:
      if let since = UnicodeAdditions.scripts[String(decoding: value, as: UTF8.self)] {
        return since <= version
      }
      // V8 refuses a script that has a name and no characters.
      return UnicodeProperties.scriptsWithCharacters.contains(unsafe cicu_script(text))
    default:
      return false
    }
  }

  private func cString(_ name: [UInt8]) -> [CChar]? {
    name.count > UnicodeProperties.longestName
      ? nil : name.map { CChar(truncatingIfNeeded: $0) } + [0]
  }

  private static let scriptsWithCharacters: Set<Int32> = {
    var scripts = Set((0...0x10FFFF).lazy.map { cicu_script_of($0) })
    scripts.remove(-1)
    return scripts
  }()

  /// Whether an identifier can start with a code point.
  func isIdentifierStart(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return UnicodeProperties.isASCIILetter(scalar) }
    return isSince(scalar, UnicodeAdditions.identifierStart) ?? cicu_is_id_start(scalar.value)
  }

  /// Whether an identifier can go on with a code point.
  func isIdentifierPart(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "0"..."9": true
    // ECMAScript adds the zero width non-joiner and joiner.
    case "\u{200C}", "\u{200D}": true
    case _ where scalar.isASCII: UnicodeProperties.isASCIILetter(scalar)
    default:
      isSince(scalar, UnicodeAdditions.identifierPart) ?? cicu_is_id_continue(scalar.value)
    }
  }

  private static func isASCIILetter(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "$", "_": true
    default: false
    }
  }

  /// Whether one of the additions is there in this version; nothing for what is no addition.
  private func isSince(
    _ scalar: Unicode.Scalar, _ additions: [UnicodeAdditions.Range]
  ) -> Bool? {
    var low = 0
    var high = additions.count
    while low < high {
      let middle = low + (high - low) / 2
      if additions[middle].last < scalar.value { low = middle + 1 } else { high = middle }
    }
    guard low < additions.count, additions[low].first <= scalar.value else { return nil }
    return additions[low].since <= version
  }
}
