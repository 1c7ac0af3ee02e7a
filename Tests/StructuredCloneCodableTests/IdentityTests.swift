import StructuredClone
import StructuredCloneCodable
import Testing
import _CloneFixtures

/// Instances of classes that are met more than once.
struct IdentityTests {
  final class Node: Codable {
    var name: String
    var next: Node?
    var others: [Node] = []
    init(_ name: String) { self.name = name }
  }

  struct Pair: Codable {
    var first: Node
    var second: Node
    var third: Node?
  }

  private var references: CloneEncoder {
    var encoder = CloneEncoder()
    encoder.identityEncodingStrategy = .references
    return encoder
  }

  private var instances: CloneDecoder {
    var decoder = CloneDecoder()
    decoder.identityDecodingStrategy = .references
    return decoder
  }

  @Test func `an instance that is met again is written again, or is a reference`() throws {
    let node = Node("n")
    let pair = Pair(first: node, second: node)
    #expect(
      try written(pair)
        == ["first": ["name": "n", "others": []], "second": ["name": "n", "others": []]])
    let bytes = try references.encode(pair)
    let value = try CloneValue(decoding: bytes)
    #expect(value["first"] === value["second"])
    #expect(bytes == (try value.encoded()))
    #expect(hex(bytes.suffix(4)) == "5e017b02")
  }

  @Test func `references give one instance of a class`() throws {
    let node: CloneValue = ["name": "n", "others": []]
    let value: CloneValue = ["first": node, "second": node]
    let apart = try decode(Pair.self, value)
    #expect(apart.first !== apart.second)
    let pair = try decode(Pair.self, value, instances)
    #expect(pair.first === pair.second)
    // Two objects are two instances.
    let two = try decode(
      Pair.self, ["first": node, "second": node.detached(), "third": node], instances)
    #expect(two.first !== two.second && two.first === two.third)
  }

  @Test func `ids count objects of every kind`() throws {
    struct Mixed: Encodable {
      var node = Node("n")
      var array = [[1], [2]]
      var doubles = [1.5]
      var map = [1.5: "x"]
      var set: Set = [1]
      var value: CloneValue = [["a": [1]], .date(CloneDate(millisecondsSince1970: 0))]
      var again: Node
      init() { again = node }
    }
    let bytes = try references.encode(Mixed())
    let value = try CloneValue(decoding: bytes)
    #expect(value["node"] === value["again"])
    #expect(bytes == (try value.encoded()))
  }

  @Test func `a cycle is an error, unless references are written`() throws {
    let a = Node("a")
    let b = Node("b")
    a.next = b
    b.others = [a]
    defer { a.next = nil }
    let error = #expect(throws: EncodingError.self) { try CloneEncoder().encode([a]) }
    #expect(names(error?.context?.codingPath ?? []) == "0.next.others.0")
    #expect(
      error?.context?.debugDescription
        == "the object contains itself; set identityEncodingStrategy to .references")
    let bytes = try references.encode(a)
    let value = try CloneValue(decoding: bytes)
    #expect(value["next"]["others"][0] === value)
    #expect(bytes == (try value.encoded()))
  }

  @Test func `a cycle cannot be read, and says so`() throws {
    let editor = CloneGraphEditor()
    let node = editor.object()
    let others = editor.array()
    node["name"] = "n"
    node["others"] = .node(others)
    others.append(.node(node))
    let value = editor.finish(node)
    for decoder in [CloneDecoder(), instances] {
      let error = #expect(throws: DecodingError.self) { try decode(Node.self, value, decoder) }
      #expect(names(error?.context?.codingPath ?? []) == "others.0")
      #expect(error?.context?.debugDescription.contains("the object contains itself") == true)
    }
    // Unless nobody looks, or the value is taken as it is.
    struct Name: Decodable { var name: String }
    #expect(try decode(Name.self, value).name == "n")
    struct Raw: Decodable { var others: CloneValue }
    let raw = try decode(Raw.self, value)
    #expect(raw.others[0]["others"] === raw.others)
  }

  @Test func `references to what was written out of order`() throws {
    struct Late: Encodable {
      let node: Node
      enum Keys: String, CodingKey { case a, b, c }
      func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Keys.self)
        var a = container.nestedUnkeyedContainer(forKey: .a)
        var b = container.nestedUnkeyedContainer(forKey: .b)
        try b.encode(node)
        try a.encode(node)
        try container.encode(node, forKey: .c)
      }
    }
    let value = try CloneValue(decoding: references.encode(Late(node: Node("n"))))
    #expect(value["a"][0] === value["b"][0] && value["c"] === value["b"][0])
    let apart = try written(Late(node: Node("n")))
    #expect(apart["a"][0] !== apart["b"][0] && apart["a"][0] == apart["b"][0])
  }
}
