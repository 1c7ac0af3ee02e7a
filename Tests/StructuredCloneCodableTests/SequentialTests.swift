import Foundation
import StructuredClone
import StructuredCloneCodable
import Synchronization
import Testing
import _CloneFixtures

/// Values that are read as their bytes come, and what ends that.
struct SequentialTests {
  /// Any name.
  struct Name: CodingKey, ExpressibleByStringLiteral {
    var stringValue: String
    var intValue: Int? { nil }
    init(stringLiteral name: String) { stringValue = name }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  typealias Keyed = KeyedDecodingContainer<Name>

  /// A type that reads itself by a function.
  struct Reading: Decodable {
    static let body = CodingUserInfoKey(rawValue: "body")
    typealias Body = @Sendable (any Decoder) throws -> [String]
    let found: [String]

    init(from decoder: any Decoder) throws {
      let body = Self.body.flatMap { decoder.userInfo[$0] } as? Body
      found = try body?(decoder) ?? []
    }
  }

  /// Expects that a function finds the same in a payload as it comes and in the graph of it.
  private func expect(
    _ expected: [String], in bytes: [UInt8], sourceLocation: SourceLocation = #_sourceLocation,
    _ body: @escaping Reading.Body
  ) throws {
    let decoder = CloneDecoder.with(body)
    let found = try decoder.decode(Reading.self, from: bytes).found
    #expect(found == expected, sourceLocation: sourceLocation)
    let value = try CloneValue(decoding: bytes)
    let inGraph = try decoder.decode(Reading.self, from: value).found
    #expect(inGraph == expected, sourceLocation: sourceLocation)
    // Also behind others.
    let nested = try CloneDecoder.with(body).decode(
      [Reading].self, from: CloneValue.array([value, value.detached()]).encoded())
    #expect(nested.map(\.found) == [expected, expected], sourceLocation: sourceLocation)
  }

  private func expect(
    _ expected: [String], in value: CloneValue, sourceLocation: SourceLocation = #_sourceLocation,
    _ body: @escaping @Sendable (Keyed) throws -> [String]
  ) throws {
    try expect(expected, in: value.encoded(), sourceLocation: sourceLocation) {
      try body($0.container(keyedBy: Name.self))
    }
  }

  // MARK: - Order

  @Test func `properties in their order, in another, and some of them`() throws {
    let value: CloneValue = ["a": 1, "b": "two", "c": [3, 4], "d": ["a": 5], "e": true]
    try expect(["1", "two", "[3, 4]", "5", "true"], in: value) {
      [
        "\(try $0.decode(Int.self, forKey: "a"))", try $0.decode(String.self, forKey: "b"),
        "\(try $0.decode([Int].self, forKey: "c"))",
        "\(try $0.decode([String: Int].self, forKey: "d")["a"] ?? 0)",
        "\(try $0.decode(Bool.self, forKey: "e"))",
      ]
    }
    try expect(["two", "1", "true"], in: value) {
      [
        try $0.decode(String.self, forKey: "b"), "\(try $0.decode(Int.self, forKey: "a"))",
        "\(try $0.decode(Bool.self, forKey: "e"))",
      ]
    }
    try expect(["1"], in: value) { ["\(try $0.decode(Int.self, forKey: "a"))"] }
    try expect([], in: value) { _ in [] }
  }

  @Test func `a property twice, and other types than its own first`() throws {
    try expect(["1", "nil", "1", "1.0", "2"], in: ["a": 1, "b": 2]) {
      [
        "\(try $0.decode(Int.self, forKey: "a"))",
        "\((try? $0.decode(String.self, forKey: "a")) ?? "nil")",
        "\(try $0.decode(UInt8.self, forKey: "a"))",
        "\(try $0.decode(Double.self, forKey: "a"))",
        "\(try $0.decode(Int.self, forKey: "b"))",
      ]
    }
  }

  @Test func `properties that are missing`() throws {
    let value: CloneValue = ["a": ["x": [1, "}"], "z": 2.5], "c": .null, "d": "日本", "z": 3]
    try expect(
      ["true", "false", "nil", "nil", "true", "nil", "日本", "false", "true", "3"], in: value
    ) {
      [
        "\($0.contains("a"))", "\($0.contains("b"))",
        "\(try $0.decodeIfPresent(Int.self, forKey: "x") as Int?)".replacing("Optional", with: ""),
        "\(try $0.decodeIfPresent(Reading.self, forKey: "b") == nil ? "nil" : "")",
        "\(try $0.decodeNil(forKey: "a") == false && $0.decode(CloneValue.self, forKey: "a") == ["x": [1, "}"], "z": 2.5])",
        "\(try $0.decodeIfPresent(Int.self, forKey: "c") == nil ? "nil" : "")",
        try $0.decode(String.self, forKey: "d"),
        "\($0.contains("e"))", "\($0.contains("z"))", "\(try $0.decode(Int.self, forKey: "z"))",
      ]
    }
    // One that was read is there, one that is later, too.
    try expect(["1", "true", "true", "2"], in: ["a": 1, "b": 2]) {
      [
        "\(try $0.decode(Int.self, forKey: "a"))", "\($0.contains("a"))", "\($0.contains("b"))",
        "\(try $0.decodeIfPresent(Int.self, forKey: "b") ?? 0)",
      ]
    }
  }

  @Test func `nulls`() throws {
    try expect(["true", "false", "2", "true"], in: ["a": .null, "b": 2, "c": .undefined]) {
      [
        "\(try $0.decodeNil(forKey: "a"))", "\(try $0.decodeNil(forKey: "b"))",
        "\(try $0.decode(Int.self, forKey: "b"))", "\(try $0.decodeNil(forKey: "c"))",
      ]
    }
    try expect(
      ["true", "true", "1", "nil", "4"], in: CloneValue.array([.null, 1, .null, 4]).encoded()
    ) {
      var container = try $0.unkeyedContainer()
      return [
        "\(try container.decodeNil())", "\(try !container.decodeNil())",
        "\(try container.decode(Int.self))",
        try container.decodeIfPresent(Int.self) == nil ? "nil" : "",
        "\(try container.decode(Int.self))",
      ]
    }
    // null behind padding: o "a \0 0 { 1
    let padded: [UInt8] = [0xFF, 15, 0x6F, 0x22, 1, 0x61, 0, 0x30, 0x7B, 1]
    try expect(["true"], in: padded) {
      let container = try $0.container(keyedBy: Name.self)
      return ["\(try container.decodeIfPresent(Reading.self, forKey: "a") == nil)"]
    }
  }

  // MARK: - Names

  @Test func `names that are long, last, empty, indices or not ASCII`() throws {
    let long = String(repeating: "name", count: 20)
    let longer = String(repeating: "name", count: 64)
    // All of the first are taken from the bytes, none of the others.
    let lists = [
      ["fifteen letters", "sixteen letters!", long, "a"], ["0", "b"], ["", "b"], ["é", "Ã©"],
      ["日本", "b"], [longer, "b"],
    ]
    for names in lists {
      var object = CloneObject()
      for (number, name) in names.enumerated() {
        object[ClonePropertyKey(name)] = .number(Double(number))
      }
      try expect(names.indices.map { "\($0)" }, in: .object(object)) { container in
        try names.map { "\(try container.decode(Int.self, forKey: Name(stringValue: $0)))" }
      }
    }
    // What is UTF-8 in Swift is not that in the payload.
    try expect(["false"], in: ["Ã©": 3]) { ["\($0.contains("é"))"] }
  }

  @Test func `very many names`() throws {
    var object = CloneObject()
    for number in 0..<1000 { object["name\(number)"] = .number(Double(number)) }
    try expect(["499500"], in: .object(object)) { container in
      [
        "\(try (0..<1000).reduce(0) { $0 + (try container.decode(Int.self, forKey: Name(stringValue: "name\($1)"))) })"
      ]
    }
  }

  @Test func `a name that is there twice is an error, whoever asks for it`() {
    // o "a I1 "a I2 { 2
    let bytes: [UInt8] = [
      0xFF, 15, 0x6F, 0x22, 1, 0x61, 0x49, 2, 0x22, 1, 0x61, 0x49, 4, 0x7B, 2,
    ]
    let decoder = CloneDecoder.with { decoder in
      let container = try decoder.container(keyedBy: Name.self)
      return try [
        "\(container.decode(Int.self, forKey: "a"))", "\(container.decode(Int.self, forKey: "a"))",
      ]
    }
    expectError(Reading.self, bytes, decoder, at: "", offset: 13, .duplicateKey)
  }

  // MARK: - Containers

  @Test func `nested containers in turn, and after their object`() throws {
    let value: CloneValue = ["a": ["x": 1, "y": 2], "b": [3, 4], "c": 5]
    try expect(["1", "3", "2", "4", "5", "2"], in: value) {
      let a = try $0.nestedContainer(keyedBy: Name.self, forKey: "a")
      let first = try a.decode(Int.self, forKey: "x")
      var b = try $0.nestedUnkeyedContainer(forKey: "b")
      return [
        "\(first)", "\(try b.decode(Int.self))", "\(try a.decode(Int.self, forKey: "y"))",
        "\(try b.decode(Int.self))", "\(try $0.decode(Int.self, forKey: "c"))",
        "\(try a.decode(Int.self, forKey: "y"))",
      ]
    }
  }

  @Test func `a copy of an unkeyed container`() throws {
    try expect(["1", "1", "2", "2", "[3]", "0"], in: CloneValue.array([1, 2, [3], []]).encoded()) {
      var container = try $0.unkeyedContainer()
      var copy = container
      return [
        "\(try container.decode(Int.self))", "\(try copy.decode(Int.self))",
        "\(try copy.decode(Int.self))", "\(try container.decode(Int.self))",
        "\(try container.decode([Int].self))",
        "\(try container.nestedUnkeyedContainer().count ?? -1)",
      ]
    }
  }

  @Test func `the same object for a type and its superclass, and for two decoders`() throws {
    try expect(["1", "2", "1"], in: (["a": 1, "b": 2] as CloneValue).encoded()) {
      let first = try $0.container(keyedBy: Name.self).decode(Int.self, forKey: "a")
      let again = try $0.container(keyedBy: Name.self)
      return [
        "\(first)", "\(try again.decode(Int.self, forKey: "b"))",
        "\(try $0.singleValueContainer().decode([String: Int].self)["a"] ?? 0)",
      ]
    }
    try expect(["[1, 2]", "1"], in: (["super": "id", "id": [1, 2]] as CloneValue).encoded()) {
      let container = try $0.container(keyedBy: Name.self)
      let parent = try container.superDecoder()
      return [
        "\(try container.decode([Int].self, forKey: "id"))",
        "\(try parent.singleValueContainer().decode(String.self) == "id" ? 1 : 0)",
      ]
    }
  }

  /// A type that reads itself later.
  struct Later: Decodable {
    let decoder: any Decoder
    init(from decoder: any Decoder) throws { self.decoder = decoder }
  }

  /// A type that keeps its container.
  struct Kept: Decodable {
    let container: Keyed
    let first: Int
    init(from decoder: any Decoder) throws {
      container = try decoder.container(keyedBy: Name.self)
      first = try container.decode(Int.self, forKey: "a")
    }
  }

  @Test func `decoders and containers that are used when everything was read`() throws {
    let bytes = try CloneValue.array([["a": 1], ["a": 2, "b": [3]], ["a": 4, "b": [5]]]).encoded()
    let later = try CloneDecoder().decode([Later].self, from: bytes)
    #expect(
      try later.map { try $0.decoder.container(keyedBy: Name.self).decode(Int.self, forKey: "a") }
        == [1, 2, 4])
    let kept = try CloneDecoder().decode([Kept].self, from: bytes)
    #expect(kept.map(\.first) == [1, 2, 4])
    #expect(try kept.map { try $0.container.decode(Int.self, forKey: "a") } == [1, 2, 4])
    #expect(try kept[2].container.decode([Int].self, forKey: "b") == [5])
    #expect(kept[0].container.allKeys.map(\.stringValue) == ["a"])
  }

  @Test func `indices behind names`() throws {
    // o "a o "x I1 "y I2 { 2 I5 o "y I3 { 1 { 2
    let bytes: [UInt8] = [
      0xFF, 15, 0x6F, 0x22, 1, 0x61, 0x6F, 0x22, 1, 0x78, 0x49, 2, 0x22, 1, 0x79, 0x49, 4, 0x7B, 2,
      0x49, 10, 0x6F, 0x22, 1, 0x79, 0x49, 6, 0x7B, 1, 0x7B, 2,
    ]
    try expect(["2", "3"], in: bytes) {
      let container = try $0.container(keyedBy: Name.self)
      let a = try container.nestedContainer(keyedBy: Name.self, forKey: "a")
      let five = try container.nestedContainer(keyedBy: Name.self, forKey: "5")
      return [
        "\(try a.decode(Int.self, forKey: "y"))", "\(try five.decode(Int.self, forKey: "y"))",
      ]
    }
    let later = try CloneDecoder().decode([String: Later].self, from: bytes)
    let found = try later["a"]?.decoder.container(keyedBy: Name.self).decode(
      Int.self, forKey: "y")
    #expect(found == 2)
  }

  /// A list.
  struct Node: Decodable {
    let next: [Node]?
    let v: Int?

    enum Keys: String, CodingKey { case n, v }
    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: Keys.self)
      next = try container.decodeIfPresent(Node.self, forKey: .n).map { [$0] }
      v = try container.decodeIfPresent(Int.self, forKey: .v)
    }
  }

  @Test func `an index behind the name of deep objects`() throws {
    // The root: "n …, I5 I1, "v I2.
    var bytes: [UInt8] = [0xFF, 15]
    for _ in 0..<40 { bytes += [0x6F, 0x22, 1, 0x6E] }
    bytes += [0x6F, 0x22, 1, 0x71, 0x30, 0x7B, 1]
    for _ in 0..<39 { bytes += [0x7B, 1] }
    bytes += [0x49, 10, 0x49, 2, 0x22, 1, 0x76, 0x49, 4, 0x7B, 3]
    var node = try CloneDecoder().decode(Node.self, from: bytes)
    #expect(node.v == 2)
    for _ in 0..<40 { node = try #require(node.next?.first) }
    #expect(node.next == nil)
  }

  @Test func `missing names of every kind`() throws {
    let long = String(repeating: "name", count: 50)
    for name in ["1080p", "é", "", "日本", long, "5", "ordinary", "a name of many letters"] {
      let value = CloneValue.object([ClonePropertyKey(name): 1, "last": 2])
      try expect(["true", "1", "true", "false", "2"], in: value) {
        let key = Name(stringValue: name)
        return [
          "\($0.contains(key))", "\(try $0.decodeIfPresent(Int.self, forKey: key) ?? 0)",
          "\($0.contains(key))", "\($0.contains("missing"))",
          "\(try $0.decodeIfPresent(Int.self, forKey: "last") ?? 0)",
        ]
      }
      try expect(["2", "1"], in: .object(["first": 0, ClonePropertyKey(name): 1, "last": 2])) {
        let last = try $0.decodeIfPresent(Int.self, forKey: "last") ?? 0
        return [
          "\(last)",
          "\(try $0.decodeIfPresent(Int.self, forKey: Name(stringValue: name)) ?? 0)",
        ]
      }
    }
    // A length that takes more bytes than it needs: o "81 00 a I1 { 1
    let overlong: [UInt8] = [0xFF, 15, 0x6F, 0x22, 0x81, 0, 0x61, 0x49, 2, 0x7B, 1]
    try expect(["1"], in: overlong) {
      let container = try $0.container(keyedBy: Name.self)
      return ["\(try container.decodeIfPresent(Int.self, forKey: "a") ?? 0)"]
    }
  }

  @Test func `a name however it is held`() throws {
    // Longer once, so that it has memory of its own.
    var long = String(repeating: "name", count: 8)
    long.removeLast(24)
    let held = long
    try expect(["1", "true", "1"], in: ["namename": 1]) {
      [
        "\(try $0.decode(Int.self, forKey: "namename"))",
        "\($0.contains(Name(stringValue: held)))",
        "\(try $0.decodeIfPresent(Int.self, forKey: Name(stringValue: held)) ?? 0)",
      ]
    }
  }

  @Test func `an object that ends with another count is an error, however often it is tried`()
    throws
  {
    // o "a o "x I1 { 7B(123) … : the count of the inner object is wrong
    let bytes: [UInt8] = [
      0xFF, 15, 0x6F, 0x22, 1, 0x61, 0x6F, 0x22, 1, 0x78, 0x49, 2, 0x7B, 0x7B, 1, 0x22, 1, 0x62,
      0x49, 4, 0x7B, 2,
    ]
    let expected = #expect(throws: CloneDecodingError.self) { try CloneValue(decoding: bytes) }
    let decoder = CloneDecoder.with { decoder in
      let container = try decoder.container(keyedBy: Name.self)
      let a = try container.nestedContainer(keyedBy: Name.self, forKey: "a")
      _ = try a.decode(Int.self, forKey: "x")
      _ = try container.decodeIfPresent(Int.self, forKey: "zz")
      return ["\(try container.decode(Int.self, forKey: "b"))"]
    }
    let error = #expect(throws: DecodingError.self) {
      try decoder.decode(Reading.self, from: bytes)
    }
    #expect(error?.context?.underlyingError as? CloneDecodingError == expected)
  }

  @Test func `an object that is asked while one of its values is read`() throws {
    let value: CloneValue = ["x": 5, "b": 7, "c": "d"]
    try expect(["5", "7", "5", "d"], in: value.encoded()) {
      let container = try $0.container(keyedBy: Name.self)
      return try inner("x", in: container, of: $0) { decoder in
        let x = try decoder.singleValueContainer()
        return [
          "\(try x.decode(Int.self))", "\(try container.decode(Int.self, forKey: "b"))",
          "\(try x.decode(Int.self))", try container.decode(String.self, forKey: "c"),
        ]
      }
    }
    // A value that looks like a name.
    try expect(["no", "b"], in: (["a": "b", "c": "d"] as CloneValue).encoded()) {
      let container = try $0.container(keyedBy: Name.self)
      return try inner("a", in: container, of: $0) { decoder in
        [
          (try? container.decode(String.self, forKey: "b")) ?? "no",
          try decoder.singleValueContainer().decode(String.self),
        ]
      }
    }
  }

  /// Decodes a property by a function that may ask the object around it.
  private func inner(
    _ key: Name, in container: Keyed, of decoder: any Decoder,
    _ body: @escaping (any Decoder) throws -> [String]
  ) throws -> [String] {
    let box = try #require(Inner.box(of: decoder))
    box.body = body
    return try container.decode(Inner.self, forKey: key).found
  }

  /// A type that does what somebody around it says.
  struct Inner: Decodable {
    static let key = CodingUserInfoKey(rawValue: "inner")
    let found: [String]

    init(from decoder: any Decoder) throws {
      found = try Self.box(of: decoder)?.body(decoder) ?? []
    }

    static func box(of decoder: any Decoder) -> Box? {
      key.flatMap { decoder.userInfo[$0] } as? Box
    }

    /// What it does; one decoder at a time has it, on one thread.
    final class Box: @unchecked Sendable {
      var body: (any Decoder) throws -> [String] = { _ in [] }
    }
  }

  @Test func `lists that pass over what is wrong end`() {
    // A 2 I1, and no value.
    #expect(throws: DecodingError.self) {
      try CloneDecoder().decode(Lossy.self, from: [0xFF, 15, 0x41, 2, 0x49, 2, 0x7A])
    }
  }

  @Test func `an array within that has elements behind it`() throws {
    // A 20 | A 1 o "x I1 { 1, I1: I2 | 19 nulls
    var bytes: [UInt8] = [
      0xFF, 15, 0x41, 20, 0x41, 1, 0x6F, 0x22, 1, 0x78, 0x49, 2, 0x7B, 1, 0x49, 2, 0x49, 4, 0x24, 1,
      1,
    ]
    bytes += Array(repeating: 0x30, count: 19) + [0x24, 0, 20]
    let decoder = CloneDecoder.with { decoder in
      let container = try decoder.container(keyedBy: Name.self)
      return ["\(container.contains("0"))", "\(try container.decode(Int.self, forKey: "x"))"]
    }
    let error = #expect(throws: DecodingError.self) {
      try decoder.decode([[Reading]].self, from: bytes)
    }
    let inGraph = #expect(throws: DecodingError.self) {
      try decoder.decode([[Reading]].self, from: CloneValue(decoding: bytes))
    }
    #expect(error.map { names($0.context?.codingPath ?? []) } == "0.1")
    #expect(inGraph.map { names($0.context?.codingPath ?? []) } == "0.1")
  }

  @Test func `there is one NaN`() throws {
    let bytes: [UInt8] = [0x4E, 1, 0, 0, 0, 0, 0, 0xF8, 0xFF]
    let array: [UInt8] = [0xFF, 15, 0x41, 2] + bytes + bytes + [0x24, 0, 2]
    let pattern = Double.nan.bitPattern
    #expect(
      try CloneDecoder().decode([Double].self, from: array).map(\.bitPattern) == [pattern, pattern])
    #expect(
      try CloneDecoder().read([Double].self, from: array).map(\.bitPattern) == [pattern, pattern])
    let single = try CloneDecoder().decode(Double.self, from: [0xFF, 15] + bytes)
    #expect(single.bitPattern == pattern)
  }

  // MARK: - Forms

  @Test func `forms that are not the usual ones`() throws {
    let date = CloneValue.date(CloneDate(millisecondsSince1970: 1000))
    let shared: CloneValue = ["a": 1]
    let value: CloneValue = [
      "big": .bigint(7), "set": .set([1]), "map": .map([1: 2]), "date": date,
      "again": [shared, shared], "view": [1, .undefined, "größe"], "last": 5,
    ]
    try expect(["7", "1", "2", "1.0", "2", "größe", "5"], in: value) {
      var view = try $0.nestedUnkeyedContainer(forKey: "view")
      _ = try view.decode(Int.self)
      _ = try view.decodeNil()
      return [
        "\(try $0.decode(Int.self, forKey: "big"))",
        "\(try $0.decode(Set<Int>.self, forKey: "set").count)",
        "\(try $0.decode([Int: Int].self, forKey: "map")[1] ?? 0)",
        "\(try $0.decode(Date.self, forKey: "date").timeIntervalSince1970)",
        "\(try $0.decode([[String: Int]].self, forKey: "again").count)",
        try view.decode(String.self), "\(try $0.decode(Int.self, forKey: "last"))",
      ]
    }
  }

  @Test func `an array with elements behind it`() throws {
    // A 1 I1 I1 I2 $ 1 1: [1], and 2 at the index 1
    let bytes: [UInt8] = [0xFF, 15, 0x41, 1, 0x49, 2, 0x49, 2, 0x49, 4, 0x24, 1, 1]
    let node = try CloneValue(decoding: bytes)
    #expect(node.array?.count == 2)
    #expect(try CloneDecoder().decode([Int].self, from: bytes) == [1, 2])
    #expect(try CloneDecoder().decode([UInt16].self, from: bytes) == [1, 2])
    try expect(["2", "1", "2", "true"], in: bytes) {
      var container = try $0.unkeyedContainer()
      let first = try container.decode(Int.self)
      let second = try container.decode(Int.self)
      return ["\(container.count ?? 0)", "\(first)", "\(second)", "\(container.isAtEnd)"]
    }
  }

  @Test func `lists that pass over errors in an array with elements behind it`() throws {
    // A 3 | A 1 I1 Z, and at the index 2 I7 | nulls
    let bytes: [UInt8] = [
      0xFF, 15, 0x41, 3, 0x41, 2, 0x49, 2, 0x5A, 0x10, 1, 0, 0, 0, 0, 0, 0, 0, 0x49, 4, 0x49, 14,
      0x24, 1, 2, 0x30, 0x30, 0x24, 0, 3,
    ]
    let found = try CloneDecoder().decode([Lossy?].self, from: bytes)
    #expect(found == [Lossy(found: [1, 1, 7]), nil, nil])
    #expect(
      try CloneDecoder().decode([Lossy?].self, from: CloneValue(decoding: bytes)) == found)
  }

  /// A list that passes over what is no integer.
  struct Lossy: Decodable, Equatable {
    var found: [Int] = []

    init(found: [Int]) { self.found = found }

    init(from decoder: any Decoder) throws {
      var container = try decoder.unkeyedContainer()
      while !container.isAtEnd {
        do {
          found.append(try container.decode(Int.self))
        } catch {
          _ = try? container.decode(Empty.self)
        }
      }
    }

    struct Empty: Decodable {}
  }

  @Test func `offsets in objects with numbers as keys`() throws {
    // o I(-1) I1 "a T { 2
    let negative: [UInt8] = [0xFF, 15, 0x6F, 0x49, 1, 0x49, 2, 0x22, 1, 0x61, 0x54, 0x7B, 2]
    expectError(
      [String: Int].self, negative, at: "a", offset: 10,
      .unexpectedValue(expected: "Int", found: "a boolean"))
    // o "b I1 "2 T { 2, and the index in two-byte digits
    let behind: [UInt8] = [
      0xFF, 15, 0x6F, 0x22, 1, 0x62, 0x49, 2, 0, 0x63, 2, 0x32, 0, 0x54, 0x7B, 2,
    ]
    expectError(
      [String: Int].self, behind, at: "2", offset: 13,
      .unexpectedValue(expected: "Int", found: "a boolean"))
  }

  @Test func `an integer whose length is more than it needs, before the end`() throws {
    struct Outer: Decodable {
      let a: Inner
      struct Inner: Decodable { let b: String }
    }
    let bytes: [UInt8] = [
      0xFF, 0x0F, 0x6F, 0x22, 1, 0x61, 0x6F, 0x22, 1, 0x62, 0x49, 0x80, 0x80, 0x80, 0x80, 0x80,
      0x7B, 0x81, 0x80, 0, 0x7B, 1, 0,
    ]
    let error = #expect(throws: DecodingError.self) {
      try CloneDecoder().decode(Outer.self, from: bytes)
    }
    #expect(names(error?.context?.codingPath ?? []) == "a.b")
  }

  @Test func `values are read before the payload is validated`() throws {
    let bytes = try CloneValue.array([["a": 1], ["a": 2]]).encoded()
    let counter = Counter()
    #expect(throws: DecodingError.self) {
      try CloneDecoder.with { decoder in
        counter.count.add(1, ordering: .relaxed)
        return ["\(try decoder.container(keyedBy: Name.self).decode(Int.self, forKey: "a"))"]
      }.decode([Reading].self, from: Array(bytes.dropLast(4)))
    }
    #expect(counter.count.load(ordering: .relaxed) >= 1)
  }

  // MARK: - Errors

  /// A type that passes over errors.
  struct Lenient: Decodable {
    var first: Int?
    var second: String?
    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: Name.self)
      first = try? container.decode(Int.self, forKey: "a")
      second = try? container.decode(String.self, forKey: "b")
    }
  }

  @Test func `what is wrong with a payload is said, whatever types pass over`() throws {
    let bytes = try (["a": 1, "b": "text", "c": [1]] as CloneValue).encoded()
    #expect(try CloneDecoder().decode(Lenient.self, from: bytes).second == "text")
    for count in 0..<bytes.count {
      let cut = Array(bytes[..<count])
      let expected = #expect(throws: CloneDecodingError.self) { try CloneValue(decoding: cut) }
      let error = #expect(throws: DecodingError.self) {
        try CloneDecoder().decode(Lenient.self, from: cut)
      }
      #expect(error?.context?.underlyingError as? CloneDecodingError == expected)
    }
  }

  @Test func `types read themselves once, whatever comes late`() throws {
    var values: [CloneValue] = (0..<20).map { ["a": .number(Double($0))] }
    values.append(["b": .bigint(1), "a": 2])
    let bytes = try CloneValue.array(CloneArray(values)).encoded()
    let counter = Counter()
    let found = try CloneDecoder.with { decoder in
      counter.count.add(1, ordering: .relaxed)
      return ["\(try decoder.container(keyedBy: Name.self).decode(Int.self, forKey: "a"))"]
    }.decode([Reading].self, from: bytes)
    #expect(found.count == 21)
    #expect(counter.count.load(ordering: .relaxed) == 21)
  }

  final class Counter: Sendable { let count = Atomic(0) }
}

extension CloneDecoder {
  /// A decoder with which a type reads itself by a function.
  fileprivate static func with(_ body: @escaping SequentialTests.Reading.Body) -> CloneDecoder {
    var decoder = CloneDecoder()
    if let key = SequentialTests.Reading.body { decoder.userInfo[key] = body }
    if let key = SequentialTests.Inner.key { decoder.userInfo[key] = SequentialTests.Inner.Box() }
    return decoder
  }
}
