import StructuredClone
import Testing
import _CloneFixtures

/// The tables as a whole.
struct BuiltTests {
  static let cases =
    BuiltNumbers.cases + BuiltText.cases + BuiltContainers.cases + BuiltErrors.cases
    + BuiltBuffers.cases + BuiltStreams.cases + BuiltRefusals.cases

  /// Engines whose golden no built value can have, with the reason.
  static let leftOut: [String: [String]] = [
    // The engine's embedder, not V8, refuses modules.
    "refusals.wasm-module": ["deno"],
    "refusals.wasm-module-in-array": ["deno"],
    // V8 8.4 calls the buffer of a memory not detachable, which no value here can be.
    "shared.wasm-memory-buffer": ["node14"],
    "shared.wasm-memory-view": ["node14"],
    // `undefined` turns the numbers beside it into doubles.
    "maps.key-undefined": ["deno", "v8-15.0"],
    "maps.value-undefined": ["deno", "v8-15.0"],
  ]

  @Test func `every name is a fixture`() {
    for built in Self.cases {
      #expect(BuiltCase.fixtures[built.name] != nil, "\(built.name) is no fixture")
    }
  }

  @Test func `enough values are built`() {
    let names = Set(Self.cases.map(\.name))
    #expect(names.count >= 320, "\(names.count) goldens have a built value")
  }

  @Test func `every engine of every golden is compared`() {
    var engines: [String: Set<String>] = [:]
    for built in Self.cases { engines[built.name, default: []].formUnion(built.engines.names) }
    for (name, compared) in engines {
      let written = Set(BuiltCase.fixtures[name]?.goldens.flatMap(\.engines) ?? [])
      #expect(
        written.subtracting(compared) == Set(Self.leftOut[name] ?? []), "\(name)")
    }
  }

  @Test func `every section is covered`() {
    let sections = Set(Fixtures.values.map { $0.name.prefix { $0 != "." } })
    let covered = Set(Self.cases.map { $0.name.prefix { $0 != "." } })
    #expect(sections == covered)
  }
}
