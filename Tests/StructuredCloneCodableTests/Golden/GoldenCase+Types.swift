import Foundation
import StructuredClone
import StructuredCloneCodable

extension GoldenCase {
  static let all = inForms + ofTheirOwn

  struct Empty: Codable, Equatable, Sendable {}

  struct ManyProperties: Codable, Equatable, Sendable {
    var
      property0 = 0, property1 = 1, property2 = 2, property3 = 3, property4 = 4, property5 = 5,
      property6 = 6, property7 = 7,
      property8 = 8, property9 = 9, property10 = 10, property11 = 11, property12 = 12,
      property13 = 13, property14 = 14, property15 = 15,
      property16 = 16, property17 = 17, property18 = 18, property19 = 19, property20 = 20,
      property21 = 21, property22 = 22, property23 = 23,
      property24 = 24, property25 = 25, property26 = 26, property27 = 27, property28 = 28,
      property29 = 29, property30 = 30, property31 = 31,
      property32 = 32, property33 = 33, property34 = 34, property35 = 35, property36 = 36,
      property37 = 37, property38 = 38, property39 = 39
  }

  struct Names: Codable, Equatable, Sendable {
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

  struct Indices: Codable, Equatable, Sendable {
    enum CodingKeys: String, CodingKey {
      case ten = "10"
      case name
      case two = "2"
    }
    var ten = 10, name = 0, two = 2
  }

  struct Account: Codable, Equatable, Sendable {
    struct User: Codable, Equatable, Sendable {
      struct Name: Codable, Equatable, Sendable { var first = "Ada", last = "Lovelace" }
      var id = 7, name = Name(), tags = ["a", "b"]
    }
    var user = User(), ok = true
  }

  struct Item: Codable, Equatable, Sendable { var id: Int, name: String }

  enum Shape: Codable, Equatable, Sendable {
    case point
    case circle(radius: Double)
    case line(Int, Int)
    indirect case group([Shape], name: String?)
  }

  enum Level: Int, Codable, Sendable { case low = -1, high = 9 }

  final class Chain: Codable, Equatable, Sendable {
    let value: Int
    let next: Chain?
    init(_ value: Int, _ next: Chain? = nil) {
      self.value = value
      self.next = next
    }
    static func == (a: Chain, b: Chain) -> Bool { a.value == b.value && a.next == b.next }
  }

  struct Tree: Codable, Equatable, Sendable {
    var value: String
    var children: [Tree] = []
  }

  class Animal: Codable, @unchecked Sendable {
    var name: String
    init(name: String) { self.name = name }
  }

  final class Dog: Animal, @unchecked Sendable {
    enum CodingKeys: String, CodingKey { case barks }
    var barks: Bool
    init(name: String, barks: Bool) {
      self.barks = barks
      super.init(name: name)
    }
    required init(from decoder: any Decoder) throws {
      barks = try decoder.container(keyedBy: CodingKeys.self).decode(Bool.self, forKey: .barks)
      try super.init(from: decoder)
    }
    override func encode(to encoder: any Encoder) throws {
      try super.encode(to: encoder)
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(barks, forKey: .barks)
    }
  }

  final class Cat: Animal, @unchecked Sendable {
    enum CodingKeys: String, CodingKey { case lives }
    var lives: Int
    init(name: String, lives: Int) {
      self.lives = lives
      super.init(name: name)
    }
    required init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: CodingKeys.self)
      lives = try container.decode(Int.self, forKey: .lives)
      try super.init(from: container.superDecoder())
    }
    override func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try super.encode(to: container.superEncoder())
      try container.encode(lives, forKey: .lives)
    }
  }

  /// Its own containers within one another.
  struct Flat: Codable, Equatable, Sendable {
    enum Keys: String, CodingKey { case outer, list }
    enum Inner: String, CodingKey { case a, b }
    var a = 1, b = 2, c = 3, d = 4
    init() {}
    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: Keys.self)
      let outer = try container.nestedContainer(keyedBy: Inner.self, forKey: .outer)
      a = try outer.decode(Int.self, forKey: .a)
      b = try outer.decode(Int.self, forKey: .b)
      var list = try container.nestedUnkeyedContainer(forKey: .list)
      c = try list.decode(Int.self)
      d = try list.decode(Int.self)
    }
    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Keys.self)
      var outer = container.nestedContainer(keyedBy: Inner.self, forKey: .outer)
      var list = container.nestedUnkeyedContainer(forKey: .list)
      // In turn.
      try outer.encode(a, forKey: .a)
      try list.encode(c)
      try outer.encode(b, forKey: .b)
      try list.encode(d)
    }
  }

  struct Tuple: Codable, Equatable, Sendable {
    var text = "x", number = 1, rest = ["a": 1]
    init() {}
    init(from decoder: any Decoder) throws {
      var container = try decoder.unkeyedContainer()
      text = try container.decode(String.self)
      number = try container.decode(Int.self)
      _ = try container.decodeNil()
      rest = try container.decode([String: Int].self)
    }
    func encode(to encoder: any Encoder) throws {
      var container = encoder.unkeyedContainer()
      try container.encode(text)
      try container.encode(number)
      try container.encodeNil()
      try container.encode(rest)
    }
  }

  struct Missing: Codable, Equatable, Sendable { var a: Int?, b: String? }
  struct Snake: Codable, Equatable, Sendable {
    enum CodingKeys: String, CodingKey { case oneTwo, myURLProperty }
    var oneTwo = 1, myURLProperty = 2
  }
  struct CamelSnake: Codable, Equatable, Sendable { var oneTwo = 1, myUrlProperty = 2 }
  struct Dated: Codable, Equatable, Sendable {
    var at = Date(timeIntervalSince1970: 1_600_000_000.123)
  }
  struct Holder: Codable, Equatable, Sendable { var data = Data([1, 2]) }
  struct NegativeZero: Codable, Sendable {
    var value = -0.0
    init() {}
    init(from decoder: any Decoder) throws {
      value = try decoder.singleValueContainer().decode(Double.self)
    }
    func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      try container.encode(value)
    }
  }

  final class Node: Codable, @unchecked Sendable {
    var name: String
    var next: Node?
    init(_ name: String) { self.name = name }
  }
  struct Shared: Codable, Sendable { var first: Node, second: Node, list: [Node] }
  /// A cycle, of which only the beginning can be read.
  struct Cycle: Codable, Sendable {
    var first: Node
    init() {
      first = Node("a")
      first.next = Node("b")
      first.next?.next = first
    }
    init(from decoder: any Decoder) throws {
      enum Keys: String, CodingKey { case name }
      first = Node(try decoder.container(keyedBy: Keys.self).decode(String.self, forKey: .name))
    }
    func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      try container.encode(first)
    }
  }

  struct Values: Codable, Equatable, Sendable {
    var map: CloneMap
    var expression: CloneRegExp
    var error: CloneErrorObject
    static func == (a: Values, b: Values) -> Bool {
      CloneValue.map(a.map) == .map(b.map)
        && CloneValue.regExp(a.expression) == .regExp(b.expression)
        && CloneValue.error(a.error) == .error(b.error)
    }
  }

  struct Message: Codable, Equatable, Sendable {
    struct Document: Codable, Equatable, Sendable {
      var path = "/a", dirty = true, selection = [1, 2]
    }
    struct Options: Codable, Equatable, Sendable { var elapsed = 12.75 }
    struct Arguments: Codable, Equatable, Sendable {
      var document = Document(), options = Options()
      init() {}
      init(from decoder: any Decoder) throws {
        var container = try decoder.unkeyedContainer()
        document = try container.decode(Document.self)
        options = try container.decode(Options.self)
      }
      func encode(to encoder: any Encoder) throws {
        var container = encoder.unkeyedContainer()
        try container.encode(document)
        try container.encode(options)
        try container.encodeNil()
      }
    }
    var id = 4711, channel = "save", args = Arguments()
  }

  /// A coder with a strategy of its own.
  private static func with<Coder, Value>(
    _ coder: Coder, _ path: WritableKeyPath<Coder, Value>, _ value: Value
  ) -> Coder {
    var coder = coder
    coder[keyPath: path] = value
    return coder
  }

  private static let ofTheirOwn: [GoldenCase] = {
    let encoder = CloneEncoder()
    let decoder = CloneDecoder()
    let asMap = with(encoder, \.dictionaryEncodingStrategy, .map)
    let sorted = with(encoder, \.sortsDictionaryKeys, true)
    var sortedMap = asMap
    sortedMap.sortsDictionaryKeys = true
    let references = with(encoder, \.identityEncodingStrategy, .references)
    let nonFinite = [Double.nan, .infinity, -.infinity]
    let areSame: @Sendable ([Double], [Double]) -> Bool = {
      $0.map(\.description) == $1.map(\.description)
    }
    let node = Node("n")
    return [
      GoldenCase("empty structure", Empty()),
      GoldenCase("many properties", ManyProperties()),
      GoldenCase("names", Names()),
      GoldenCase("indices", Indices()),
      GoldenCase("nested structures", Account()),
      GoldenCase(
        "list of structures",
        [Item(id: 1, name: "a"), Item(id: 2, name: "b"), Item(id: 3, name: "c")]),
      GoldenCase("enumeration without values", Shape.point),
      GoldenCase("enumeration with a name", Shape.circle(radius: 1.5)),
      GoldenCase("enumeration with several", Shape.line(1, 2)),
      GoldenCase(
        "recursive enumeration", Shape.group([.point, .group([], name: nil)], name: "n")),
      GoldenCase("integers as raw values", [Level.low, .high]),
      GoldenCase("recursive class", Chain(1, Chain(2, Chain(3)))),
      GoldenCase(
        "tree",
        Tree(
          value: "root",
          children: [Tree(value: "a"), Tree(value: "b", children: [Tree(value: "c")])])),
      GoldenCase("subclass", Dog(name: "Rex", barks: true)) {
        $0.name == $1.name && $0.barks == $1.barks
      },
      GoldenCase("subclass with super", Cat(name: "Tom", lives: 9)) {
        $0.name == $1.name && $0.lives == $1.lives
      },
      GoldenCase("nested containers", Flat()),
      GoldenCase("tuple", Tuple()),
      GoldenCase("range", 1..<5),
      GoldenCase("integer keys", [3: "c", 1: "a", 2: "b"]),
      GoldenCase("sorted dictionary", ["c": 3, "a": 1, "b": 2], sorted),
      GoldenCase("map of strings", ["b": 2, "a": 1], sortedMap),
      GoldenCase("map of doubles", [1.5: "x"]),
      GoldenCase("map of structures", [Point(x: 1, y: 2): [3]]),
      GoldenCase("set of integers", Set([5])),
      GoldenCase("set of strings", Set(["x"])),
      GoldenCase("set as array", Set([5]), with(encoder, \.setEncodingStrategy, .array)),
      GoldenCase(
        "missing as null", Missing(), with(encoder, \.missingValueEncodingStrategy, .null)),
      GoldenCase(
        "missing as undefined", Missing(),
        with(encoder, \.missingValueEncodingStrategy, .undefined)),
      GoldenCase("nil as undefined", [1, nil], with(encoder, \.nilEncodingStrategy, .undefined)),
      GoldenCase(
        "snake case", Snake(), with(encoder, \.keyEncodingStrategy, .convertToSnakeCase),
        with(
          decoder, \.keyDecodingStrategy,
          .custom { path in
            path.last?.stringValue == "one_two"
              ? Snake.CodingKeys.oneTwo : Snake.CodingKeys.myURLProperty
          })),
      GoldenCase(
        "date as text", Dated(), with(encoder, \.dateEncodingStrategy, .iso8601),
        with(decoder, \.dateDecodingStrategy, .iso8601)),
      GoldenCase(
        "date as seconds", Dated(), with(encoder, \.dateEncodingStrategy, .secondsSince1970),
        with(decoder, \.dateDecodingStrategy, .secondsSince1970)),
      GoldenCase(
        "date as milliseconds", Dated(),
        with(encoder, \.dateEncodingStrategy, .millisecondsSince1970),
        with(decoder, \.dateDecodingStrategy, .millisecondsSince1970)),
      GoldenCase(
        "data as buffer", Holder(), with(encoder, \.dataEncodingStrategy, .arrayBuffer)),
      GoldenCase("data as numbers", Holder(), with(encoder, \.dataEncodingStrategy, .numbers)),
      GoldenCase(
        "data as text", Holder(), with(encoder, \.dataEncodingStrategy, .base64),
        with(decoder, \.dataDecodingStrategy, .base64)),
      GoldenCase("data as Buffer", Holder(), with(encoder, \.dataEncodingStrategy, .nodeBuffer)),
      GoldenCase(
        "large integers as text", [UInt64.max],
        with(encoder, \.largeIntegerEncodingStrategy, .string),
        with(decoder, \.largeIntegerDecodingStrategy, .numberOrString)),
      GoldenCase("not finite", nonFinite, isEqual: areSame),
      GoldenCase(
        "not finite as text", nonFinite,
        with(
          encoder, \.nonFiniteNumberEncodingStrategy,
          .convertToString(positiveInfinity: "+inf", negativeInfinity: "-inf", nan: "nan")),
        with(
          decoder, \.nonFiniteNumberDecodingStrategy,
          .convertFromString(positiveInfinity: "+inf", negativeInfinity: "-inf", nan: "nan")),
        isEqual: areSame),
      GoldenCase("negative zero", NegativeZero()) {
        $0.value == $1.value && $1.value.sign == .minus
      },
      GoldenCase(
        "shared instance", Shared(first: node, second: node, list: [node]), references,
        with(decoder, \.identityDecodingStrategy, .references)
      ) { a, b in
        [a, b].allSatisfy { $0.first === $0.second && $0.list.first === $0.first }
          && a.first.name == b.first.name
      },
      GoldenCase("cyclic instance", Cycle(), references) { $0.first.name == $1.first.name },
      GoldenCase(
        "values of the package",
        Values(
          map: CloneMap([("k", .set(CloneSet([1])))]),
          expression: CloneRegExp("a+", flags: .global),
          error: CloneErrorObject(.rangeError, message: "m", stack: "s"))),
      GoldenCase("long array", Array(0..<1000)),
      GoldenCase("long array of text", (0..<300).map { "名\($0)" }),
      GoldenCase("message", Message()),
    ]
  }()
}
