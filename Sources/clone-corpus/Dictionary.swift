import ArgumentParser
import Foundation

/// Writes a dictionary.
struct Dictionary: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write libFuzzer's dictionary: what payloads and regular expressions consist of.")

  @Argument(help: "The file.")
  var file: String

  func run() throws {
    let lines = Dictionary.entries.map { bytes in
      "\"" + bytes.map { "\\x" + ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() + "\""
    }
    try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: URL(filePath: file))
  }

  private static var entries: [[UInt8]] {
    let headers: [[UInt8]] = [0, 5, 9, 11, 12, 13, 14, 15, 16].map { [0xFF, $0] }
    let tags = "_0TFIUNZ\"cSoa A^DyxnzsR;'B~CtuVrwpm\\-?{@$:,E.".utf8.map { [$0] }
    let ends: [[UInt8]] = [
      [0x7B, 0], [0x7B, 1], [0x40, 0, 0], [0x24, 0, 0], [0x24, 0, 1], [0x3A, 0], [0x3A, 2],
      [0x2C, 1], [0x5E, 0], [0x5E, 1], [0x5E, 2],
    ]
    let numbers: [[UInt8]] = [
      [0x7F], [0x80, 0x01], [0xFF, 0x01], [0x80, 0x00], [0xFF, 0xFF, 0xFF, 0xFF, 0x0F],
      [0xFE, 0xFF, 0xFF, 0xFF, 0x0F], [0x80, 0x80, 0x80, 0x80, 0x10],
      [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01],
      [0, 0, 0, 0, 0, 0, 0xF0, 0x3F], [0, 0, 0, 0, 0, 0, 0, 0x80], [0, 0, 0, 0, 0, 0, 0xF8, 0x7F],
      [0, 0, 0, 0, 0, 0, 0xE0, 0x41],
    ]
    let parts: [[UInt8]] = [
      Array("VB".utf8) + [0, 1, 0], Array("VB".utf8) + [0, 0, 1], Array("~".utf8) + [4, 8],
      Array("r.".utf8), Array("rTm".utf8), Array("c".utf8), Array("\"\u{1}a".utf8),
    ]
    return headers + tags + ends + numbers + parts + (names + patterns).map { Array($0.utf8) }
  }

  private static let names = [
    "length", "__proto__", "message", "stack", "cause", "4294967294", "4294967295", "-1", "1.5",
  ]

  private static let patterns = [
    "(?:", "(?=", "(?!", "(?<=", "(?<!", "(?<n>", "(?i:", "(?-i:", "(?ims-:", "\\k<n>", "\\u{",
    "\\u",
    "\\x", "\\c", "\\p{", "\\P{", "\\p{L}", "\\p{Script=", "\\p{RGI_Emoji}", "\\q{", "\\b", "\\B",
    "\\d", "\\w", "\\1", "\\0", "[^", "[[", "]]", "&&", "--", "{1,2}", "{2,1}", "{,", "*?", "+?",
    "|",
    "^", "$", "\\uD83D\\uDE00", "\\-",
  ]
}
