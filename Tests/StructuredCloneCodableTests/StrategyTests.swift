import Foundation
import NodeClone
import StructuredClone
import StructuredCloneCodable
import Synchronization
import Testing

/// Every strategy, both ways.
struct StrategyTests {
  // MARK: - Dates

  private let date = Date(timeIntervalSince1970: 1_600_000_000.123)

  @Test func `dates are JavaScript's`() throws {
    try expectRoundTrip(date, .date(CloneDate(millisecondsSince1970: 1_600_000_000_123)))
    try expectRoundTrip(
      ["at": date], ["at": .date(CloneDate(millisecondsSince1970: 1_600_000_000_123))])
    try expectRoundTrip(
      Date(timeIntervalSince1970: -1), .date(CloneDate(millisecondsSince1970: -1000)))
  }

  @Test func `dates as text, seconds, milliseconds, by themselves and by closures`() throws {
    var encoder = CloneEncoder()
    var decoder = CloneDecoder()
    encoder.dateEncodingStrategy = .iso8601
    decoder.dateDecodingStrategy = .iso8601
    try expectRoundTrip(date, "2020-09-13T12:26:40.123Z", encoder, decoder)
    #expect(
      try decode(Date.self, "2020-09-13T12:26:40Z", decoder)
        == Date(timeIntervalSince1970: 1_600_000_000))
    encoder.dateEncodingStrategy = .secondsSince1970
    decoder.dateDecodingStrategy = .secondsSince1970
    try expectRoundTrip(date, 1_600_000_000.123, encoder, decoder)
    encoder.dateEncodingStrategy = .millisecondsSince1970
    decoder.dateDecodingStrategy = .millisecondsSince1970
    try expectRoundTrip(date, 1_600_000_000_123, encoder, decoder)
    encoder.dateEncodingStrategy = .deferredToDate
    decoder.dateDecodingStrategy = .deferredToDate
    try expectRoundTrip(
      date, .number(date.timeIntervalSinceReferenceDate), encoder, decoder)
    encoder.dateEncodingStrategy = .custom { date, encoder in
      var container = encoder.unkeyedContainer()
      try container.encode(Int(date.timeIntervalSince1970))
      try container.encode(names(encoder.codingPath))
    }
    decoder.dateDecodingStrategy = .custom { decoder in
      var container = try decoder.unkeyedContainer()
      return Date(timeIntervalSince1970: try container.decode(Double.self))
    }
    let whole = Date(timeIntervalSince1970: 5)
    try expectRoundTrip(["d": [whole]], ["d": [[5, "d.0"]]], encoder, decoder)
  }

  @Test func `dates that cannot be read`() throws {
    #expect(throws: DecodingError.self) { try decode(Date.self, .date(.invalid)) }
    #expect(throws: DecodingError.self) { try decode(Date.self, 1) }
    var decoder = CloneDecoder()
    decoder.dateDecodingStrategy = .iso8601
    #expect(throws: DecodingError.self) { try decode(Date.self, "yesterday", decoder) }
    #expect(throws: DecodingError.self) { try decode(Date.self, .date(.invalid), decoder) }
  }

  // MARK: - Data

  private let data = Data([0, 1, 127, 128, 255])
  private let bytes: [UInt8] = [0, 1, 127, 128, 255]

  @Test func `data as a Uint8Array, a buffer, a Buffer, numbers and text`() throws {
    let buffer = CloneArrayBuffer(bytes)
    let view = try #require(CloneArrayBufferView(.uint8, on: buffer))
    try expectRoundTrip(["d": data], ["d": .arrayBufferView(view)])
    var encoder = CloneEncoder()
    encoder.dataEncodingStrategy = .arrayBuffer
    try expectRoundTrip(["d": data], ["d": .arrayBuffer(buffer)], encoder)
    encoder.dataEncodingStrategy = .numbers
    try expectRoundTrip(["d": data], ["d": [0, 1, 127, 128, 255]], encoder)
    encoder.dataEncodingStrategy = .nodeBuffer
    let node = try encoder.encode(["d": data])
    #expect(node == (try NodeV8.serialize(["d": NodeBuffer(bytes).value])))
    #expect(try CloneDecoder().decode([String: Data].self, from: node) == ["d": data])
    encoder.dataEncodingStrategy = .base64
    var decoder = CloneDecoder()
    decoder.dataDecodingStrategy = .base64
    try expectRoundTrip(["d": data], ["d": "AAF/gP8="], encoder, decoder)
    #expect(throws: DecodingError.self) { try decode(Data.self, "?", decoder) }
    #expect(throws: DecodingError.self) { try decode(Data.self, [256]) }
    #expect(throws: DecodingError.self) { try decode(Data.self, "text") }
  }

  @Test func `data from a part of a buffer and from Node's views`() throws {
    let view = try #require(
      CloneArrayBufferView(.uint8, on: CloneArrayBuffer(bytes), byteOffset: 1, byteLength: 2))
    #expect(try decode(Data.self, .arrayBufferView(view)) == Data([1, 127]))
    #expect(
      try CloneDecoder().decode(
        Data.self, from: NodeV8.serialize(.arrayBufferView(view))) == Data([1, 127]))
  }

  @Test func `data by closures`() throws {
    var encoder = CloneEncoder()
    var decoder = CloneDecoder()
    encoder.dataEncodingStrategy = .custom { data, encoder in
      var container = encoder.singleValueContainer()
      try container.encode(data.count)
    }
    decoder.dataDecodingStrategy = .custom { decoder in
      Data(count: try decoder.singleValueContainer().decode(Int.self))
    }
    try expectRoundTrip([Data(count: 3)], [3], encoder, decoder)
  }

  @Test func `bytes as an array of numbers, and any typed array as an array`() throws {
    try expectRoundTrip(bytes, [0, 1, 127, 128, 255])
    let doubles = try #require(
      CloneArrayBufferView(
        .float64, on: CloneArrayBuffer([0, 0, 0, 0, 0, 0, 0xF8, 0x3F])))
    #expect(try decode([Double].self, .arrayBufferView(doubles)) == [1.5])
    #expect(try decode([Float].self, .arrayBufferView(doubles)) == [1.5])
    #expect(
      try CloneDecoder().decode(
        [Double].self, from: NodeV8.serialize(.arrayBufferView(doubles))) == [1.5])
  }

  // MARK: - Missing values and nil

  struct Optionals: Codable, Equatable {
    var a: Int?
    var b: String?
    var c: [Int?]?
    var d = [1, nil] as [Int?]
  }

  @Test func `missing values are absent, null or undefined`() throws {
    try expectRoundTrip(Optionals(), ["d": [1, nil]])
    var encoder = CloneEncoder()
    encoder.missingValueEncodingStrategy = .null
    try expectRoundTrip(Optionals(), ["a": nil, "b": nil, "c": nil, "d": [1, nil]], encoder)
    encoder.missingValueEncodingStrategy = .undefined
    encoder.nilEncodingStrategy = .undefined
    try expectRoundTrip(
      Optionals(), ["a": .undefined, "b": .undefined, "c": .undefined, "d": [1, .undefined]],
      encoder)
    try expectRoundTrip(Int?.none, .undefined, encoder)
    try expectRoundTrip(["a": Int?.none], ["a": .undefined], encoder)
  }

  @Test func `holes are nil`() throws {
    var array = CloneArray()
    array[0] = 1
    array[3] = 4
    #expect(try decode([Int?].self, .array(array)) == [1, nil, nil, 4])
  }

  // MARK: - Keys

  struct Snake: Codable, Equatable {
    var oneTwo = 1, myURLProperty = 2, _private = 3, version10Beta = 4
    var map = ["keyOfDictionary": 5]
  }

  @Test func `keys in snake case, but not those of dictionaries`() throws {
    var encoder = CloneEncoder()
    var decoder = CloneDecoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    let expected: CloneValue = [
      "one_two": 1, "my_url_property": 2, "_private": 3, "version10_beta": 4,
      "map": ["keyOfDictionary": 5],
    ]
    #expect(try written(Snake(), encoder) == expected)
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    struct Camel: Codable, Equatable {
      var oneTwo = 1, myUrlProperty = 2, _private = 3, version10Beta = 4
      var map = ["keyOfDictionary": 5]
    }
    #expect(try decode(Camel.self, expected, decoder) == Camel())
  }

  @Test(arguments: [
    ("", ""), ("a", "a"), ("A", "a"), ("ID", "i_d"), ("URLSession", "u_rl_session"),
    ("_ID", "__id"), ("already_Snake", "already__snake"), ("oneTwoThree", "one_two_three"),
    ("myURL", "my_url"), ("_oneTwo_", "_one_two_"), ("already_snake", "already_snake"),
    ("x1y2", "x1y2"), ("aB", "a_b"), ("dataÄhnlich", "data_ähnlich"),
  ])
  func `snake case is Foundation's`(_ key: String, _ name: String) throws {
    struct Value: Encodable {
      let key: Name
      func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Name.self)
        try container.encode(1, forKey: key)
      }
    }
    var encoder = CloneEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    let value = Value(key: Name(key))
    let expected: [(ClonePropertyKey, CloneValue)] = [(ClonePropertyKey(name), 1)]
    #expect(try written(value, encoder) == .object(CloneObject(expected)))
    let json = JSONEncoder()
    json.keyEncodingStrategy = .convertToSnakeCase
    #expect(String(decoding: try json.encode(value), as: UTF8.self) == "{\"\(name)\":1}")
  }

  /// A container and those in it are read in turn; what a closure makes of the keys of one is not asked for again for each.
  @Test func `keys are converted once for containers that are read in turn`() throws {
    struct Table: Decodable {
      var sum = 0
      init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Name.self)
        for key in container.allKeys {
          let row = try container.nestedContainer(keyedBy: Name.self, forKey: key)
          for column in row.allKeys { sum += try row.decode(Int.self, forKey: column) }
        }
      }
    }
    let count = 3000
    let rows = (0..<count).map { (ClonePropertyKey("ROW\($0)"), ["COLUMN": 1] as CloneValue) }
    var decoder = CloneDecoder()
    let calls = Mutex(0)
    decoder.keyDecodingStrategy = .custom { path in
      calls.withLock { $0 += 1 }
      return Name(path[path.count - 1].stringValue.lowercased())
    }
    let table = try decode(Table.self, .object(CloneObject(rows)), decoder)
    #expect(table.sum == count)
    #expect(calls.withLock { $0 } <= 4 * count)
  }

  @Test func `keys by closures, which see the path`() throws {
    struct Outer: Codable, Equatable {
      struct Inner: Codable, Equatable { var value = 1 }
      var inner = [Inner()]
    }
    var encoder = CloneEncoder()
    var decoder = CloneDecoder()
    encoder.keyEncodingStrategy = .custom { path in Name(names(path).uppercased()) }
    try #expect(written(Outer(), encoder) == ["INNER": [["INNER.0.VALUE": 1]]])
    decoder.keyDecodingStrategy = .custom { path in
      Name(
        path.last.map { String($0.stringValue.split(separator: ".").last ?? "") }?.lowercased()
          ?? "")
    }
    #expect(try decode(Outer.self, ["INNER": [["INNER.0.VALUE": 1]]], decoder) == Outer())
  }

  struct Name: CodingKey {
    var stringValue: String
    var intValue: Int? { nil }
    init(_ name: String) { stringValue = name }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  // MARK: - Numbers

  @Test func `numbers that are not finite`() throws {
    try expectRoundTrip([Double.infinity, -.infinity], [.number(.infinity), .number(-.infinity)])
    #expect(try written(Double.nan) == .number(.nan))
    #expect(try decode(Double.self, .number(.nan)).isNaN)
    #expect(try decode(Float.self, .number(.infinity)) == .infinity)
    #expect(try CloneEncoder().encode(-0.0) == CloneValue.number(-0.0).encoded())
    #expect(try decode(Double.self, .number(-0.0)).sign == .minus)
    var encoder = CloneEncoder()
    var decoder = CloneDecoder()
    encoder.nonFiniteNumberEncodingStrategy = .throw
    decoder.nonFiniteNumberDecodingStrategy = .throw
    #expect(throws: EncodingError.self) { try encoder.encode(Double.nan) }
    #expect(throws: EncodingError.self) { try encoder.encode([Float.infinity]) }
    #expect(throws: EncodingError.self) { try encoder.encode([1, Double.infinity]) }
    #expect(throws: DecodingError.self) { try decode(Double.self, .number(.nan), decoder) }
    #expect(throws: DecodingError.self) { try decode(Float.self, .number(.infinity), decoder) }
    #expect(throws: DecodingError.self) { try decode([Double].self, [1, .number(.nan)], decoder) }
    encoder.nonFiniteNumberEncodingStrategy = .convertToString(
      positiveInfinity: "+", negativeInfinity: "-", nan: "?")
    decoder.nonFiniteNumberDecodingStrategy = .convertFromString(
      positiveInfinity: "+", negativeInfinity: "-", nan: "?")
    try expectRoundTrip([Double.infinity, -.infinity, 1], ["+", "-", 1], encoder, decoder)
    #expect(try decode(Double.self, "?", decoder).isNaN)
    #expect(throws: DecodingError.self) { try decode(Double.self, "1", decoder) }
  }

  @Test func `integers at the borders of numbers`() throws {
    let limit = 1 << 53
    try expectRoundTrip(
      [Int(Int32.max), Int(Int32.max) + 1, Int(Int32.min) - 1, limit, -limit],
      [
        2_147_483_647, 2_147_483_648, -2_147_483_649, .number(9_007_199_254_740_992),
        .number(-9_007_199_254_740_992),
      ])
    try expectRoundTrip(limit + 1, .bigint(CloneBigInt(limit + 1)))
    try expectRoundTrip(Int64.min, .bigint(CloneBigInt(Int64.min)))
    try expectRoundTrip(UInt64.max, .bigint(CloneBigInt(UInt64.max)))
    try expectRoundTrip(Int128.min, .bigint(CloneBigInt(Int128.min)))
    try expectRoundTrip(UInt128.max, .bigint(CloneBigInt(UInt128.max)))
    try expectRoundTrip(Int128(7), 7)
    #expect(try decode(Int.self, .bigint(5)) == 5)
    #expect(try decode(UInt8.self, .bigint(255)) == 255)
    #expect(throws: DecodingError.self) { try decode(UInt8.self, .bigint(256)) }
    #expect(throws: DecodingError.self) { try decode(UInt8.self, 256) }
    #expect(throws: DecodingError.self) { try decode(UInt.self, -1) }
    #expect(throws: DecodingError.self) { try decode(Int.self, 1.5) }
    #expect(throws: DecodingError.self) { try decode(Int.self, .number(1e300)) }
    #expect(throws: DecodingError.self) { try decode(Int.self, .number(.nan)) }
    #expect(throws: DecodingError.self) { try decode(Float.self, 1e300) }
    #expect(throws: DecodingError.self) { try decode(Int.self, "5") }
    #expect(throws: DecodingError.self) { try decode(Bool.self, 1) }
    #expect(throws: DecodingError.self) { try decode(Int.self, true) }
  }

  @Test func `large integers as strings, or as errors`() throws {
    var encoder = CloneEncoder()
    var decoder = CloneDecoder()
    encoder.largeIntegerEncodingStrategy = .string
    decoder.largeIntegerDecodingStrategy = .numberOrString
    try expectRoundTrip([UInt64.max, 1], ["18446744073709551615", 1], encoder, decoder)
    #expect(throws: DecodingError.self) { try decode(UInt64.self, "1e3", decoder) }
    encoder.largeIntegerEncodingStrategy = .throw
    #expect(throws: EncodingError.self) { try encoder.encode(UInt64.max) }
    #expect(try encoder.encode(1 << 53) == CloneValue.number(9_007_199_254_740_992).encoded())
  }

  @Test func `boxed primitives are read as primitives`() throws {
    func boxed(_ value: CloneValue) -> CloneValue {
      CloneBoxedPrimitive(value).map { .boxedPrimitive($0) } ?? .undefined
    }
    #expect(try decode(Int.self, boxed(3)) == 3)
    #expect(try decode(Double.self, boxed(1.5)) == 1.5)
    #expect(try decode(String.self, boxed("x")) == "x")
    #expect(try decode(Bool.self, boxed(true)))
  }

  // MARK: - Dictionaries and sets

  @Test func `dictionaries are objects`() throws {
    try expectRoundTrip(["a": 1], ["a": 1])
    try expectRoundTrip([String: Int](), .object(CloneObject()))
    try expectRoundTrip([3: "c", 1: "a", 2: "b"], [1: "a", 2: "b", 3: "c"])
    try expectRoundTrip(["10": 1, "9": 2], [9: 2, 10: 1])
    #expect(try decode([Int: String].self, [-1: "m", 5: "p"]) == [-1: "m", 5: "p"])
    #expect(throws: DecodingError.self) { try decode([Int: String].self, ["x": "y"]) }
    enum Unit: String, Codable, CodingKeyRepresentable { case metre, second }
    try expectRoundTrip([Unit.metre: 1.5], ["metre": 1.5])
    #expect(throws: DecodingError.self) { try decode([Unit: Int].self, ["gram": 1]) }
  }

  @Test func `dictionaries are maps`() throws {
    var encoder = CloneEncoder()
    encoder.dictionaryEncodingStrategy = .map
    encoder.sortsDictionaryKeys = true
    func map(_ entries: (CloneValue, CloneValue)...) -> CloneValue { .map(CloneMap(entries)) }
    try expectRoundTrip(["a": 1, "b": 2], map(("a", 1), ("b", 2)), encoder)
    try expectRoundTrip([1.5: "x"], map((1.5, "x")), encoder)
    try expectRoundTrip([[1, 2]: [3]], map(([1, 2], [3])), encoder)
    // What no object can hold is a map in any case.
    try expectRoundTrip([true: 1], map((true, 1)))
    #expect(try decode([String: Int].self, map(("a", 1))) == ["a": 1])
    // As the standard library writes them.
    #expect(try decode([Double: Int].self, [1.5, 2]) == [1.5: 2])
    #expect(throws: DecodingError.self) { try decode([Double: Int].self, ["a": 1]) }
  }

  @Test func `sets are sets or arrays`() throws {
    func set(_ elements: CloneValue...) -> CloneValue { .set(CloneSet(elements)) }
    try expectRoundTrip(Set([5]), set(5))
    try expectRoundTrip(Set<String>(), set())
    var encoder = CloneEncoder()
    encoder.setEncodingStrategy = .array
    try expectRoundTrip(Set([5]), [5], encoder)
    #expect(try decode(Set<Int>.self, [1, 2, 1]) == [1, 2])
    #expect(try decode([Int].self, set(1, 2)) == [1, 2])
  }

  // MARK: - Others

  @Test func `URLs, UUIDs and decimals are strings`() throws {
    try expectRoundTrip(URL(string: "https://example.com/a?b=c"), "https://example.com/a?b=c")
    try expectRoundTrip(
      UUID(uuidString: "E621E1F8-C36C-495A-93FC-0C247A3E6E5F"),
      "E621E1F8-C36C-495A-93FC-0C247A3E6E5F")
    try expectRoundTrip(Decimal(string: "0.1"), "0.1")
    #expect(try decode(Decimal.self, 0.1) == Decimal(string: "0.1"))
    #expect(try decode(Decimal.self, .bigint(12)) == 12)
    #expect(throws: DecodingError.self) { try decode(URL.self, "") }
    #expect(throws: DecodingError.self) { try decode(Decimal.self, "x") }
  }

  @Test func `userInfo reaches types`() throws {
    let key = try #require(CodingUserInfoKey(rawValue: "key"))
    struct Reader: Codable {
      static let key = CodingUserInfoKey(rawValue: "key")
      init() {}
      init(from decoder: any Decoder) throws {
        #expect(Reader.key.flatMap { decoder.userInfo[$0] } as? Int == 5)
      }
      func encode(to encoder: any Encoder) throws {
        #expect(Reader.key.flatMap { encoder.userInfo[$0] } as? Int == 6)
        var container = encoder.singleValueContainer()
        try container.encode(1)
      }
    }
    var encoder = CloneEncoder()
    var decoder = CloneDecoder()
    encoder.userInfo[key] = 6
    decoder.userInfo[key] = 5
    _ = try decoder.decode(Reader.self, from: encoder.encode(Reader()))
  }

  @Test func `a profile's bytes are written`() throws {
    #expect(
      try CloneEncoder(profile: .chromium122).encode([1 << 30, 1])
        == CloneValue.array([1_073_741_824, 1]).encoded(profile: .chromium122))
    for profile in CloneProfile.engines {
      #expect(
        try CloneEncoder(profile: profile).encode(["a": Data([1])])
          == CloneValue.object(
            [
              "a": .arrayBufferView(
                #require(CloneArrayBufferView(.uint8, on: CloneArrayBuffer([1]))))
            ]
          ).encoded(profile: profile), "\(profile)")
    }
  }
}
