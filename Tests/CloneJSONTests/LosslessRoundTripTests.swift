import CloneGeneration
import CloneJSON
import Foundation
import StructuredClone
import Testing

/// Text that is read gives the value, and payloads byte for byte.
struct LosslessRoundTripTests {
  /// How many random values are written and read, from the environment.
  private static let valueCount =
    ProcessInfo.processInfo.environment["CLONE_TEST_JSON_VALUES"].flatMap { Int($0) } ?? 3000

  private static func check(_ value: CloneValue, _ name: String, isIndented: Bool) throws {
    let json = LosslessJSON(isIndented: isIndented)
    let text = json.text(of: value)
    let again = try json.value(of: Array(text.utf8))
    // The exact text numbers the objects, so that it tells identity as well.
    #expect(again == value, "\(name): \(text)")
    #expect(again.debugDescription == value.debugDescription, "\(name)")
    #expect(json.text(of: again) == text, "\(name)")
  }

  @Test func `goldens of all programs`() throws {
    #expect(Goldens.v8.count > 1000)
    #expect(Goldens.madeByHand.count > 300)
    #expect(Goldens.node.count > 200)
    #expect(Goldens.detected.count > 200)
    for (number, golden) in Goldens.all.enumerated() {
      try Self.check(golden.value, golden.name, isIndented: number.isMultiple(of: 5))
    }
  }

  @Test func `payloads are written back byte for byte`() throws {
    let json = LosslessJSON()
    var count = 0
    for golden in Goldens.all {
      guard let payload = golden.payload, let bytes = try? golden.encoded(payload) else { continue }
      let text = json.text(of: payload)
      let again = try json.payload(of: Array(text.utf8))
      #expect(try golden.encoded(again) == bytes, "\(golden.name): \(text)")
      #expect(again.format == payload.format)
      count += 1
    }
    #expect(count > 1500)
  }

  @Test func `a zero with a sign is kept, and equal to zero`() throws {
    let json = LosslessJSON()
    let zeros = try ["-0", "0"].map { digits in
      try json.value(of: Array(#"[{"$":"bigint","value":"\#(digits)"}]"#.utf8))
    }
    #expect(json.text(of: zeros[0]) == #"[{"$":"bigint","value":"-0"}]"#)
    #expect(zeros[0] == zeros[1])
    #expect(zeros[0].hashValue == zeros[1].hashValue)
  }

  @Test func `random values`() throws {
    let json = LosslessJSON()
    for index in 0..<Self.valueCount {
      let value = ValueGenerator.value(seed: 8, index: index)
      let text = json.text(of: value)
      let again = try json.value(of: Array(text.utf8))
      guard again == value, again.debugDescription == value.debugDescription else {
        Issue.record("\(index): \(text)")
        continue
      }
      // What an engine reads travels otherwise than what was built.
      guard let bytes = try? value.encoded(profile: .deno),
        let payload = try? ClonePayload(decoding: bytes)
      else { continue }
      let same = try json.payload(of: Array(json.text(of: payload).utf8))
      #expect(try same.encoded() == bytes, "\(index)")
    }
  }
}
