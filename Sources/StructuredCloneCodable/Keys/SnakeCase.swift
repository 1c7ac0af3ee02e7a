/// Between `oneTwoThree` and `one_two_three`, by the rules of Foundation's coders: underscores at both ends stay, and a run of
/// capitals is one word, of which the last letter begins the next.
enum SnakeCase {
  /// The name in snake case.
  static func name(of key: String) -> String {
    let letters = Array(key)
    guard letters.count > 1 else { return key.lowercased() }
    var name = ""
    for (index, letter) in letters.enumerated() {
      if index > 0, letter.isUppercase {
        // The first letter is a word of its own before a capital.
        let isAfterWord = index == 1 || !letters[index - 1].isUppercase
        let isBeforeLower = index + 1 < letters.count && letters[index + 1].isLowercase
        if isAfterWord || isBeforeLower { name += "_" }
      }
      name += letter.lowercased()
    }
    return name
  }

  /// The name in camel case.
  static func key(of name: String) -> String {
    guard let first = name.firstIndex(where: { $0 != "_" }),
      let last = name.lastIndex(where: { $0 != "_" })
    else { return name }
    let words = name[first...last].split(separator: "_")
    guard words.count > 1 else { return name }
    let rest = words.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst().lowercased() }
    return name[..<first] + words[0].lowercased() + rest.joined()
      + name[name.index(after: last)...]
  }
}
