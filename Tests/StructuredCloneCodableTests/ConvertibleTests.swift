import StructuredClone
import StructuredCloneCodable
import Testing

/// Codable types where a `CloneValueConvertible` type is asked for.
struct ConvertibleTests {
  struct User: Codable, CloneValueConvertible, Equatable {
    var name: String
    var ages: [Int]
    var note: String?
  }

  /// What cannot be written.
  struct Sealed: Codable {
    init() {}
    init(from decoder: any Decoder) {}

    func encode(to encoder: any Encoder) throws {
      throw EncodingError.invalidValue(
        self, EncodingError.Context(codingPath: encoder.codingPath, debugDescription: "sealed"))
    }
  }

  struct Box: Codable, CloneValueConvertible { var contents: [Sealed] }

  @Test
  func `a Codable type is convertible`() throws {
    let users = [User(name: "Ada", ages: [1, 2], note: nil), User(name: "ä", ages: [], note: "n")]
    let value = try users.cloneValue()
    #expect(
      value.isContentEqual(to: [
        ["name": "Ada", "ages": [1, 2]], ["name": "ä", "ages": [], "note": "n"],
      ]))
    #expect(try [User](cloneValue: value) == users)
  }

  @Test
  func `errors say where`() {
    #expect {
      try [User](cloneValue: [["name": "Ada", "ages": [1, "x"]]])
    } throws: {
      ($0 as? CloneConversionError)?.path.description == "$[0].ages[1]"
    }
    #expect {
      try User(cloneValue: ["ages": []])
    } throws: {
      ($0 as? CloneConversionError)?.description == "there is no name"
    }
    #expect {
      try Box(contents: [Sealed()]).cloneValue()
    } throws: {
      ($0 as? CloneConversionError)?.description == "at $.contents[0]: sealed"
    }
  }
}
