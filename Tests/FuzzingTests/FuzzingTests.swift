import CloneFuzzing
import Testing
import _CloneFixtures

/// The fuzzer's properties, without a fuzzer.
struct FuzzingTests {
  @Test(arguments: FuzzTarget.allCases)
  func `what once broke a promise keeps it`(target: FuzzTarget) throws {
    for crash in Fixtures.crashes(of: target.rawValue) { target.run(crash.bytes) }
  }

  @Test(arguments: FuzzTarget.allCases)
  func `no bytes and few bytes`(target: FuzzTarget) {
    target.run([])
    for byte in UInt8.min...UInt8.max { target.run([0xFF, 0x0F, byte]) }
  }
}
