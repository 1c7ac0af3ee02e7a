import Dispatch
import StructuredClone
import StructuredCloneCodable
import Synchronization
import Testing
import _CloneFixtures

/// Arrays, which the coders read and write without a container.
struct ArrayTests {
  struct Point: Codable, Hashable { var x, y: Int }

  private let first: CloneValue = ["x": 1, "y": 2]
  private let second: CloneValue = ["x": 3, "y": 4]

  @Test func `elements are those of any list`() throws {
    let expected = [Point(x: 1, y: 2), Point(x: 3, y: 4)]
    try expectRoundTrip(expected, [first, second])
    try expectRoundTrip(ContiguousArray(expected), [first, second])
    #expect(try decode([Point].self, .set(CloneSet([first, second]))) == expected)
    #expect(try decode([Point].self, .map(CloneMap([(first, second)]))) == expected)
    try expectRoundTrip([[Point]](), [])
    try expectRoundTrip([[], [Point(x: 1, y: 2)], []], [[], [first], []])
    try expectRoundTrip([Point(x: 1, y: 2), nil], [first, nil])
  }

  @Test func `a hole is nil, or no element`() throws {
    let array = CloneValue.array(CloneArray(holey: [first, nil]))
    #expect(try decode([Point?].self, array) == [Point(x: 1, y: 2), nil])
    let error = #expect(throws: DecodingError.self) { try decode([Point].self, array) }
    #expect(names(error?.context?.codingPath ?? []) == "1")
  }

  @Test func `an array that is something else is an error`() throws {
    expectError(
      [Point].self, try CloneValue.number(1).encoded(), at: "", offset: 2,
      .unexpectedValue(expected: "Array<Any>", found: "a number"))
    expectError(
      [[Point]].self, try ([1] as CloneValue).encoded(), at: "0", offset: 4,
      .unexpectedValue(expected: "Array<Any>", found: "a number"))
    expectError(
      [Point].self, try ([["x": 1, "y": 2], ["x": 3]] as CloneValue).encoded(), at: "1",
      offset: 17, .missingKey("y"))
  }

  /// Counts how many there are.
  final class Counted: Decodable, Sendable {
    static let key = CodingUserInfoKey(rawValue: "counter")

    final class Counter: Sendable {
      let living = Mutex(0)
      let made = Mutex(0)
    }

    let counter: Counter?

    init(from decoder: any Decoder) throws {
      let counter = Counted.key.flatMap { decoder.userInfo[$0] as? Counter }
      self.counter = counter
      counter?.living.withLock { $0 += 1 }
      counter?.made.withLock { $0 += 1 }
      _ = try decoder.singleValueContainer().decode(Int.self)
    }

    deinit { counter?.living.withLock { $0 -= 1 } }
  }

  @Test func `elements before one that cannot be read are given back`() throws {
    let counter = Counted.Counter()
    var decoder = CloneDecoder()
    decoder.userInfo[try #require(Counted.key)] = counter
    let bytes = try ([1, 2, 3, "four", 5] as CloneValue).encoded()
    let error = #expect(throws: DecodingError.self) {
      try decoder.decode([Counted].self, from: bytes)
    }
    #expect(names(error?.context?.codingPath ?? []) == "3")
    #expect(counter.made.withLock { $0 } == 4)
    #expect(counter.living.withLock { $0 } == 0)
    let elements = try decoder.decode(
      [Counted].self, from: ([1, 2, 3] as CloneValue).encoded())
    #expect(elements.count == 3)
    #expect(counter.living.withLock { $0 } == 3)
    withExtendedLifetime(elements) {}
  }

  /// Types and keys that nobody has met before.
  struct Nested<Content: Codable & Equatable & Sendable>: Codable, Equatable, Sendable {
    var content: Content
    var list: [Content]
  }

  private static func roundTrip<Content: Codable & Equatable & Sendable>(
    _ content: Content, depth: Int, _ failures: Failures
  ) {
    let value = Nested(content: content, list: [content])
    let read = try? CloneDecoder().decode(Nested<Content>.self, from: CloneEncoder().encode(value))
    if read != value { failures.count.withLock { $0 += 1 } }
    if depth > 1 { roundTrip(value, depth: depth - 1, failures) }
  }

  private final class Failures: Sendable { let count = Mutex(0) }

  @Test func `threads that meet new types at once`() {
    let failures = Failures()
    DispatchQueue.concurrentPerform(iterations: 16) { _ in
      ArrayTests.roundTrip(Point(x: 1, y: 2), depth: 7, failures)
    }
    #expect(failures.count.withLock { $0 } == 0)
  }
}
