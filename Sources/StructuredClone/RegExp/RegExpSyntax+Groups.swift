extension RegExpSyntax {
  // MARK: - Groups

  mutating func openGroup() throws(Fault) {
    let start = position
    var kind = Group.Kind.capture
    var isNamed = false
    position += 1
    if sees("?") {
      switch Unicode.Scalar(peek(1)) {
      case ":":
        kind = .plain
        position += 2
      case "=", "!":
        kind = .lookahead
        position += 2
      case "<" where sees("=", 2) || sees("!", 2):
        kind = .lookbehind
        position += 3
      case "<":
        isNamed = true
        hasNamedGroups = true
        position += 2
      case "-", "i", "m", "s":
        guard features.modifiers else { throw Fault(reason: .invalidGroup, offset: start) }
        kind = .plain
        position += 1
        try readModifiers(of: start)
      default:
        throw Fault(reason: .invalidGroup, offset: start)
      }
    }
    var name: UInt32?
    if kind == .capture {
      guard captures < features.captureLimit else {
        throw Fault(reason: .tooManyCaptures, offset: start)
      }
      captures += 1
      if isNamed { name = UInt32(try readGroupName()) }
    }
    if let name { names[Int(name)].open += 1 }
    groups.append(
      Group(
        kind: kind, start: UInt32(clamping: start), captures: captures, name: name,
        alternative: captures,
        elsewhere: groups[groups.count - 1].elsewhere))
  }

  mutating func startAlternative() {
    let top = groups.count - 1
    groups[top].alternative = captures
    let known = groups[top].elsewhere
    groups[top].elsewhere =
      (known.upperBound == 0 ? groups[top].captures : known.lowerBound)...captures
  }

  private mutating func readModifiers(of group: Int) throws(Fault) {
    var seen: Set<UInt32> = []
    var hasDash = false
    while true {
      let start = position
      let unit = peek()
      switch Unicode.Scalar(unit) {
      case "-":
        if hasDash { throw Fault(reason: .multipleDashes, offset: start) }
        hasDash = true
      case "i", "m", "s":
        guard seen.insert(unit).inserted else { throw Fault(reason: .repeatedFlag, offset: start) }
      case ":":
        if seen.isEmpty { throw Fault(reason: .invalidFlagGroup, offset: group) }
        position += 1
        return
      default:
        throw Fault(reason: .invalidGroup, offset: group)
      }
      position += 1
    }
  }

  /// Answers whether a quantifier may follow.
  mutating func closeGroup() throws(Fault) -> Bool {
    guard groups.count > 1, let group = groups.popLast() else {
      throw Fault(reason: .unmatchedParenthesis, offset: position)
    }
    position += 1
    if let name = group.name { try closeNamed(group, Int(name)) }
    switch group.kind {
    case .plain, .capture: return true
    case .lookahead: return !isUnicode
    case .lookbehind: return false
    }
  }

  private mutating func closeNamed(_ group: Group, _ name: Int) throws(Fault) {
    names[name].open -= 1
    let isAllowed: Bool
    let others = names[name].closed
    switch features.duplicateGroupNames {
    case .none:
      isAllowed = others == nil
    case .outsideOfAlternative:
      isAllowed = others.map { group.elsewhere.contains($0) } ?? true
    case .inDifferentAlternatives:
      isAllowed = names[name].open == 0 && others.map { isExcluded($0.upperBound) } ?? true
    }
    if !isAllowed { throw Fault(reason: .duplicateGroupName, offset: Int(group.start)) }
    names[name].closed =
      min(group.captures, others?.lowerBound ?? .max)...max(group.captures, others?.upperBound ?? 0)
  }

  /// Whether a closed group is in another alternative than the position, so that both never match together.
  ///
  /// The innermost open group that contains it decides: its earlier alternatives exclude the last one. Of
  /// several groups of one name only the last is to be asked: if an earlier one were not excluded, both would be
  /// in one alternative, which was refused before.
  private func isExcluded(_ number: UInt32) -> Bool {
    var low = 0
    var high = groups.count
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if groups[middle].captures < number { low = middle } else { high = middle }
    }
    return number <= groups[low].alternative
  }

  // MARK: - Names

  /// Reads a name up to and with its `>`, and answers its number.
  mutating func readGroupName() throws(Fault) -> Int {
    let isWide = isUnicode || features.wideGroupNames
    var name: [UInt16] = []
    while true {
      let start = position
      var scalar = readCodePoint(paired: isWide)
      if scalar == 0x5C, sees("u") {
        position += 1
        guard let escaped = readUnicodeEscape(paired: isWide) else {
          throw Fault(reason: .invalidUnicodeEscape, offset: start)
        }
        scalar = escaped
      }
      // V8 takes an escaped one for the end, too.
      if scalar == 0x3E, !name.isEmpty { break }
      guard let scalar = Unicode.Scalar(scalar),
        name.isEmpty ? unicode.isIdentifierStart(scalar) : unicode.isIdentifierPart(scalar)
      else { throw Fault(reason: .invalidGroupName, offset: start) }
      name.append(contentsOf: scalar.utf16)
    }
    if let number = nameNumbers[name] { return number }
    nameNumbers[name] = names.count
    names.append(Name())
    return names.count - 1
  }

  /// Reads the name of `\k<name>`.
  mutating func readNamedReference(from start: Int) throws(Fault) {
    guard sees("<") else { throw Fault(reason: .invalidNamedReference, offset: start) }
    position += 1
    references.append((try readGroupName(), start))
  }

  // MARK: - Counting

  /// Whether the pattern has named groups.
  mutating func findsNamedGroups(inClass: Bool) -> Bool {
    if !hasNamedGroups { _ = countCaptures(inClass: inClass) }
    return hasNamedGroups
  }

  /// The number of groups that have a number. The rest of the pattern is looked through once, as if it were
  /// right: V8 does not look here at what makes a name.
  mutating func countCaptures(inClass: Bool) -> UInt32 {
    if let captureTotal { return captureTotal }
    // Wraps in a pattern of 2^32 groups, which is refused once that many are opened.
    var count = captures
    var index = position
    var depth = inClass ? 1 : 0
    while index < source.endIndex {
      let unit = UInt32(source[index])
      index += 1
      switch Unicode.Scalar(unit) {
      case "\\": index += 1
      case "[": depth = isUnicodeSets ? depth + 1 : 1
      case "]": depth = isUnicodeSets ? max(0, depth - 1) : 0
      case "(" where depth == 0:
        guard index < source.endIndex, source[index] == 0x3F else {
          count &+= 1
          continue
        }
        index += 1
        guard index < source.endIndex, source[index] == 0x3C else { continue }
        index += 1
        if index < source.endIndex, source[index] == 0x3D || source[index] == 0x21 { continue }
        hasNamedGroups = true
        count &+= 1
      default: break
      }
    }
    captureTotal = count
    return count
  }
}
