import Foundation

/// How much the tests do that are worth more than a second, from the environment: `Scripts/sanitize` sets it. Debug builds,
/// which take ten times as long, do less.
enum TestScale {
  #if DEBUG
    private static let isDebug = true
  #else
    private static let isDebug = false
  #endif

  /// How many levels of nesting no walk may take stack for. Fewer are enough to find recursion, which needs more than
  /// 26 bytes of a stack of 512 KiB for each of 20,000; the thread sanitizer takes a minute for the usual number.
  static let depth = number("CLONE_TEST_DEPTH", default: isDebug ? 25_000 : 101_000)

  /// How many random values eight tasks share.
  static let sharedValues = number("CLONE_TEST_SHARED_VALUES", default: 60)

  /// How many payloads are cut off at random.
  static let truncations = number("CLONE_TEST_TRUNCATIONS", default: isDebug ? 5_000 : 20_000)

  /// How many code units the patterns have that must take time in proportion, and how many names.
  static let patternUnits = number("CLONE_TEST_PATTERN_UNITS", default: isDebug ? 6_000 : 30_000)

  private static func number(_ name: String, default usual: Int) -> Int {
    ProcessInfo.processInfo.environment[name].flatMap { Int($0) } ?? usual
  }
}
