import Foundation
import StructuredClone
import StructuredCloneCodable
import Testing

/// Arrays, single values, enumerations, classes.
struct TypeTests {
  @Test func `arrays of everything`() throws {
    try expectRoundTrip([1, 2, 3], [1, 2, 3])
    try expectRoundTrip([Int](), .array(CloneArray()))
    try expectRoundTrip([1.5, -0.5], [1.5, -0.5])
    try expectRoundTrip(["a", "ä", "あ", ""], ["a", "ä", "あ", ""])
    try expectRoundTrip([true, false], [true, false])
    try expectRoundTrip([[1], [], [2, 3]], [[1], [], [2, 3]])
    try expectRoundTrip([Int?.none, 1], [nil, 1])
    try expectRoundTrip([[String: Int]()], [.object(CloneObject())])
    try expectRoundTrip(ContiguousArray([1, 2]), [1, 2])
    try expectRoundTrip(Array(0..<1000), .array(CloneArray((0..<1000).map { .number(Double($0)) })))
    try expectRoundTrip(
      (0..<1000).map { Int8(truncatingIfNeeded: $0) },
      .array(CloneArray((0..<1000).map { .number(Double(Int8(truncatingIfNeeded: $0))) })))
  }

  @Test func `single values at the root`() throws {
    try expectRoundTrip(1, 1)
    try expectRoundTrip("text", "text")
    try expectRoundTrip("größe 名前 👍🏽", "größe 名前 👍🏽")
    try expectRoundTrip(true, true)
    try expectRoundTrip(1.5, 1.5)
    try expectRoundTrip(Int?.none, nil)
    try expectRoundTrip(Int?.some(1), 1)
    try expectRoundTrip(1..<5, [1, 5])
    try expectRoundTrip(1...5, [1, 5])
  }

  @Test func `wrappers are what they wrap`() throws {
    struct Wrapper<Content: Codable & Equatable>: Codable, Equatable {
      var content: Content
      init(_ content: Content) { self.content = content }
      init(from decoder: any Decoder) throws {
        content = try decoder.singleValueContainer().decode(Content.self)
      }
      func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(content)
      }
    }
    try expectRoundTrip(Wrapper(1), 1)
    try expectRoundTrip(Wrapper(["a": Wrapper([Wrapper("x")])]), ["a": ["x"]])
    try expectRoundTrip(
      Wrapper(Wrapper(Date(timeIntervalSince1970: 1))), .date(.init(millisecondsSince1970: 1000)))
    try expectRoundTrip([Wrapper(Int?.none)], [nil])
  }

  enum Shape: Codable, Equatable {
    case point
    case circle(radius: Double)
    case line(Int, Int)
    indirect case group([Shape], name: String?)
  }

  enum Colour: String, Codable, Equatable { case red, green }
  enum Level: Int, Codable, Equatable { case low = -1, high = 9 }

  @Test func `enumerations, as the compiler writes them`() throws {
    try expectRoundTrip(Shape.point, ["point": .object(CloneObject())])
    try expectRoundTrip(Shape.circle(radius: 1.5), ["circle": ["radius": 1.5]])
    try expectRoundTrip(Shape.line(1, 2), ["line": ["_0": 1, "_1": 2]])
    try expectRoundTrip(
      Shape.group([.point, .group([], name: nil)], name: "n"),
      [
        "group": [
          "_0": [["point": .object(CloneObject())], ["group": ["_0": []]]], "name": "n",
        ]
      ])
    try expectRoundTrip([Colour.red, .green], ["red", "green"])
    try expectRoundTrip([Level.low, .high], [-1, 9])
    #expect(throws: DecodingError.self) { try decode(Colour.self, "blue") }
    #expect(throws: DecodingError.self) { try decode(Level.self, 0) }
    #expect(throws: DecodingError.self) { try decode(Shape.self, ["square": 1]) }
    #expect(throws: DecodingError.self) {
      try decode(Shape.self, ["point": .object(CloneObject()), "line": ["_0": 1, "_1": 2]])
    }
  }

  // MARK: - Classes

  class Animal: Codable {
    var name: String
    init(name: String) { self.name = name }
  }

  /// Writes what its superclass writes beside its own.
  final class Dog: Animal {
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

  /// Writes what its superclass writes under `super`.
  final class Cat: Animal {
    enum CodingKeys: String, CodingKey { case lives, other = "super" }
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

  @Test func `inheritance`() throws {
    let dog = Dog(name: "Rex", barks: true)
    #expect(try written(dog) == ["name": "Rex", "barks": true])
    let other = try decode(Dog.self, ["name": "Rex", "barks": true])
    #expect(other.name == "Rex" && other.barks)
    #expect(try decode(Animal.self, ["name": "Rex", "barks": true]).name == "Rex")
    #expect(try written(dog as Animal) == ["name": "Rex", "barks": true])
    let cat = Cat(name: "Tom", lives: 9)
    #expect(
      try written([cat, cat]) == [
        ["super": ["name": "Tom"], "lives": 9], ["super": ["name": "Tom"], "lives": 9],
      ])
    let read = try decode(Cat.self, ["lives": 9, "super": ["name": "Tom"]])
    #expect(read.name == "Tom" && read.lives == 9)
    #expect(throws: DecodingError.self) { try decode(Cat.self, ["lives": 9]) }
  }

  @Test func `super coders of arrays`() throws {
    struct Pair: Codable, Equatable {
      var a = 1, b = ["x"]
      init() {}
      init(from decoder: any Decoder) throws {
        var container = try decoder.unkeyedContainer()
        a = try Int(from: container.superDecoder())
        b = try [String](from: container.superDecoder())
        #expect(throws: DecodingError.self) { try container.superDecoder() }
      }
      func encode(to encoder: any Encoder) throws {
        var container = encoder.unkeyedContainer()
        try a.encode(to: container.superEncoder())
        try b.encode(to: container.superEncoder())
      }
    }
    try expectRoundTrip(Pair(), [1, ["x"]])
  }
}
