import Foundation
import Testing

/// What the documentation shows of the command is what it prints.
struct DocumentationTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// Commands of a document with what is printed under them.
  private static func examples(in path: String) throws -> [(arguments: [String], text: String)] {
    let text = try String(contentsOf: root.appending(path: path), encoding: .utf8)
    let blocks = text.components(separatedBy: "```").enumerated().filter { $0.offset % 2 == 1 }
    return blocks.compactMap { block in
      let lines = block.element.split(separator: "\n", omittingEmptySubsequences: false).dropFirst()
      guard let command = lines.first, command.hasPrefix("$ clone ") else { return nil }
      var words = command.split(separator: " ").dropFirst(2).map(String.init)
      // Digits are written in groups, at the end.
      if let digits = words.firstIndex(of: "--hex").map({ $0 + 1 }) {
        words = words[..<digits] + [words[digits...].joined()]
      }
      return (words, lines.dropFirst().joined(separator: "\n"))
    }
  }

  @Test(arguments: [("Documentation/Stores.md", 3), ("README.md", 3), ("Documentation/JSON.md", 2)])
  func `examples`(path: String, count: Int) async throws {
    let examples = try Self.examples(in: path)
    #expect(examples.count >= count)
    for var example in examples {
      if let file = example.arguments.last, file.hasPrefix("Fixtures/") {
        example.arguments[example.arguments.count - 1] = Self.root.appending(path: file).path()
      }
      let outcome = try await Executable("clone").run(example.arguments, input: [])
      #expect(outcome.text == example.text, "\(example.arguments)")
      #expect(outcome.status == (example.arguments[0] == "salvage" ? 1 : 0))
    }
  }
}
