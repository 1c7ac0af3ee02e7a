import StructuredClone
import Testing
import _CloneFixtures

/// A reader that is used again reads what a new one reads, whatever it has met before.
struct ReuseTests {
  private func expectSame(
    _ inputs: [[UInt8]], _ representation: ValueDeserializer.Representation,
    profile: CloneProfile = .default
  ) {
    var used = ValueDeserializer([], profile: profile, representation: representation)
    for bytes in inputs {
      used.reset(bytes)
      var new = ValueDeserializer(bytes, profile: profile, representation: representation)
      let expected = ReadingOutcome(of: &new)
      let found = ReadingOutcome(of: &used)
      #expect(found == expected, "\(hex(bytes))")
      #expect(found.rewritten == expected.rewritten, "\(hex(bytes))")
    }
  }

  @Test(arguments: [ValueDeserializer.Representation.faithful, .engine])
  func `all that engines wrote and all that was made by hand, in turn`(
    _ representation: ValueDeserializer.Representation
  ) {
    var inputs: [[UInt8]] = []
    for golden in Fixtures.values.flatMap(\.goldens) {
      guard let written = golden.written else { continue }
      let bytes = Fixtures.bytes(written)
      // One that is refused stands between those that are not.
      inputs += [bytes, Array(bytes.dropLast(3))]
    }
    for read in Fixtures.reads { inputs.append(Fixtures.bytes(read.bytes)) }
    expectSame(inputs, representation, profile: .node24)
    expectSame(inputs, representation)
  }

  @Test func `long and short messages in turn`() throws {
    let records = (0..<200).map { number -> CloneValue in
      ["id": .number(Double(number)), "name": "a name", "tags": ["a", nil, 2.5]]
    }
    let long = try CloneValue(records).encoded()
    let message: CloneValue = ["id": 1, "name": "a name"]
    let short = try message.encoded()
    expectSame([short, long, short, Array(long.dropLast(40)), short, long, long], .faithful)
  }

  @Test(arguments: [ValueDeserializer.Representation.faithful, .engine])
  func `whole payloads in turn`(_ representation: ValueDeserializer.Representation) {
    func outcome(_ read: () throws(CloneDecodingError) -> CloneValue) -> String {
      do throws(CloneDecodingError) {
        return try read().debugDescription
      } catch {
        return error.description
      }
    }
    var reader = ValueDeserializer([], profile: .node24, representation: representation)
    for read in Fixtures.reads {
      let bytes = Fixtures.bytes(read.bytes)
      let expected = outcome { () throws(CloneDecodingError) in
        var other = ValueDeserializer(bytes, profile: .node24, representation: representation)
        try other.readHeader()
        return try other.readValue()
      }
      let found = outcome { () throws(CloneDecodingError) in try reader.readPayload(bytes) }
      #expect(found == expected, "\(read.bytes)")
      #expect(reader.position == 0)
    }
  }

  /// Values that were read before keep what they hold.
  @Test func `earlier values stay`() throws {
    var deserializer = ValueDeserializer([])
    var values: [CloneValue] = []
    for number in 0..<10 {
      let value: CloneValue = ["number": .number(Double(number)), "list": [1, 2, .null]]
      let bytes = try value.encoded()
      deserializer.reset(copying: RawSpan(_elements: bytes.span))
      try deserializer.readHeader()
      values.append(try deserializer.readValue())
    }
    for (number, value) in values.enumerated() {
      #expect(value == ["number": .number(Double(number)), "list": [1, 2, .null]])
    }
  }
}
