import StructuredClone
import StructuredCloneCodable
import Testing

/// Structures and other keyed containers.
struct KeyedTests {
  struct Point: Codable, Equatable { var x = 1, y = -2 }
  struct Everything: Codable, Equatable {
    var bool = true
    var string = "text"
    var double = 1.5
    var float: Float = 0.25
    var int = -1
    var int8 = Int8.min
    var int16 = Int16.min
    var int32 = Int32.min
    var int64 = Int64(1) << 40
    var uint: UInt = 1
    var uint8 = UInt8.max
    var uint16 = UInt16.max
    var uint32 = UInt32.max
    var uint64 = UInt64.max
  }

  @Test func `a structure is an object, its properties in order`() throws {
    try expectRoundTrip(Point(), ["x": 1, "y": -2])
  }

  @Test func `every primitive type`() throws {
    try expectRoundTrip(
      Everything(),
      [
        "bool": true, "string": "text", "double": 1.5, "float": 0.25, "int": -1, "int8": -128,
        "int16": -32768, "int32": -2_147_483_648, "int64": 1_099_511_627_776, "uint": 1,
        "uint8": 255, "uint16": 65535, "uint32": 4_294_967_295,
        "uint64": .bigint(CloneBigInt(UInt64.max)),
      ])
  }

  @Test func `an empty structure is an empty object`() throws {
    struct Empty: Codable, Equatable {}
    try expectRoundTrip(Empty(), .object(CloneObject()))
  }

  @Test func `optional properties`() throws {
    struct Optionals: Codable, Equatable {
      var a: Int?
      var b: String?
      var c: Point?
      var d: [Int?]
    }
    try expectRoundTrip(
      Optionals(a: 1, b: "b", c: Point(), d: [1, nil]),
      ["a": 1, "b": "b", "c": ["x": 1, "y": -2], "d": [1, nil]])
    try expectRoundTrip(Optionals(d: []), ["d": []])
    #expect(
      try decode(Optionals.self, ["a": nil, "b": .undefined, "d": [nil, .undefined, 3]])
        == Optionals(d: [nil, nil, 3]))
  }

  @Test func `properties in any order, and others beside them`() throws {
    #expect(try decode(Point.self, ["y": -2, "z": [1, ["a": 2]], "x": 1]) == Point())
    #expect(
      try decode([Point].self, [["x": 1, "y": -2], ["y": -2, "x": 1]]) == [Point(), Point()])
  }

  @Test func `many properties are found, whatever their order`() throws {
    var object = CloneObject()
    var expected: [String: Int] = [:]
    for index in 0..<2000 {
      let name = "name\(index &* 7919 % 2000)"
      object[name] = .number(Double(index))
      expected[name] = index
    }
    #expect(try decode([String: Int].self, .object(object)) == expected)
    struct Some: Codable, Equatable { var name1999: Int, name0: Int, name77: Int? }
    let some = try decode(Some.self, .object(object))
    #expect(some.name0 == 0 && some.name1999 == expected["name1999"])
    #expect(some.name77 == expected["name77"])
  }

  @Test func `names of all kinds`() throws {
    struct Names: Codable, Equatable {
      enum CodingKeys: String, CodingKey {
        case empty = ""
        case latin = "größe"
        case wide = "名前"
        case emoji = "👍🏽"
        case long = "a name that is longer than fifteen bytes"
        case digits = "01"
        case dollar = "$"
      }
      var empty = 1, latin = 2, wide = 3, emoji = 4, long = 5, digits = 6, dollar = 7
    }
    try expectRoundTrip(
      Names(),
      [
        "": 1, "größe": 2, "名前": 3, "👍🏽": 4, "a name that is longer than fifteen bytes": 5,
        "01": 6, "$": 7,
      ])
    // UTF-8 of one name is Latin-1 of the other.
    #expect(throws: DecodingError.self) {
      try decode(Names.self, ["grÃ¶Ã\u{9F}e": 2, "": 1, "名前": 3, "👍🏽": 4])
    }
  }

  @Test func `names that are indices are in JavaScript's order`() throws {
    struct Indices: Codable, Equatable {
      enum CodingKeys: String, CodingKey {
        case ten = "10"
        case name
        case two = "2"
      }
      var ten = 10, name = 0, two = 2
    }
    try expectRoundTrip(Indices(), [2: 2, 10: 10, "name": 0])
    struct Integers: Codable, Equatable {
      enum CodingKeys: Int, CodingKey { case one = 1, three = 3, huge = 4_294_967_295 }
      var one = "a", three = "b", huge = "c"
    }
    // As Foundation does: such keys have names.
    try expectRoundTrip(Integers(), ["one": "a", "three": "b", "huge": "c"])
  }

  @Test func `nested containers in order`() throws {
    struct Nested: Codable, Equatable {
      var a = 1, b = 2, c = [3, 4]
      enum Keys: String, CodingKey { case outer, list, rest }
      enum Inner: String, CodingKey { case a, b }

      init() {}
      func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Keys.self)
        var outer = container.nestedContainer(keyedBy: Inner.self, forKey: .outer)
        try outer.encode(a, forKey: .a)
        try outer.encode(b, forKey: .b)
        var list = container.nestedUnkeyedContainer(forKey: .list)
        for element in c { try list.encode(element) }
        #expect(list.count == 2)
        var element = list.nestedContainer(keyedBy: Inner.self)
        try element.encodeNil(forKey: .a)
        var inner = list.nestedUnkeyedContainer()
        try inner.encodeNil()
        try container.encode(true, forKey: .rest)
      }
      init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Keys.self)
        let outer = try container.nestedContainer(keyedBy: Inner.self, forKey: .outer)
        var list = try container.nestedUnkeyedContainer(forKey: .list)
        // In turn, and not in order.
        b = try outer.decode(Int.self, forKey: .b)
        c = [try list.decode(Int.self)]
        #expect(try container.decode(Bool.self, forKey: .rest))
        a = try outer.decode(Int.self, forKey: .a)
        c.append(try list.decode(Int.self))
        let element = try list.nestedContainer(keyedBy: Inner.self)
        #expect(try element.decodeNil(forKey: .a))
        var inner = try list.nestedUnkeyedContainer()
        #expect(names(inner.codingPath) == "list.3")
        #expect(try inner.decodeNil() && inner.isAtEnd && list.isAtEnd)
      }
    }
    try expectRoundTrip(
      Nested(),
      ["outer": ["a": 1, "b": 2], "list": [3, 4, ["a": nil], [nil]], "rest": true])
  }

  @Test func `what a decoder's container says`() throws {
    struct Asking: Decodable {
      init(from decoder: any Decoder) throws {
        enum Keys: String, CodingKey { case a, b, c, d }
        let container = try decoder.container(keyedBy: Keys.self)
        #expect(container.allKeys == [.a, .b, .c])
        #expect(container.contains(.a) && container.contains(.c) && !container.contains(.d))
        #expect(try container.decodeNil(forKey: .b) && !container.decodeNil(forKey: .a))
        #expect(throws: DecodingError.self) { try container.decodeNil(forKey: .d) }
        #expect(try container.decodeIfPresent(Int.self, forKey: .d) == nil)
        #expect(try container.decodeIfPresent(Int.self, forKey: .c) == nil)
        #expect(try container.decodeIfPresent(Int.self, forKey: .a) == 1)
      }
    }
    _ = try decode(Asking.self, ["a": 1, "b": nil, "c": .undefined])
  }

  /// Where the next key probably is is remembered for each depth, which such containers share.
  @Test func `keys of a nested container are not those of its parent`() throws {
    struct Outer: Decodable {
      enum Keys: CodingKey { case nested, id, name }
      let ids: [Int]
      let names: [String]

      init(from decoder: any Decoder) throws {
        let outer = try decoder.container(keyedBy: Keys.self)
        let inner = try outer.nestedContainer(keyedBy: Keys.self, forKey: .nested)
        let first = try outer.decode(Int.self, forKey: .id)
        ids = [first, try inner.decode(Int.self, forKey: .id)]
        names = [
          try outer.decode(String.self, forKey: .name),
          try inner.decode(String.self, forKey: .name),
        ]
      }
    }
    let value: CloneValue = ["nested": ["id": 1, "name": "inner"], "id": 2, "name": "outer"]
    let bytes = try value.encoded()
    for outer in [
      try CloneDecoder().decode(Outer.self, from: bytes),
      try CloneDecoder().decode(Outer.self, from: value),
    ] {
      #expect(outer.ids == [2, 1])
      #expect(outer.names == ["outer", "inner"])
    }
  }

  @Test func `elements are no keys`() throws {
    struct Outer: Decodable {
      enum Keys: CodingKey { case a, x, id }
      let id: String

      init(from decoder: any Decoder) throws {
        let outer = try decoder.container(keyedBy: Keys.self)
        _ = try outer.nestedContainer(keyedBy: Keys.self, forKey: .a).decode(
          String.self, forKey: .x)
        id = try outer.decode(String.self, forKey: .id)
      }
    }
    let value: CloneValue = [
      "a": ["x": "X"], "s": .set(CloneSet(["id", "from the set"])), "id": "right",
    ]
    #expect(try decode(Outer.self, value).id == "right")
    #expect(try CloneDecoder().decode(Outer.self, from: value).id == "right")
  }
}
