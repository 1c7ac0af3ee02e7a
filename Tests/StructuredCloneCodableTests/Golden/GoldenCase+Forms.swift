import Foundation
import StructuredClone

/// A structure of any property.
struct Box<Content: Codable & Equatable & Sendable>: Codable, Equatable, Sendable {
  var content: Content
}

/// A structure of two properties.
struct Pair<Content: Codable & Equatable & Sendable>: Codable, Equatable, Sendable {
  var first: Content
  var second: Content
}

/// A structure whose properties may be missing.
struct Maybe<Content: Codable & Equatable & Sendable>: Codable, Equatable, Sendable {
  var some: Content?
  var none: Content?
}

/// An enumeration of values.
enum Choice<Content: Codable & Equatable & Sendable>: Codable, Equatable, Sendable {
  case one(Content)
  case none
}

enum Colour: String, Codable, Sendable { case red, green }

struct Point: Codable, Hashable, Sendable {
  var x: Int
  var y: Int
}

extension GoldenCase {
  /// A type in every form.
  private static func forms<T: Codable & Equatable & Sendable>(
    _ name: String, _ a: T, _ b: T
  ) -> [GoldenCase] {
    [
      GoldenCase(name, a),
      GoldenCase("\(name) Array", [a, b]),
      GoldenCase("\(name) Optionals", [a, nil, b] as [T?]),
      GoldenCase("\(name) Nested", [[a], [], [b]]),
      GoldenCase("\(name) Dictionary", ["key": a]),
      GoldenCase("\(name) Lists", ["list": [a, b]]),
      GoldenCase("\(name) Box", Box(content: a)),
      GoldenCase("\(name) Pair", Pair(first: a, second: b)),
      GoldenCase("\(name) Maybe", Maybe(some: a)),
      GoldenCase("\(name) Choice", Choice.one(a)),
    ]
  }

  /// Text, in another type than `String` so that its cases have names of their own.
  struct Text: Codable, Equatable, Sendable {
    var text: String
    init(_ text: String) { self.text = text }
    init(from decoder: any Decoder) throws {
      text = try decoder.singleValueContainer().decode(String.self)
    }
    func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      try container.encode(text)
    }
  }

  static let inForms: [GoldenCase] = {
    var cases = forms("Bool", true, false)
    cases += forms("Int", -(1 << 40), 1 << 40)
    cases += forms("Int8", Int8.min, Int8.max)
    cases += forms("Int16", Int16.min, Int16.max)
    cases += forms("Int32", Int32.min, Int32.max)
    cases += forms("Int64", -(Int64(1) << 53), Int64.min)
    cases += forms("Int128", Int128(0), Int128.min)
    cases += forms("UInt", UInt(0), UInt(1) << 63)
    cases += forms("UInt8", UInt8.min, UInt8.max)
    cases += forms("UInt16", UInt16.min, UInt16.max)
    cases += forms("UInt32", UInt32.max - 1, UInt32.max)
    cases += forms("UInt64", UInt64(1) << 53, UInt64.max)
    cases += forms("UInt128", UInt128(0), UInt128.max)
    cases += forms("Double", 1.5, -1e300)
    cases += forms("Float", Float(0.25), Float(-1.5))
    cases += forms("String", "text", "größe")
    cases += forms("WideString", Text("名前"), Text("👍🏽!"))
    cases += forms(
      "Date", Date(timeIntervalSince1970: 1_600_000_000.123),
      Date(timeIntervalSince1970: -0.001))
    cases += forms("Data", Data([0, 127, 255]), Data())
    if let first = URL(string: "https://example.com/a?b=c#d"),
      let second = URL(string: "file:///tmp/x")
    {
      cases += forms("URL", first, second)
    }
    if let first = UUID(uuidString: "E621E1F8-C36C-495A-93FC-0C247A3E6E5F"),
      let second = UUID(uuidString: "00000000-0000-0000-0000-000000000000")
    {
      cases += forms("UUID", first, second)
    }
    if let first = Decimal(string: "0.1"), let second = Decimal(string: "-12345678901234567890") {
      cases += forms("Decimal", first, second)
    }
    cases += forms(
      "CloneValue", CloneValue.map(CloneMap([(1, .undefined)])), CloneValue.boolean(true))
    cases += forms("CloneBigInt", CloneBigInt(0), CloneBigInt(-(Int128(1) << 100)))
    cases += forms("Colour", Colour.red, Colour.green)
    cases += forms("Point", Point(x: 1, y: -2), Point(x: 0, y: 3))
    return cases
  }()
}
