#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Dates as text: written as JavaScript's `toISOString` does, with milliseconds; read with and without.
enum ISO8601 {
  private static let precise = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
  private static let plain = Date.ISO8601FormatStyle()

  static func text(_ date: Date) -> String { date.formatted(precise) }

  static func date(_ text: String) -> Date? {
    if let date = try? Date(text, strategy: plain) { return date }
    return try? Date(text, strategy: precise)
  }
}
