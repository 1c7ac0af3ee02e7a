import CloneGeneration
import DifferentialTesting
import Testing

/// Making payloads short.
struct ShrinkerTests {
  private func shrunk(_ text: String, while holds: ([UInt8]) -> Bool) throws -> String {
    var shrinker = PayloadShrinker()
    return Hex.text(shrinker.shrink(try #require(Hex.bytes(text)), while: holds))
  }

  @Test func `bytes that do not matter go`() throws {
    #expect(try shrunk("ff0f 6f 220161 4902 220162 7e 7b02") { $0.contains(0x7E) } == "7e")
  }

  @Test func `counts and lengths follow`() throws {
    let text = "ff0f 41 03 6f 220361ff62 4902 7b01 49 02 44 0000000000000000 24 00 03"
    let short = try shrunk(text) { bytes in
      guard let payload = WirePayload(parsing: bytes), payload.roots[0].tag == UInt8(ascii: "A")
      else { return false }
      var repaired = payload
      repaired.roots[0].repairCounts()
      return repaired == payload && holdsMarkedString(payload.roots[0])
    }
    #expect(short == "41012201ff240001")
  }

  private func holdsMarkedString(_ node: WireNode) -> Bool {
    node.tag == UInt8(ascii: "\"") && node.bytes.contains(0xFF)
      || node.children.contains { holdsMarkedString($0) }
  }

  @Test func `it gives up when it has asked often enough`() {
    var shrinker = PayloadShrinker(budget: 10)
    var asked = 0
    _ = shrinker.shrink([UInt8](repeating: 7, count: 100)) { _ in
      asked += 1
      return false
    }
    #expect(asked == 10)
  }
}
