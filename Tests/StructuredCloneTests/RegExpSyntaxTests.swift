import Foundation
import Testing
import _CloneFixtures

@testable import StructuredClone

/// Which regular expressions compile, and what is said of those that do not.
struct RegExpSyntaxTests {
  /// What this package says otherwise than the engines, at most a few of them.
  private func differences(_ cases: [Fixtures.RegExpCase]) throws -> [String] {
    var differences: [String] = []
    for (index, name) in Fixtures.regExpEngines.enumerated() {
      let profile = try #require(CloneProfile(named: name))
      for item in cases {
        let flags = try #require(CloneRegExp.Flags(letters: item.flags))
        guard let expected = item.reasons[index], profile.acceptsRegExpFlags(flags.rawValue) else {
          continue
        }
        let source = CloneString(utf16: item.pattern)
        let found = CloneRegExp.syntaxError(in: source, flags: flags, for: profile)
        if found?.reason.rawValue ?? "" != expected {
          differences.append(
            "\(name) \(source.debugDescription) \(item.flags): \(expected), not \(found?.reason.rawValue ?? "")"
          )
        }
        if differences.count == 40 { return differences }
      }
    }
    return differences
  }

  @Test func `every engine's verdict and reason`() throws {
    #expect(Fixtures.regExps.count > 20_000)
    for difference in try differences(Fixtures.regExps) { Issue.record("\(difference)") }
  }

  /// Scripts/regenerate-fixtures says how to make such a file.
  @Test(.enabled(if: ProcessInfo.processInfo.environment["REGEXP_SWEEP"] != nil))
  func `verdicts of a sweep`() throws {
    let path = try #require(ProcessInfo.processInfo.environment["REGEXP_SWEEP"])
    let cases = Fixtures.regExps(inFile: path)
    print("\(cases.count) regular expressions")
    for difference in try differences(cases) { Issue.record("\(difference)") }
  }
}
