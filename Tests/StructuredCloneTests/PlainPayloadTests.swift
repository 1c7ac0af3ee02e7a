import StructuredClone
import Testing

/// Primitives that are read without a graph, beside the reader that reads everything.
struct PlainPayloadTests {
  private static let primitives: [CloneValue] = [
    .undefined, .null, true, false, 0, -1, -0.0, 1.5, 2_147_483_648, 4_294_967_295, .number(.nan),
    "", "short", "\u{3B1}", CloneValue(String(repeating: "x", count: 200)),
    CloneValue(String(repeating: "\u{3B1}", count: 200)),
  ]
  private static let lists: [[CloneValue]] =
    [[], primitives, [CloneValue](repeating: 7, count: 64)] + primitives.map { [$0] }

  private static func bytes(_ value: CloneValue) throws -> [UInt8] {
    try value.encoded(profile: .node20)
  }

  @Test func `arrays of primitives are read as by the reader`() throws {
    for list in Self.lists {
      let bytes = [1, 2, 3] + (try Self.bytes(CloneValue(list)))
      #expect(PlainPayload.elements(of: bytes, headerAt: 3) == list)
    }
  }

  @Test func `an only property is read as by the reader`() throws {
    for value in Self.primitives {
      let bytes = try Self.bytes(["result": value])
      #expect(PlainPayload.property("result", of: bytes, headerAt: 0) == value)
      #expect(PlainPayload.property("resulT", of: bytes, headerAt: 0) == nil)
      #expect(PlainPayload.property("resul", of: bytes, headerAt: 0) == nil)
    }
  }

  @Test func `other payloads are not read`() throws {
    let others: [CloneValue] = [
      [[]], [.bigint(CloneBigInt(1))], CloneValue([CloneValue](repeating: 7, count: 65)), 1, "text",
      [:], ["result": [:]], ["result": 1, "more": 2], ["more": 2, "result": 1], ["0": 1],
    ]
    for value in others {
      let bytes = try Self.bytes(value)
      #expect(PlainPayload.elements(of: bytes, headerAt: 0) == nil)
      #expect(PlainPayload.property("result", of: bytes, headerAt: 0) == nil)
    }
    #expect(PlainPayload.elements(of: [], headerAt: 0) == nil)
    #expect(PlainPayload.elements(of: [0xFF, 0x0F], headerAt: 0) == nil)
    #expect(PlainPayload.elements(of: [0xFF, 0x0E, 0x41, 0, 0x24, 0, 0], headerAt: 0) == nil)
  }

  /// Each byte changed, left out, doubled, and everything behind it cut off.
  private static func changes(of bytes: [UInt8]) -> [[UInt8]] {
    bytes.indices.flatMap { index in
      var changed: [[UInt8]] = [Array(bytes[..<index])]
      for byte in [0, 1, bytes[index] ^ 1, bytes[index] ^ 0x80, 0x22, 0x2D, 0x49, 0x63, 0xFF] {
        var other = bytes
        other[index] = byte
        changed.append(other)
      }
      changed.append(Array(bytes[..<index] + bytes[(index + 1)...]))
      changed.append(Array(bytes[...index] + bytes[index...]))
      return changed
    }
  }

  @Test func `whatever is read is what the reader reads`() throws {
    let payloads = try [
      Self.bytes(CloneValue(Self.primitives.dropLast(2))), Self.bytes([]),
      Self.bytes(["result": "some text that is not short"]), Self.bytes(["result": 1.5]),
    ]
    var readings = 0
    for bytes in payloads.flatMap({ Self.changes(of: $0) }) {
      if let elements = PlainPayload.elements(of: bytes, headerAt: 0) {
        readings += 1
        #expect(try CloneValue(decoding: bytes) == CloneValue(elements), "\(bytes)")
      }
      if let value = PlainPayload.property("result", of: bytes, headerAt: 0) {
        readings += 1
        #expect(try CloneValue(decoding: bytes) == ["result": value], "\(bytes)")
      }
    }
    #expect(readings > 100)
  }
}
