import CloneJSON
import Foundation
import StructuredClone
import Testing

/// What Documentation/JSON.md shows is what is printed.
struct LosslessDocumentationTests {
  private static let document = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Documentation/JSON.md")

  @Test func `the examples are read, and printed alike`() throws {
    let json = LosslessJSON()
    let text = try String(contentsOf: Self.document, encoding: .utf8)
    let blocks = text.components(separatedBy: "```json\n").dropFirst()
    let lines = blocks.flatMap { block in
      block.components(separatedBy: "```")[0].split(separator: "\n").map(String.init)
    }
    #expect(lines.count > 25)
    for line in lines {
      let bytes = Array(line.utf8)
      let payload = try json.payload(of: bytes)
      if line.hasPrefix(#"{"$":"payload""#) {
        #expect(json.text(of: payload) == line)
      } else {
        #expect(json.text(of: payload.value) == line)
      }
      #expect(try json.value(of: bytes) == payload.value)
    }
  }

  @Test func `every kind and member is described`() throws {
    let text = try String(contentsOf: Self.document, encoding: .utf8)
    for name in LosslessNames.all { #expect(text.contains("`\(name)`"), "\(name)") }
    for kind in CloneUncloneable.Kind.allCases { #expect(text.contains("\(kind)"), "\(kind)") }
  }

  @Test func `the error`() throws {
    let error = try #require(throws: CloneJSONError.self) {
      try LosslessJSON().value(of: Array(#"{"list":[1,{"$":"ref","id":2}]}"#.utf8))
    }
    #expect(
      "\(error)" == "offset 27, at $.list[1].id: no object before this place has the id 2")
  }
}
