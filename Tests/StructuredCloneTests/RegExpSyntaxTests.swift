import Foundation
import StructuredClone
import Testing
import _CloneFixtures

/// Which regular expressions compile, and what is said of those that do not.
struct RegExpSyntaxTests {
  // MARK: - Goldens

  /// Compares with the engines, and stops after a few differences.
  private func compare(_ cases: [Fixtures.RegExpCase]) throws {
    var differences = 0
    for (index, name) in Fixtures.regExpEngines.enumerated() {
      let profile = try #require(CloneProfile(named: name))
      // Read from the wire: V8 shows flags since 11.3.
      let showsFlags = !["node14", "node16", "node18"].contains(name)
      for item in cases {
        let flags = try #require(CloneRegExp.Flags(letters: item.flags))
        guard let reason = item.reasons[index] else { continue }
        let source = CloneString(utf16: item.pattern)
        let error = CloneRegExp.syntaxError(in: source, flags: flags, for: profile)
        let expected =
          reason.isEmpty
          ? nil
          : Array("Invalid regular expression: /".utf16) + item.pattern
            + Array("/\(showsFlags ? item.flags : ""): \(reason)".utf16)
        if error.map({ Array($0.message.utf16) }) != expected {
          Issue.record(
            "\(name) \(source.debugDescription) \(item.flags): \(reason), not \(error?.reason.rawValue ?? "")"
          )
          differences += 1
        }
        if let error, !(0...item.pattern.count).contains(error.offset) {
          Issue.record("\(source.debugDescription): offset \(error.offset)")
          differences += 1
        }
        if differences >= 40 { return }
      }
    }
  }

  @Test func `every engine's verdict and message`() throws {
    #expect(Fixtures.regExps.count > 30_000)
    try compare(Fixtures.regExps)
  }

  /// Fixtures/README.md says how to make such a file.
  @Test(.enabled(if: ProcessInfo.processInfo.environment["REGEXP_SWEEP"] != nil))
  func `verdicts of a sweep`() throws {
    let path = try #require(ProcessInfo.processInfo.environment["REGEXP_SWEEP"])
    let cases = Fixtures.regExps(inFile: path)
    print("\(cases.count) regular expressions")
    try compare(cases)
  }

  @Test func `the default accepts what any engine accepts, and nothing else`() throws {
    // No engine has all features and u with v.
    for item in Fixtures.regExps where item.flags != "uv" {
      let flags = try #require(CloneRegExp.Flags(letters: item.flags))
      let error = CloneRegExp.syntaxError(in: CloneString(utf16: item.pattern), flags: flags)
      #expect((error == nil) == item.reasons.contains(""), "\(item)")
    }
  }

  // MARK: - Unicode

  @Test func `names of properties`() throws {
    for group in Fixtures.regExpUnicode.properties {
      for name in Fixtures.regExpEngines {
        let profile = try #require(CloneProfile(named: name))
        for property in group.list {
          let error = CloneRegExp.syntaxError(
            in: CloneString("\\p{\(property)}"), flags: .unicode, for: profile)
          #expect(
            (error == nil) == group.engines.contains(name), "\(name): \(property)")
        }
      }
    }
  }

  // One for each version of Unicode: the generator makes sure that the others are like them.
  @Test(arguments: ["node18", "node24", "deno"])
  func `characters of names`(_ engine: String) throws {
    let profile = try #require(CloneProfile(named: engine))
    func isAccepted(_ name: String) -> Bool {
      CloneRegExp(CloneString("(?<\(name)>)"), flags: .unicode).syntaxError(for: profile) == nil
    }
    for (groups, prefix) in [
      (Fixtures.regExpUnicode.identifierStart, ""), (Fixtures.regExpUnicode.identifierPart, "a"),
    ] {
      var isIn = Array(repeating: false, count: 0x110000)
      // All of the Basic Multilingual Plane, both sides of every boundary, and a part of the rest.
      var asked = Set(UInt32(0x80)...0xFFFF)
      asked.formUnion(stride(from: 0x10000, to: 0x110000, by: 61))
      for group in groups {
        for range in group.list {
          asked.formUnion([range[0] - 1, range[0], range[1], range[1] + 1])
          guard group.engines.contains(engine) else { continue }
          for scalar in range[0]...range[1] { isIn[Int(scalar)] = true }
        }
      }
      let differences = asked.compactMap(Unicode.Scalar.init).filter {
        $0.value >= 0x80 && isAccepted(prefix + String($0)) != isIn[Int($0.value)]
      }
      #expect(differences == [])
    }
  }

  // MARK: - The public interface

  @Test func `a fault has a reason, a place and V8's message`() throws {
    let expression = CloneRegExp("a(?<b>c)\\k<d>", flags: [.unicode, .global])
    let error = try #require(expression.syntaxError(for: .node24))
    #expect(error.reason == .unknownNamedReference)
    #expect(error.offset == 8)
    #expect(
      error.description
        == "Invalid regular expression: /a(?<b>c)\\k<d>/gu: Invalid named capture referenced")
    #expect(
      expression.syntaxError(for: .node18)?.description
        == "Invalid regular expression: /a(?<b>c)\\k<d>/: Invalid named capture referenced")
    #expect(CloneRegExp("a(?<b>c)\\k<b>").syntaxError() == nil)
  }

  @Test(arguments: [
    ("ab(c(d", "", 4), ("ab)", "", 2), ("ab[cd", "", 2), ("ab[c\\", "", 4), ("ab**", "", 3),
    ("ab{2,1}", "", 2), ("a\\u{110000}", "u", 1), ("a[bd-c]", "", 3), ("a[[b]&&[c-a]]", "v", 8),
    ("a[^\\q{bc}]", "v", 1), ("ab\\p{Nope}", "u", 2), ("(?<a>)(?<a>)", "", 6), ("(?<ab-c>)", "", 5),
    ("a(?x)", "", 1), ("a{", "u", 1), ("(?=a)*", "u", 5), ("[a--b&&c]", "v", 5),
  ])
  func `a fault is where a person would point`(pattern: String, flags: String, offset: Int) throws {
    let expression = CloneRegExp(
      CloneString(pattern), flags: try #require(CloneRegExp.Flags(letters: flags)))
    #expect(expression.syntaxError()?.offset == offset)
  }

  @Test func `what cannot be compiled can be written and not be read`() throws {
    let value = CloneValue.regExp(CloneRegExp("("))
    let written = try value.encoded()
    let error = try #require(throws: CloneDecodingError.self) {
      try CloneValue(decoding: written)
    }
    guard case .invalidRegExpSyntax(let fault) = error.reason else {
      Issue.record("\(error)")
      return
    }
    #expect(fault.reason == .unterminatedGroup)
    #expect(error.message == "Invalid regular expression: /(/: Unterminated group")
    #expect(
      error.diagnosis == "offset 2, at $.source: the pattern does not compile: unit 0")
  }

  @Test func `lone surrogates are kept in the message`() throws {
    let source = CloneString(utf16: [0xD83D, 0, 0x28])
    let error = try #require(CloneRegExp(source).syntaxError())
    #expect(
      error.message
        == CloneString(
          utf16: Array("Invalid regular expression: /".utf16) + source.utf16
            + "/: Unterminated group".utf16))
  }

  // MARK: - Limits

  @Test func `engines count groups`() throws {
    func reason(_ count: Int, _ profile: CloneProfile) -> RegExpSyntaxError.Reason? {
      CloneRegExp(CloneString(String(repeating: "()", count: count))).syntaxError(for: profile)?
        .reason
    }
    #expect(reason(32767, .node20) == nil)
    #expect(reason(32768, .node20) == .tooManyCaptures)
    #expect(reason(65536, .node18) == nil)
    #expect(reason(65537, .node18) == .tooManyCaptures)
    #expect(reason(65537, .default) == .tooManyCaptures)
    let backReference = CloneString(String(repeating: "()", count: 32767) + "\\32768")
    #expect(CloneRegExp(backReference, flags: .unicode).syntaxError()?.reason == .invalidEscape)
  }

  static let repeated = [
    "(", "(?:", "(?=", "(?<a>", "[", "[[", "[^", "[a--[", "[\\q{a|", "\\k<a>", "\\k", "\\1", "\\9",
    "{", "{1", "a{1", "a{1,", "a{1}", "\\u{", "\\u{0", "\\p{", "\\p{L}", "\\p{sc=Grek}", "\\p{sc=",
    "|", "(|", "(?<a>|", "(?i:", "[a-", "[\\c", "\\c", "\\x", "0", "\\",
  ]

  /// Whatever could take more than one look at a unit, many times. All of it takes seconds in debug; one quadratic part would
  /// take many minutes.
  @Test(.timeLimit(.minutes(5)), arguments: repeated)
  func `time is linear`(_ unit: String) throws {
    let count = TestScale.patternUnits / unit.utf8.count
    let pattern = Array(String(repeating: unit, count: count).utf16)
    for flags in [CloneRegExp.Flags(), .unicode, .unicodeSets] {
      for prefix in ["", "\\1", "\\k(?<a>)", "["] {
        let source = CloneString(utf16: Array(prefix.utf16) + pattern)
        _ = CloneRegExp(source, flags: flags).syntaxError()
      }
    }
  }

  @Test(arguments: [CloneProfile.node18, .node24, .deno])
  func `time is linear in the number of names`(_ profile: CloneProfile) throws {
    let count = TestScale.patternUnits
    let nested =
      (0..<count).map { "(?:(?<a\($0)>)|" }.joined()
      + (0..<count).reversed().map { "(?<a\($0)>))" }.joined()
    let flat = (0..<count).map { "(?<a>b\($0))" }.joined(separator: "|")
    let chained =
      String(repeating: "(?:", count: count)
      + (0..<count).map { "(?<a\($0 % 100)>)|)" }.joined()
    for pattern in [nested, flat, chained] {
      _ = CloneRegExp(CloneString(pattern)).syntaxError(for: profile)
    }
  }
}
