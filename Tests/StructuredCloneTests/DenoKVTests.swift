import StructuredClone
import Testing
import _CloneFixtures

/// What Deno KV stores: V8's format alone, of version 16.
struct DenoKVTests {
  @Test(arguments: Fixtures.denoKV.filter { $0.encoding == 1 })
  func `what is stored is read, and written again`(_ golden: Fixtures.DenoKVGolden) throws {
    let bytes = Fixtures.bytes(golden.stored)
    for profile in [CloneProfile.deno, .default] {
      let payload = try ClonePayload(decoding: bytes, profile: profile)
      #expect(payload.wireFormatVersion == 16)
      #expect(hex(try payload.encoded()) == golden.stored)
    }
  }

  @Test func `what a program stores is what it reads`() throws {
    let golden = try #require(Fixtures.denoKV.first { $0.name == "object" })
    let value: CloneValue = ["name": "Ada", "score": 1.5, "tags": ["a", "b"], "nothing": nil]
    #expect(try CloneValue(decoding: Fixtures.bytes(golden.stored)).isContentEqual(to: value))
    // The profile writes as Deno's program that stores does, but for the version, which node:v8 relabels.
    #expect(hex(try value.encoded(profile: .v8_15_0)) == golden.stored)
  }
}
