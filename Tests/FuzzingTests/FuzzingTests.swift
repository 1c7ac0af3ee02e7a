import StructuredClone
import Testing
import _CloneFixtures

@testable import CloneFuzzing

/// The fuzzer's properties, without a fuzzer.
struct FuzzingTests {
  @Test(arguments: FuzzTarget.allCases)
  func `what once broke a promise keeps it`(target: FuzzTarget) {
    for crash in Fixtures.crashes(of: target.rawValue) { target.run(crash.bytes) }
  }

  @Test(arguments: FuzzTarget.allCases)
  func `no bytes and few bytes`(target: FuzzTarget) {
    target.run([])
    for byte in UInt8.min...UInt8.max { target.run([0xFF, 0x0F, byte]) }
  }

  @Test(arguments: FuzzTarget.allCases.filter(\.takesPayloads))
  func `payloads of engines and some made by hand`(target: FuzzTarget) {
    let written = Fixtures.values.flatMap { $0.goldens.compactMap(\.written) }
    let payloads = written + Fixtures.reads.map(\.bytes)
    for (number, payload) in payloads.enumerated() where number.isMultiple(of: 41) {
      target.run(target.seed(payload: Fixtures.bytes(payload), number: number))
    }
  }

  @Test func `some regular expressions`() throws {
    for (number, regExp) in Fixtures.regExps.enumerated() where number.isMultiple(of: 101) {
      let flags = CloneRegExp.Flags(letters: regExp.flags) ?? []
      FuzzTarget.regexp.run(
        FuzzTarget.regexp.seed(pattern: regExp.pattern, flags: flags.rawValue, number: number))
    }
  }

  @Test func `a broken promise ends the process`() async {
    await #expect(processExitsWith: .failure) {
      FuzzCalls(target: .decode, byteCount: 0, observer: nil).require(false, "nothing holds")
    }
    await #expect(processExitsWith: .failure) {
      let calls = FuzzCalls(target: .edit, byteCount: 0, observer: nil)
      calls.requireEqual([1], [2], "different values are one")
    }
  }

  @Test func `each call is measured by itself`() {
    final class Counter: FuzzObserver {
      var open = 0
      var ended = 0
      func begin() { open += 1 }
      func end(_ call: StaticString, byteCount: Int) {
        if open == 1, byteCount == 4 { ended += 1 }
        open -= 1
      }
    }
    let counter = Counter()
    FuzzTarget.roundtrip.run([0xFF, 0x0F, 0x5F, 0], observer: counter)
    #expect(counter.open == 0)
    #expect(counter.ended > 4)
  }

  @Test func `options do not reach into the payload`() {
    for target in FuzzTarget.allCases {
      let input = target.seed(payload: [0xFF, 0x0F, 0x30], number: 5)
      #expect(input.starts(with: [0xFF, 0x0F, 0x30]))
      #expect(target.optionCount(of: input) <= input.count)
      if target.takesPayloads { #expect(target.optionCount(of: input) == input.count - 3) }
    }
  }
}
