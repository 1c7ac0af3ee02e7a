import StructuredClone
import StructuredCloneCodable
import Testing

/// Containers are handed out again once nobody has them, and not before.
struct ContainerReuseTests {
  private enum Keys: String, CodingKey { case number, name, inner }

  /// As many as a payload needs in which containers are kept.
  private static let count = 100

  /// Keeps its container, and reads from it later.
  private struct Lazy: Decodable {
    let container: KeyedDecodingContainer<Keys>
    init(from decoder: any Decoder) throws {
      container = try decoder.container(keyedBy: Keys.self)
    }
    func number() throws -> Int { try container.decode(Int.self, forKey: .number) }
    func name() throws -> String { try container.decode(String.self, forKey: .name) }
  }

  /// The same of its decoder.
  private struct LazyDecoder: Decodable {
    let decoder: any Decoder
    init(from decoder: any Decoder) { self.decoder = decoder }
    func number() throws -> Int {
      try decoder.container(keyedBy: Keys.self).decode(Int.self, forKey: .number)
    }
  }

  private struct Item: Codable, Equatable {
    var number: Int
    var name: String
  }

  private static let items = (0..<count).map { Item(number: $0, name: "the name of \($0)") }

  @Test func `a container that a value keeps still reads its own object`() throws {
    let bytes = try CloneEncoder().encode(Self.items)
    #expect(bytes.count > 2048)
    let values = try CloneDecoder().decode([Lazy].self, from: bytes)
    for (value, item) in zip(values, Self.items) {
      #expect(try value.name() == item.name)
      #expect(try value.number() == item.number)
    }
    let decoders = try CloneDecoder().decode([LazyDecoder].self, from: bytes)
    for (value, item) in zip(decoders, Self.items) { #expect(try value.number() == item.number) }
  }

  @Test func `a decoder that is kept goes when its last owner does`() throws {
    final class Witness: Sendable {}
    weak var witness: Witness?
    do {
      let strong = Witness()
      witness = strong
      var decoder = CloneDecoder()
      decoder.userInfo[try #require(CodingUserInfoKey(rawValue: "witness"))] = strong
      let bytes = try CloneEncoder().encode(Self.items)
      let values = try decoder.decode([LazyDecoder].self, from: bytes)
      #expect(try values[7].number() == 7)
    }
    #expect(witness == nil)
  }

  @Test func `objects within objects of the same keys`() throws {
    struct Node: Codable, Equatable {
      var number: Int
      var inner: [Node]
      var name: String
    }
    func node(_ depth: Int, _ number: Int) -> Node {
      Node(
        number: number, inner: depth == 0 ? [] : (0..<3).map { node(depth - 1, 3 * number + $0) },
        name: "node \(number)")
    }
    let root = node(5, 1)
    let bytes = try CloneEncoder().encode(root)
    #expect(bytes.count > 4096)
    #expect(try CloneDecoder().decode(Node.self, from: bytes) == root)
  }

  /// Encodes itself by a function.
  private struct Encoding: Encodable {
    let body: (any Encoder) throws -> Void
    func encode(to encoder: any Encoder) throws { try body(encoder) }
  }

  @Test func `a container that is kept still writes its own object`() throws {
    // Each element keeps its container, to which the next one writes.
    var last: KeyedEncodingContainer<Keys>?
    let value = Encoding { encoder in
      var list = encoder.unkeyedContainer()
      last = nil
      for number in 0..<Self.count {
        try list.encode(
          Encoding { encoder in
            var container = encoder.container(keyedBy: Keys.self)
            try container.encode(number, forKey: .number)
            try container.encode("the name of \(number)", forKey: .name)
            try last?.encode(true, forKey: .inner)
            last = container
          })
      }
    }
    let bytes = try CloneEncoder().encode(value)
    let found = try CloneValue(decoding: bytes)
    let expected = (0..<Self.count).map { number -> CloneValue in
      var object: CloneObject = [
        "number": .number(Double(number)), "name": .string(CloneString("the name of \(number)")),
      ]
      if number + 1 < Self.count { object["inner"] = true }
      return .object(object)
    }
    #expect(found == .array(CloneArray(expected)))
  }

  @Test(arguments: 0..<20)
  func `text of every short length, in all forms`(length: Int) throws {
    for letter in ["x", "\0", "\u{7F}", "é", "ÿ", "名", "😀"] {
      let text = String(repeating: "a", count: length) + letter
      for text in [text, String(repeating: letter, count: length)] {
        let value = [text, "end of the payload, more than a word"]
        let bytes = try CloneEncoder().encode(value)
        #expect(try CloneEncoder().write(value) == bytes)
        #expect(try CloneDecoder().decode([String].self, from: bytes) == value)
        #expect(try CloneDecoder().read([String].self, from: bytes) == value)
        // At the end, where no word can be loaded.
        let last = try CloneEncoder().write(text)
        #expect(try CloneDecoder().read(String.self, from: last) == text)
        #expect(last == (try CloneValue.string(CloneString(text)).encoded()))
        // As the standard library makes it: also in what can only be seen by hashing.
        #expect(try Set(CloneDecoder().read([String].self, from: bytes)) == Set(value))
      }
    }
  }
}
