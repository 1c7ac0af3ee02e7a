import StructuredClone
import StructuredCloneCodable
import Testing
import _CloneFixtures

/// Containers that are not filled one after the other.
struct OrderTests {
  enum Keys: String, CodingKey { case a, b, c }

  /// Any name.
  struct Name: CodingKey {
    var stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  /// Encodes itself by a function.
  struct Encoding: Encodable {
    let body: (any Encoder) throws -> Void
    func encode(to encoder: any Encoder) throws { try body(encoder) }
  }

  private func expect(
    _ expected: CloneValue, sourceLocation: SourceLocation = #_sourceLocation,
    _ body: @escaping (any Encoder) throws -> Void
  ) throws {
    let bytes = try CloneEncoder().encode(Encoding(body: body))
    #expect(hex(bytes) == hex(try expected.encoded()), sourceLocation: sourceLocation)
    // Also within others.
    let nested = try CloneEncoder().encode([[Encoding(body: body)], [Encoding(body: body)]])
    let array: CloneValue = [[expected.detached()], [expected.detached()]]
    #expect(hex(nested) == hex(try array.encoded()), sourceLocation: sourceLocation)
  }

  @Test func `two nested containers in turn`() throws {
    try expect(["a": ["a": 1, "b": 3], "b": [2, 4], "c": true]) { encoder in
      var container = encoder.container(keyedBy: Keys.self)
      var a = container.nestedContainer(keyedBy: Keys.self, forKey: .a)
      var b = container.nestedUnkeyedContainer(forKey: .b)
      try a.encode(1, forKey: .a)
      try b.encode(2)
      try a.encode(3, forKey: .b)
      try b.encode(4)
      try container.encode(true, forKey: .c)
    }
  }

  @Test func `a parent goes on, and then its child`() throws {
    try expect(["a": ["日本"], "b": 2, "c": ["a": "größe"]]) { encoder in
      var container = encoder.container(keyedBy: Keys.self)
      var a = container.nestedUnkeyedContainer(forKey: .a)
      try container.encode(2, forKey: .b)
      try container.encode(["a": "größe"], forKey: .c)
      try a.encode("日本")
    }
  }

  @Test func `a key that is given twice has the last value, at its first place`() throws {
    try expect(["a": 3, "b": 2]) { encoder in
      var container = encoder.container(keyedBy: Keys.self)
      try container.encode(1, forKey: .a)
      try container.encode(2, forKey: .b)
      try container.encode(3, forKey: .a)
    }
  }

  @Test func `very many keys, one of them twice`() throws {
    func key(_ number: Int) -> Name { Name(stringValue: "k\(number)") }
    var object = CloneObject()
    for number in 0..<1000 { object["k\(number)"] = .number(Double(number)) }
    try expect(.object(object)) { encoder in
      var container = encoder.container(keyedBy: Name.self)
      for number in 0..<1000 { try container.encode(number, forKey: key(number)) }
    }
    object["k500"] = "again"
    try expect(.object(object)) { encoder in
      var container = encoder.container(keyedBy: Name.self)
      for number in 0..<1000 { try container.encode(number, forKey: key(number)) }
      try container.encode("again", forKey: key(500))
    }
  }

  /// Few keys are compared one by one, many by a set, and most by a filter before both.
  @Test(arguments: [1, 2, 23, 24, 25, 26, 63, 64, 65, 130])
  func `a key that is given twice among so many, and objects with as many within`(
    count: Int
  ) throws {
    let names = (0..<count).map { Name(stringValue: "k\($0)") }
    func object(_ value: (Int) -> CloneValue) -> CloneObject {
      var object = CloneObject()
      for (index, name) in names.enumerated() {
        object[ClonePropertyKey(name.stringValue)] = value(index)
      }
      return object
    }
    // Every seventh is an object.
    let expected = object { $0 % 7 == 0 ? .object(object { _ in 1 }) : 2 }
    for repeated in Set([0, count / 2, count - 1]).sorted() {
      var expected = expected
      expected[ClonePropertyKey(names[repeated].stringValue)] = "again"
      try expect(.object(expected)) { encoder in
        var container = encoder.container(keyedBy: Name.self)
        for (index, name) in names.enumerated() {
          guard index % 7 == 0 else {
            try container.encode(2, forKey: name)
            continue
          }
          var inner = container.nestedContainer(keyedBy: Name.self, forKey: name)
          for name in names { try inner.encode(1, forKey: name) }
        }
        try container.encode("again", forKey: names[repeated])
      }
    }
  }

  @Test func `a container that is asked for twice is one`() throws {
    try expect(["a": 1, "b": 2]) { encoder in
      var first = encoder.container(keyedBy: Keys.self)
      try first.encode(1, forKey: .a)
      var second = encoder.container(keyedBy: Keys.self)
      try second.encode(2, forKey: .b)
    }
    try expect([1, 2, 3]) { encoder in
      var first = encoder.unkeyedContainer()
      try first.encode(1)
      var second = encoder.unkeyedContainer()
      try second.encode(2)
      try first.encode(3)
    }
  }

  @Test func `nothing is an empty object`() throws { try expect(.object(CloneObject())) { _ in } }

  @Test func `a super encoder, at once, later and never`() throws {
    try expect(["super": ["a": 1], "b": 2]) { encoder in
      var container = encoder.container(keyedBy: Keys.self)
      try ["a": 1].encode(to: container.superEncoder())
      try container.encode(2, forKey: .b)
    }
    try expect(["super": 1, "b": 2, "c": [3]]) { encoder in
      var container = encoder.container(keyedBy: Keys.self)
      let first = container.superEncoder()
      try container.encode(2, forKey: .b)
      let second = container.superEncoder(forKey: .c)
      try [3].encode(to: second)
      try 1.encode(to: first)
    }
    try expect(["a": .object(CloneObject())]) { encoder in
      var container = encoder.container(keyedBy: Keys.self)
      _ = container.superEncoder(forKey: .a)
    }
    try expect([[1], .object(CloneObject()), "x", 2]) { encoder in
      var container = encoder.unkeyedContainer()
      let first = container.superEncoder()
      _ = container.superEncoder()
      let third = container.superEncoder()
      try container.encode(2)
      try "x".encode(to: third)
      try [1].encode(to: first)
    }
  }

  @Test func `arrays whose length nobody knows beforehand`() throws {
    for count in [0, 1, 126, 127, 128, 129, 300, 16_383, 16_384] {
      for (text, extra) in [("x", 0), ("日本", 1), ("ä", 0), ("日", 2)] {
        let elements = (0..<count).map { $0 % 3 == 0 ? text : "n" }
        let inner: CloneValue = .array(CloneArray(elements.map { CloneValue($0) }))
        let outer: CloneValue = [
          "a": String(repeating: "p", count: extra).asValue, "b": [inner, "末"],
        ]
        let bytes = try CloneEncoder().encode(
          Encoding { encoder in
            var container = encoder.container(keyedBy: Keys.self)
            try container.encode(String(repeating: "p", count: extra), forKey: .a)
            var b = container.nestedUnkeyedContainer(forKey: .b)
            var list = b.nestedUnkeyedContainer()
            for element in elements { try list.encode(element) }
            try b.encode("末")
          })
        #expect(hex(bytes) == hex(try outer.encoded()), "\(count) \(text)")
      }
    }
  }

  @Test func `a single value that is written twice is an error`() throws {
    let error = #expect(throws: EncodingError.self) {
      try CloneEncoder().encode(
        Encoding { encoder in
          var container = encoder.singleValueContainer()
          try container.encode(1)
          try container.encode(2)
        })
    }
    #expect(error?.context?.debugDescription == "at $: a value was written in its place already")
  }
}

extension String {
  var asValue: CloneValue { CloneValue(self) }
}
