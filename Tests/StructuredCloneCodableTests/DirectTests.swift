import Foundation
import StructuredClone
import StructuredCloneCodable
import Testing
import _CloneFixtures

/// Types that read and write themselves do what the coders do: the same bytes, values and errors.
struct DirectTests {
  struct User: Codable, Equatable {
    var id: Int
    var name: String
    var score: Double
    var active: Bool
    var tags: [String]
    var home: Address?
    var visits: [Visit]
    var ratio: Float
    var small: UInt8
    var large: UInt64
    var since: Date
    var note: String?
  }

  struct Address: Codable, Equatable {
    var street: String
    var number: Int?
    var position: [Double]
  }

  struct Visit: Codable, Equatable {
    var day: Int
    var pages: [Int?]
  }

  private static let user = User(
    id: 7, name: "Ada Lovelace, Countess of", score: 1.5, active: true,
    tags: ["a", "größe", "名前"],
    home: Address(street: "St James's Square", number: 12, position: [51.5, -0.25]),
    visits: [Visit(day: 1, pages: [1, nil, 3]), Visit(day: 2, pages: [])], ratio: 0.25, small: 200,
    large: 1 << 60, since: Date(timeIntervalSince1970: 1), note: nil)

  private func expectSame(
    _ bytes: [UInt8], _ decoder: CloneDecoder = CloneDecoder(),
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let expected = Result { try decoder.decode(User.self, from: bytes) }
    let found = Result { try decoder.read(User.self, from: bytes) }
    switch (expected, found) {
    case (.success(let expected), .success(let found)):
      // NaN is not equal to itself.
      #expect("\(found)" == "\(expected)", sourceLocation: sourceLocation)
    case (.failure(let expected), .failure(let found)):
      #expect(Self.text(found) == Self.text(expected), sourceLocation: sourceLocation)
    default:
      Issue.record("\(expected), but \(found): \(hex(bytes))", sourceLocation: sourceLocation)
    }
  }

  /// All that an error says.
  private static func text(_ error: any Error) -> String {
    guard let error = error as? DecodingError, let context = error.context else {
      return "\(error)"
    }
    let kind =
      switch error {
      case .typeMismatch(let type, _): "type \(type)"
      case .valueNotFound(let type, _): "value \(type)"
      case .keyNotFound(let key, _): "key \(key.stringValue)"
      case .dataCorrupted: "data"
      @unknown default: "?"
      }
    return "\(kind) at \(names(context.codingPath)): \(context.debugDescription)"
  }

  @Test func `the same bytes, and the same value from them`() throws {
    let bytes = try CloneEncoder().encode(Self.user)
    #expect(hex(try CloneEncoder().write(Self.user)) == hex(bytes))
    #expect(try CloneDecoder().read(User.self, from: bytes) == Self.user)
    var encoder = CloneEncoder()
    encoder.missingValueEncodingStrategy = .null
    encoder.nilEncodingStrategy = .undefined
    encoder.largeIntegerEncodingStrategy = .string
    encoder.dateEncodingStrategy = .iso8601
    #expect(hex(try encoder.write(Self.user)) == hex(try encoder.encode(Self.user)))
    #expect(
      hex(try encoder.write([Self.user, Self.user]))
        == hex(try encoder.encode([Self.user, Self.user])))
    for profile in CloneProfile.engines {
      let encoder = CloneEncoder(profile: profile)
      #expect(hex(try encoder.write(Self.user)) == hex(try encoder.encode(Self.user)))
    }
  }

  @Test func `properties that are in another order, missing, more, or of another kind`() throws {
    let value = try CloneValue(decoding: CloneEncoder().encode(Self.user))
    let object = try #require(value.object)
    expectSame(try value.encoded())
    var reversed = CloneObject()
    for (key, content) in object.reversed() { reversed[key] = content }
    expectSame(try CloneValue.object(reversed).encoded())
    for key in object.keys {
      var changed = object
      changed.removeValue(forKey: key)
      expectSame(try CloneValue.object(changed).encoded())
      for other: CloneValue in [
        nil, .undefined, true, 1, 1.5, "text", [], ["a": 1], .bigint(5), .date(.invalid),
        .set(CloneSet([1, 2])), [1, "x"], ["x", nil], .number(.nan), 300, -1,
        .string(CloneString(utf16: [0xD800])),
      ] {
        changed = object
        changed[key] = other
        expectSame(try CloneValue.object(changed).encoded())
      }
      var longer = CloneObject()
      for (name, content) in object {
        if name == key { longer["other"] = ["deep": [1, ["er": "x"]]] }
        longer[name] = content
      }
      expectSame(try CloneValue.object(longer).encoded())
    }
    expectSame(try CloneValue.array([]).encoded())
    expectSame(try CloneValue.null.encoded())
    expectSame(try CloneValue("x").encoded())
  }

  @Test func `references, also to objects that nobody reads`() throws {
    let visit: CloneValue = ["day": 1, "pages": [1]]
    let value = try CloneValue(decoding: CloneEncoder().encode(Self.user))
    var object = try #require(value.object)
    object["visits"] = [visit, visit, visit]
    object["other"] = ["first": visit]
    expectSame(try CloneValue.object(object).encoded())
    let bytes = try CloneValue.object(object).encoded()
    #expect(try CloneDecoder().read(User.self, from: bytes).visits.count == 3)
  }

  /// A type that contains itself.
  struct Tree: Codable, Equatable, CloneObjectReadable {
    var children: [Tree]
    init(properties reader: inout CloneReader) throws { children = try reader.read("children") }
  }

  @Test func `cycles and references that multiply what is read`() throws {
    var value: CloneValue = ["children": []]
    for _ in 0..<40 { value = ["children": [value, value]] }
    let editor = CloneGraphEditor()
    let node = editor.object()
    let children = editor.array()
    node["children"] = .node(children)
    children.append(.node(node))
    for value in [value, editor.finish(node)] {
      let bytes = try value.encoded()
      let expected = #expect(throws: DecodingError.self) {
        try CloneDecoder().decode(Tree.self, from: bytes)
      }
      let found = #expect(throws: DecodingError.self) {
        try CloneDecoder().read(Tree.self, from: bytes)
      }
      #expect(found.map { Self.text($0) } == expected.map { Self.text($0) })
    }
  }

  @Test func `bytes that are cut or changed`() throws {
    let bytes = try CloneEncoder().encode(Self.user)
    for length in 0..<bytes.count { expectSame(Array(bytes[..<length])) }
    for position in bytes.indices {
      for change: UInt8 in [1, 2, 4, 8, 16, 32, 64, 128, 255] {
        var changed = bytes
        changed[position] ^= change
        expectSame(changed)
      }
    }
    expectSame(bytes + [1, 2, 3])
  }

  @Test func `strategies and limits`() throws {
    let bytes = try CloneEncoder().encode(Self.user)
    var decoder = CloneDecoder()
    decoder.dateDecodingStrategy = .secondsSince1970
    expectSame(bytes, decoder)
    decoder = CloneDecoder()
    decoder.nonFiniteNumberDecodingStrategy = .throw
    expectSame(bytes, decoder)
    decoder = CloneDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    expectSame(bytes, decoder)
    for depth in 0...5 {
      expectSame(bytes, CloneDecoder(limits: CloneLimits(depth: depth)))
      decoder = CloneDecoder()
      decoder.maximumDepth = depth
      expectSame(bytes, decoder)
    }
    for limits in [
      CloneLimits(inputSize: 50), CloneLimits(nodes: 3), CloneLimits(arrayLength: 2),
      CloneLimits(stringLength: 5), CloneLimits(memory: 100),
    ] { expectSame(bytes, CloneDecoder(limits: limits)) }
    for profile in CloneProfile.engines { expectSame(bytes, CloneDecoder(profile: profile)) }
  }

  @Test func `errors while writing are those of the encoder`() throws {
    var encoder = CloneEncoder()
    encoder.nonFiniteNumberEncodingStrategy = .throw
    encoder.largeIntegerEncodingStrategy = .throw
    var user = Self.user
    expectSameError(user, encoder)
    user.large = 0
    user.home?.position[1] = .nan
    expectSameError([user, user], encoder)
    user = Self.user
    user.large = 0
    user.ratio = .infinity
    expectSameError(user, encoder)
  }

  private func expectSameError<T: Encodable & CloneWritable>(_ value: T, _ encoder: CloneEncoder) {
    let expected = #expect(throws: EncodingError.self) { try encoder.encode(value) }
    let found = #expect(throws: EncodingError.self) { try encoder.write(value) }
    #expect(names(found?.context?.codingPath ?? []) == names(expected?.context?.codingPath ?? []))
    #expect(found?.context?.debugDescription == expected?.context?.debugDescription)
  }

  /// Integers of 32 bits travel as such, all others as doubles, and every NaN is the canonical one.
  @Test func `rows of numbers`() throws {
    let numbers = [
      0.5, -0.5, 0, -0.0, 1, -1, 2_147_483_647, 2_147_483_648, -2_147_483_648, -2_147_483_649,
      2_147_483_647.5, 0x1p51, 0x1p51 + 0.5, 0x1p52, 0x1p52 + 1, 0x1p53, -0x1p52, 1e300,
      .leastNonzeroMagnitude,
      .infinity, -.infinity, .nan, Double(bitPattern: 0xFFF8_0000_0000_0001), .pi,
    ]
    // As long as what the writer has room for at first, and longer; and small ones only.
    for count in 0..<300 {
      let row =
        count % 10 == 9
        ? [Double](repeating: 1e-200, count: count)
        : (0..<count).map { numbers[($0 * 7 + count) % numbers.count] }
      let expected = try CloneValue.array(CloneArray(row.map { .number($0) })).encoded()
      #expect(try CloneEncoder().write(row) == expected)
      #expect(try CloneEncoder().encode(row) == expected)
      let fractions = row.map { $0.isFinite ? $0 + 0.25 : 0.25 }
      #expect(
        try CloneDecoder().read([Double].self, from: CloneEncoder().write(fractions)) == fractions)
    }
  }
}

extension DirectTests.User: CloneObjectReadable, CloneObjectWritable {
  init(properties reader: inout CloneReader) throws {
    id = try reader.read("id")
    name = try reader.read("name")
    score = try reader.read("score")
    active = try reader.read("active")
    tags = try reader.read("tags")
    home = try reader.readIfPresent("home")
    visits = try reader.read("visits")
    ratio = try reader.read("ratio")
    small = try reader.read("small")
    large = try reader.read("large")
    since = try reader.read("since")
    note = try reader.readIfPresent("note")
  }

  func writeProperties(to writer: inout CloneWriter) throws {
    try writer.write(id, as: "id")
    try writer.write(name, as: "name")
    try writer.write(score, as: "score")
    try writer.write(active, as: "active")
    try writer.write(tags, as: "tags")
    try writer.writeIfPresent(home, as: "home")
    try writer.write(visits, as: "visits")
    try writer.write(ratio, as: "ratio")
    try writer.write(small, as: "small")
    try writer.write(large, as: "large")
    try writer.write(since, as: "since")
    try writer.writeIfPresent(note, as: "note")
  }
}

extension DirectTests.Address: CloneObjectReadable, CloneObjectWritable {
  init(properties reader: inout CloneReader) throws {
    street = try reader.read("street")
    number = try reader.readIfPresent("number")
    position = try reader.read("position")
  }

  func writeProperties(to writer: inout CloneWriter) throws {
    try writer.write(street, as: "street")
    try writer.writeIfPresent(number, as: "number")
    try writer.write(position, as: "position")
  }
}

extension DirectTests.Visit: CloneObjectReadable, CloneObjectWritable {
  init(properties reader: inout CloneReader) throws {
    day = try reader.read("day")
    pages = try reader.read("pages")
  }

  func writeProperties(to writer: inout CloneWriter) throws {
    try writer.write(day, as: "day")
    try writer.write(pages, as: "pages")
  }
}
