import CloneGeneration
import DifferentialTesting
import Testing
import _CloneFixtures

/// Taking payloads apart and putting them together.
struct WireTests {
  @Test func `what an engine wrote is the same again`() {
    var parsed = 0
    for golden in Fixtures.values.flatMap({ $0.goldens }) {
      guard let written = golden.written else { continue }
      let bytes = Fixtures.bytes(written)
      // 10.2 writes flags of views in more bytes than 32 bits need; others write what is not parsed.
      guard let payload = WirePayload(parsing: bytes) else { continue }
      parsed += 1
      #expect(payload.bytes == bytes, "\(written)")
    }
    #expect(parsed > 1000)
  }

  @Test func `counts are made true`() throws {
    var payload = try #require(WirePayload(parsing: [0xFF, 15] + Array("o\"\u{1}a0{\u{1}".utf8)))
    payload.roots[0].children += payload.roots[0].children
    payload.roots[0].children[2].bytes.append(0x62)
    payload.roots[0].repairCounts()
    #expect(Hex.text(payload.bytes) == "ff0f6f2201613022026162307b02")
  }

  @Test func `old strings have no tag`() throws {
    let bytes = try #require(Hex.bytes("ff0b 73 03 616263"))
    let payload = try #require(WirePayload(parsing: bytes))
    #expect(
      payload.roots == [WireNode("s", children: [WireNode("S", fields: [3], bytes: [97, 98, 99])])])
    #expect(payload.bytes == bytes)
  }

  @Test func `version 0 is a list of items`() throws {
    let bytes = try #require(Hex.bytes("53 01 61 49 54 7b 01"))
    let payload = try #require(WirePayload(parsing: bytes))
    #expect(payload.version == nil && payload.roots.count == 3)
    #expect(payload.bytes == bytes)
  }

  @Test func `what is no payload has no parts`() {
    for text in ["", "ff0f", "ff0f41", "ff0f6f22016130", "ff0f2202", "ff0f5c", "ff0f41ff01"] {
      #expect(WirePayload(parsing: Hex.bytes(text) ?? []) == nil || text.isEmpty, "\(text)")
    }
    #expect(WirePayload(parsing: [0xFF, 15] + [UInt8](repeating: 0x27, count: 100)) == nil)
  }
}
