#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Dates as text: written as JavaScript's `toISOString` does, with milliseconds, to the nearest; read with and without fractions of
/// seconds.
enum ISO8601 {
  /// Without fractions, which the standard style cuts off and does not round.
  private static let style = Date.ISO8601FormatStyle()

  static func text(_ date: Date) -> String {
    let milliseconds = (date.timeIntervalSince1970 * 1000).rounded()
    let seconds = (milliseconds / 1000).rounded(.down)
    let rest = String(Int(milliseconds - 1000 * seconds))
    let whole = Date(timeIntervalSince1970: seconds).formatted(style)
    return whole.dropLast() + "." + String(repeating: "0", count: 3 - rest.count) + rest + "Z"
  }

  static func date(_ text: String) -> Date? {
    guard let point = text.firstIndex(of: ".") else { return try? Date(text, strategy: style) }
    let digits = text[text.index(after: point)...].prefix { $0.isASCII && $0.isNumber }
    guard !digits.isEmpty, let fraction = Double("0." + digits),
      let whole = try? Date(text[..<point] + text[digits.endIndex...], strategy: style)
    else { return nil }
    return Date(
      timeIntervalSince1970: (whole.timeIntervalSince1970 * 1000 + fraction * 1000) / 1000)
  }
}
