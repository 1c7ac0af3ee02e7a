import Foundation
import StructuredClone
import StructuredCloneCodable
import Testing

/// Errors: what, at which coding path, at which offset in the bytes.
struct ErrorTests {
  struct User: Codable {
    var id: Int
    var name: String
    var tags: [String]
    var home: Address?
  }
  struct Address: Codable { var street: String }

  private func bytes(_ value: CloneValue) throws -> [UInt8] { try value.encoded() }

  @Test func `a value of another kind`() throws {
    // ff 0f o "id" I 02 "name" I 04 …: the number after the name is at 2 + 1 + 4 + 2 + 6.
    let user = try bytes(["id": 1, "name": 2, "tags": []])
    expectError(
      User.self, user, at: "name", offset: 15,
      .unexpectedValue(expected: "String", found: "a number"))
    expectError(
      [User].self, try bytes([["id": 1, "name": "x", "tags": ["a", true]]]), at: "0.tags.1",
      offset: 31, .unexpectedValue(expected: "String", found: "a boolean"))
    expectError(
      [String: [Int]].self, try bytes(["a": [1, "x"]]), at: "a.1", offset: 10,
      .unexpectedValue(expected: "Int", found: "a string"))
    expectError(
      User.self, try bytes([1]), at: "", offset: 2,
      .unexpectedValue(expected: "Dictionary<String, Any>", found: "an array"))
    expectError(
      [Int].self, try bytes("x"), at: "", offset: 2,
      .unexpectedValue(expected: "Array<Any>", found: "a string"))
  }

  @Test func `the texts in the documentation`() throws {
    let list: CloneValue = [
      ["id": 1, "name": "x", "tags": []], ["id": "2", "name": "y", "tags": []],
    ]
    var error = #expect(throws: DecodingError.self) { try decode([User].self, list) }
    #expect(
      error?.context?.debugDescription
        == "offset 38, at $[1].id: Int is expected, this is a string")
    error = #expect(throws: DecodingError.self) { try decode(User.self, ["id": 1]) }
    #expect(
      error?.context?.debugDescription == "offset 2, at $: the object has no property name")
    error = #expect(throws: DecodingError.self) {
      try CloneDecoder().decode(User.self, from: [0xFF, 15, 0x6F, 0x22, 2, 0x69, 0x64, 0x49])
    }
    #expect(
      error?.context?.debugDescription
        == "offset 8, tag 0x49 'I', at $.id: the input ends inside this item")
  }

  @Test func `a value that is missing`() throws {
    expectError(
      User.self, try bytes(["id": 1, "tags": []]), at: "", offset: 2, .missingKey("name"))
    expectError(
      [User].self,
      try bytes([["id": 1, "name": "x", "tags": []], ["name": "y", "id": 2]]), at: "1",
      offset: 33, .missingKey("tags"))
    expectError(
      User.self, try bytes(["id": nil, "name": "x", "tags": []]), at: "id", offset: 7,
      .unexpectedValue(expected: "Int", found: "null"))
    expectError(
      User.self,
      try bytes(["id": 1, "name": "x", "tags": [], "home": ["street": .undefined]]),
      at: "home.street", offset: 44,
      .unexpectedValue(expected: "String", found: "undefined"))
  }

  @Test func `more elements than there are`() throws {
    struct Two: Decodable {
      init(from decoder: any Decoder) throws {
        var container = try decoder.unkeyedContainer()
        _ = try container.decode(Int.self)
        _ = try container.decode(Int.self)
      }
    }
    expectError(
      [Two].self, try bytes([[1]]), at: "0.1", offset: 4,
      .invalidValue("there are only 1 elements"))
  }

  @Test func `a number that does not fit`() throws {
    expectError(
      [String: UInt8].self, try bytes(["a": 256]), at: "a", offset: 6,
      .invalidValue("the number 256.0 is no UInt8"))
    expectError(
      [Int].self, try bytes([1, 1.5]), at: "1", offset: 6,
      .invalidValue("the number 1.5 is no Int"))
  }

  @Test func `half a surrogate pair`() throws {
    expectError(
      [String].self, try bytes([.string(CloneString(utf16: [0xD800]))]), at: "0", offset: 4,
      .invalidValue("the string holds half a surrogate pair; decode CloneString to keep it"))
  }

  @Test func `values in maps, sets, behind padding, and in objects whose keys are out of order`()
    throws
  {
    func map(_ entries: (CloneValue, CloneValue)...) -> CloneValue { .map(CloneMap(entries)) }
    expectError(
      [String: Int].self, try bytes(map(("a", 1), ("b", "x"))), at: "3", offset: 11,
      .unexpectedValue(expected: "Int", found: "a string"))
    expectError(
      Set<Int>.self, try bytes(.set(CloneSet([1, "x"]))), at: "1", offset: 5,
      .unexpectedValue(expected: "Int", found: "a string"))
    expectError(
      [[Int]].self, try bytes([["あ"]]), at: "0.0", offset: 6,
      .unexpectedValue(expected: "Int", found: "a string"))
    // {"a": 1, "2": "x"}, as no engine writes it.
    expectError(
      [String: Int].self,
      [0xFF, 15, 0x6F, 0x22, 1, 0x61, 0x49, 2, 0x22, 1, 0x32, 0x22, 1, 0x78, 0x7B, 2], at: "2",
      offset: 11, .unexpectedValue(expected: "Int", found: "a string"))
  }

  @Test func `what the payload itself has wrong`() throws {
    expectError([Int].self, [0xFF, 15, 0x41, 1, 0x49], at: "", offset: 5, .truncated)
    expectError([Int].self, [], at: "", offset: 0, .wrongItemCount(0))
    // Also where no type looks.
    struct Nothing: Decodable {}
    expectError(
      Nothing.self, [0xFF, 15, 0x6F, 0x22, 1, 0x61, 0x21], at: "", offset: 6, .unexpectedTag)
  }

  @Test func `errors of types have their path, and where containers are`() throws {
    struct Picky: Decodable {
      enum Keys: String, CodingKey { case value }
      init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Keys.self)
        throw DecodingError.dataCorruptedError(
          forKey: .value, in: container, debugDescription: "no")
      }
    }
    let error = #expect(throws: DecodingError.self) {
      try decode([String: [Picky]].self, ["a": [["value": 1]]])
    }
    #expect(names(error?.context?.codingPath ?? []) == "a.0.value")
  }

  @Test func `coding paths are those of the types' own keys`() throws {
    struct Outer: Decodable {
      enum CodingKeys: String, CodingKey { case inner = "innerName" }
      var inner: Inner
    }
    struct Inner: Decodable {
      init(from decoder: any Decoder) throws {
        #expect(decoder.codingPath.last is Outer.CodingKeys)
        let nested = try decoder.container(keyedBy: Outer.CodingKeys.self)
          .nestedContainer(keyedBy: Outer.CodingKeys.self, forKey: .inner)
        #expect(names(nested.codingPath) == "innerName.innerName")
        let value = try nested.superDecoder(forKey: .inner)
        #expect(names(value.codingPath) == "innerName.innerName.innerName")
        #expect(try Int(from: value) == 5)
      }
    }
    _ = try decode(Outer.self, ["innerName": ["innerName": ["innerName": 5]]])
  }

  @Test func `many errors that types pass over take no longer than their number`() throws {
    struct Either: Decodable {
      init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if (try? container.decode(String.self)) == nil { _ = try container.decode(Int.self) }
      }
    }
    let array = CloneValue.array(CloneArray((0..<20_000).map { .number(Double($0)) }))
    #expect(try decode([Either].self, array).count == 20_000)
  }

  @Test func `errors while writing`() throws {
    struct Picky: Encodable {
      func encode(to encoder: any Encoder) throws {
        throw EncodingError.invalidValue(
          self, EncodingError.Context(codingPath: encoder.codingPath, debugDescription: "no"))
      }
    }
    var error = #expect(throws: EncodingError.self) {
      try CloneEncoder().encode(["a": [Picky()]])
    }
    #expect(names(error?.context?.codingPath ?? []) == "a.0")
    var encoder = CloneEncoder()
    encoder.nonFiniteNumberEncodingStrategy = .throw
    error = #expect(throws: EncodingError.self) { try encoder.encode(["a": [0, Double.nan]]) }
    #expect(error?.context?.debugDescription == "at $.a[1]: the number nan is not finite")
    #expect(error?.context?.underlyingError is DataCloneError)
  }
}
