import Foundation

/// Figures as a table shows them, with three digits.
package enum Figures {
  /// A time: `186 ns`, `4.55 ms`.
  package static func time(_ nanoseconds: Double) -> String {
    switch nanoseconds {
    case ..<1e3: number(nanoseconds) + " ns"
    case ..<1e6: number(nanoseconds / 1e3) + " µs"
    case ..<1e9: number(nanoseconds / 1e6) + " ms"
    default: number(nanoseconds / 1e9) + " s"
    }
  }

  /// Megabytes per second.
  package static func throughput(_ bytes: Int, _ nanoseconds: Double) -> String {
    number(Double(bytes) / nanoseconds * 1e3)
  }

  /// A ratio: `4.7×`.
  package static func ratio(_ ratio: Double) -> String { number(ratio) + "×" }

  /// A whole number with separators.
  package static func bytes(_ count: Int) -> String {
    var digits = String(count)
    var groups: [String] = []
    while digits.count > 3 {
      groups.insert(String(digits.suffix(3)), at: 0)
      digits.removeLast(3)
    }
    return ([digits] + groups).joined(separator: ",")
  }

  /// A number.
  package static func number(_ value: Double) -> String {
    let decimals = value < 9.995 ? 2 : value < 99.95 ? 1 : 0
    return String(format: "%.\(decimals)f", value)
  }
}
