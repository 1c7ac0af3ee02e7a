import CloneGeneration

/// Blobs that are no payloads: text, JSON, pictures, executables, random bytes.
enum OtherBlob {
  private static let words = [
    "the", "quick", "brown", "fox", "0", "true", "null", "name", "value", "T", "F", "_", "{}", "[]",
    "\n", "Ärger", "日本",
    "😀", "1.5", "-3", "\"quoted\"", "=", ";", "//", "I", "o", "A", "$",
  ]

  /// A blob and what kind of blob it is.
  static func make(_ number: Int, using random: inout SplitMix64) -> (kind: String, bytes: [UInt8])
  {
    switch number % 5 {
    case 0: return ("text", text(using: &random))
    case 1: return ("JSON", Array(json(depth: 0, using: &random).utf8))
    case 2: return ("picture", picture(using: &random))
    case 3: return ("random", bytes(random.below(400), using: &random))
    default: return ("other", other(using: &random))
    }
  }

  private static func bytes(_ count: Int, using random: inout SplitMix64) -> [UInt8] {
    (0..<count).map { _ in UInt8(random.below(256)) }
  }

  private static func text(using random: inout SplitMix64) -> [UInt8] {
    let separators = [" ", "", ", ", "\n"]
    let text = (0...random.below(60)).map { _ in random.pick(words) + random.pick(separators) }
      .joined()
    // Of UTF-16, too, with the mark of its order.
    guard random.chance(10) else { return Array(text.utf8) }
    let isLittle = random.chance(50)
    return ([0xFEFF] + Array(text.utf16)).flatMap { unit in
      isLittle
        ? [UInt8(truncatingIfNeeded: unit), UInt8(truncatingIfNeeded: unit >> 8)]
        : [UInt8(truncatingIfNeeded: unit >> 8), UInt8(truncatingIfNeeded: unit)]
    }
  }

  private static func json(depth: Int, using random: inout SplitMix64) -> String {
    switch random.below(depth < 4 ? 7 : 4) {
    case 0: return "\(random.below(100_000))"
    case 1: return random.pick(["true", "false", "null"])
    case 2: return "\"\(random.pick(words).filter { $0 != "\"" && $0 != "\n" })\""
    case 3: return "-\(random.below(10)).\(random.below(1000))"
    case 4:
      let elements = (0..<random.below(6)).map { _ in json(depth: depth + 1, using: &random) }
      return "[\(elements.joined(separator: ","))]"
    default:
      let properties = (0..<random.below(6)).map { number in
        "\"k\(number)\": \(json(depth: depth + 1, using: &random))"
      }
      return "{\(properties.joined(separator: ", "))}"
    }
  }

  private static func picture(using random: inout SplitMix64) -> [UInt8] {
    let heads: [[UInt8]] = [
      [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 0x0D, 0x49, 0x48, 0x44, 0x52],
      [0xFF, 0xD8, 0xFF, 0xE0, 0x00, 0x10, 0x4A, 0x46, 0x49, 0x46],
      [0x47, 0x49, 0x46, 0x38, 0x39, 0x61],
      [0x52, 0x49, 0x46, 0x46], [0x42, 0x4D],
    ]
    return random.pick(heads) + bytes(random.below(300), using: &random)
  }

  private static func other(using random: inout SplitMix64) -> [UInt8] {
    let heads: [[UInt8]] = [
      [0x7F, 0x45, 0x4C, 0x46], [0x50, 0x4B, 3, 4], [0x1F, 0x8B, 8, 0], [0x25, 0x50, 0x44, 0x46],
      [0xFF, 0xFE], [0xFF],
      [0xFF, 0x0F], [0, 0, 0], [0x53, 0x51, 0x4C, 0x69, 0x74, 0x65], [0x82, 0xA1, 0x61],
      [0xFF, 0xFB, 0x90],
    ]
    return random.pick(heads) + bytes(random.below(300), using: &random)
  }
}
