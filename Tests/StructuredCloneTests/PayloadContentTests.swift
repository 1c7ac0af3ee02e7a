import StructuredClone
import Testing

/// Containers that are written without being made.
struct PayloadContentTests {
  private func bytes(
    _ content: PayloadContent, limits: CloneLimits = .default
  ) throws(DataCloneError) -> [UInt8] {
    var serializer = ValueSerializer(limits: limits)
    return try serializer.payload(of: content, behindZeros: 2)
  }

  private static let shared: CloneValue = ["a": 1]
  private static let elements: [[CloneValue]] = [
    [], [1], [.undefined, .null, true, -0.0, 1.5, "text", "\u{3B1}"], [["a": [1, 2]]],
    [shared, shared], [shared, 1, ["b": shared]], ["\u{3B1}", ["\u{3B2}": "\u{3B3}"]],
    [CloneValue(String(repeating: "x", count: 5000)), ["y": 1]],
    [.bigint(CloneBigInt(12)), CloneValue([CloneValue](repeating: 7, count: 600))],
  ]

  @Test(arguments: elements)
  func `elements are written as the array that holds them`(elements: [CloneValue]) throws {
    #expect(try bytes(.elements(elements)) == bytes(.value(CloneValue(elements))))
  }

  @Test(arguments: elements)
  func `a property is written as the object that has it`(elements: [CloneValue]) throws {
    for value in elements + [CloneValue(elements)] {
      #expect(try bytes(.property("result", value)) == bytes(.value(["result": value])))
    }
  }

  /// As long as what is written on the stack, and longer: text of one byte a unit and of two.
  private static let texts: [CloneValue] = [0, 1, 15, 16, 500, 990, 1010, 1024, 5000, 40_000]
    .flatMap { count in
      [
        CloneValue(String(repeating: "x", count: count)),
        CloneValue(String(repeating: "\u{3B1}", count: count)),
      ]
    }
  private static let primitives: [CloneValue] = [
    .undefined, .null, true, false, 0, -1, -0.0, 1.5, 2_147_483_647, 2_147_483_648, .number(.nan),
  ]

  @Test(arguments: CloneProfile.engines)
  func `primitives are written without a serializer as with one`(profile: CloneProfile) throws {
    let contents =
      (Self.primitives + Self.texts).map { PayloadContent.value($0) }
      + (Self.primitives + Self.texts).map { .property("result", $0) }
      + (Self.primitives + Self.texts).map { .property("\u{3B1}", $0) }
      + Self.texts.map { .elements([$0, 1, "\u{3B1}", $0]) }
      + [.elements([]), .elements(Self.primitives), .elements(Self.texts)]
    // Some engines write the largest integers of 32 bits as doubles.
    let writesAllIntegers = try CloneValue(1_073_741_824).encoded(profile: profile).count < 10
    for content in contents {
      for zeroCount in [0, 2, 5] {
        var serializer = ValueSerializer(profile: profile)
        let expected = try serializer.payload(of: content, behindZeros: zeroCount)
        let found = content.plainPayload(profile, behindZeros: zeroCount, depth: 1)
        #expect(found == (writesAllIntegers ? expected : nil))
      }
    }
  }

  @Test(
    arguments: [.bigint(CloneBigInt(1)), [], .date(CloneDate(millisecondsSince1970: 0))]
      as [CloneValue])
  func `other values are not plain`(value: CloneValue) {
    for content in [.value(value), .property("a", value), .elements([1, value])] as [PayloadContent]
    {
      #expect(content.plainPayload(.default, behindZeros: 0, depth: 9) == nil)
    }
    #expect(PayloadContent.elements([1]).plainPayload(.default, behindZeros: 0, depth: 0) == nil)
  }

  private static let refused = CloneValue.uncloneable(CloneUncloneable(.function))

  @Test(arguments: [refused, ["a": [0, refused]]])
  func `errors have the path from the container on`(value: CloneValue) {
    #expect(
      error(.elements([1, value])) == error(.value(CloneValue([1, value]))))
    #expect(error(.property("p", value)) == error(.value(["p": value])))
  }

  @Test(arguments: 0...4)
  func `the container counts as a level`(depth: Int) {
    var limits = CloneLimits.default
    limits.depth = depth
    let value: CloneValue = [[1]]
    #expect(
      error(.elements([value]), limits: limits) == error(.value([value]), limits: limits))
    #expect(
      error(.property("p", value), limits: limits) == error(.value(["p": value]), limits: limits))
  }

  /// What writing throws, whole.
  private func error(_ content: PayloadContent, limits: CloneLimits = .default) -> String? {
    do throws(DataCloneError) {
      _ = try bytes(content, limits: limits)
      return nil
    } catch {
      return "\(error.reason) \(error.message) \(error.path)"
    }
  }

  @Test func `a very deep path is cut as that of the whole value`() {
    var value = Self.refused
    for _ in 0..<300 { value = [value] }
    #expect(error(.elements([value])) == error(.value([value])))
  }
}
