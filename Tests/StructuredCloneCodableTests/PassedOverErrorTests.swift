import StructuredClone
import StructuredCloneCodable
import Testing
import _CloneFixtures

/// Errors that types pass over, with `try?`.
struct PassedOverErrorTests {
  struct Refused: Error {}

  /// Cannot be written.
  struct Failing: Encodable {
    enum Keys: CodingKey { case begun }
    var begins = false

    func encode(to encoder: any Encoder) throws {
      if begins {
        var container = encoder.container(keyedBy: Keys.self)
        try container.encode(1, forKey: .begun)
      }
      throw Refused()
    }
  }

  struct Object: Encodable {
    enum Keys: CodingKey { case bad, good }
    let bad: (inout KeyedEncodingContainer<Keys>) throws -> Void

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Keys.self)
      try? bad(&container)
      try container.encode(1, forKey: .good)
    }
  }

  private func expectGood(
    sourceLocation: SourceLocation = #_sourceLocation,
    _ bad: @escaping (inout KeyedEncodingContainer<Object.Keys>) throws -> Void
  ) throws {
    var encoder = CloneEncoder()
    encoder.nonFiniteNumberEncodingStrategy = .throw
    let good: CloneValue = ["good": 1]
    #expect(
      try hex(encoder.encode(Object(bad: bad))) == hex(good.encoded()),
      sourceLocation: sourceLocation)
    let two: CloneValue = [good.detached(), good.detached()]
    #expect(
      try hex(encoder.encode([Object(bad: bad), Object(bad: bad)])) == hex(two.encoded()),
      sourceLocation: sourceLocation)
  }

  @Test func `a property that cannot be written is none`() throws {
    try expectGood { try $0.encode(Double.nan, forKey: .bad) }
    try expectGood { try $0.encode([1.5, .nan], forKey: .bad) }
    try expectGood { try $0.encode(Failing(), forKey: .bad) }
    try expectGood { try $0.encode(Failing(begins: true), forKey: .bad) }
    try expectGood { try $0.encode([Failing(), Failing(begins: true)], forKey: .bad) }
    try expectGood { try $0.encode(["a": Failing(begins: true)], forKey: .bad) }
    try expectGood { try $0.encode(Failing?.some(Failing()), forKey: .bad) }
  }

  @Test func `an element that cannot be written is undefined`() throws {
    struct List: Encodable {
      func encode(to encoder: any Encoder) throws {
        var container = encoder.unkeyedContainer()
        try container.encode(1)
        try? container.encode(Failing(begins: true))
        try? container.encode(Double.nan)
        try container.encode(2)
      }
    }
    var encoder = CloneEncoder()
    encoder.nonFiniteNumberEncodingStrategy = .throw
    let expected: CloneValue = [1, .undefined, .undefined, 2]
    #expect(try hex(encoder.encode(List())) == hex(expected.encoded()))
  }

  @Test func `a single value that cannot be written is an empty object`() throws {
    struct Single: Encodable {
      func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try? container.encode([1.5, .nan])
      }
    }
    var encoder = CloneEncoder()
    encoder.nonFiniteNumberEncodingStrategy = .throw
    #expect(try hex(encoder.encode(Single())) == hex(CloneValue.object(CloneObject()).encoded()))
  }

  final class Parent: Encodable {
    enum Keys: CodingKey { case good, child }
    final class Child: Encodable { func encode(to encoder: any Encoder) throws { throw Refused() } }

    let child = Child()

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Keys.self)
      try container.encode(1, forKey: .good)
      try? container.encode(child, forKey: .child)
    }
  }

  @Test(arguments: [CloneEncoder.IdentityEncodingStrategy.ignored, .references])
  func `an instance that failed is no cycle when it is met again`(
    identity: CloneEncoder.IdentityEncodingStrategy
  ) throws {
    var encoder = CloneEncoder()
    encoder.identityEncodingStrategy = identity
    let parent = Parent()
    let object: CloneValue = ["good": 1]
    let expected: CloneValue =
      identity == .references ? [object, object] : [object, object.detached()]
    #expect(try hex(encoder.encode([parent, parent])) == hex(expected.encoded()))
  }

  @Test func `errors that nobody passes over are thrown, whatever was passed over before`() {
    struct Late: Encodable {
      func encode(to encoder: any Encoder) throws {
        var container = encoder.unkeyedContainer()
        try? container.encode(Failing())
        throw Refused()
      }
    }
    #expect(throws: Refused.self) { try CloneEncoder().encode(Late()) }
  }

  @Test func `a type that writes itself cannot pass over an error`() {
    struct Direct: CloneObjectWritable {
      func writeProperties(to writer: inout CloneWriter) throws {
        try? writer.write(Double.nan, as: "bad")
        try writer.write(1, as: "good")
      }
    }
    struct Own: CloneWritable {
      func write(to writer: inout CloneWriter) throws { throw Refused() }
    }
    struct DirectOwn: CloneObjectWritable {
      func writeProperties(to writer: inout CloneWriter) throws {
        try? writer.write([Own()], as: "bad")
        try writer.write(1, as: "good")
      }
    }
    var encoder = CloneEncoder()
    encoder.nonFiniteNumberEncodingStrategy = .throw
    let error = #expect(throws: EncodingError.self) { try encoder.write(Direct()) }
    guard case .invalidValue(let value, _)? = error else { return }
    #expect((value as? Double)?.isNaN == true)
    #expect(throws: Refused.self) { try encoder.write(DirectOwn()) }
  }
}
