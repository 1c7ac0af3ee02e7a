import CloneDetection
import CloneGeneration
import ElectronClone
import NodeClone
import StructuredClone
import Testing
import _CloneFixtures

/// Which layers blobs have, by the goldens of every dialect and by blobs that are none.
struct CloneDetectionTests {
  /// The kinds of the layers and where they begin.
  private func layers(of found: CloneDetection?) -> [String] {
    found?.layers.map { "\($0.offset) \($0)" } ?? []
  }

  @Test func `what engines write is V8's format alone`() throws {
    var count = 0
    var unsure = 0
    for item in Fixtures.values where item.prefix == nil && item.several == nil {
      for written in item.goldens.compactMap(\.written) {
        let bytes = Fixtures.bytes(written)
        let found = try #require(CloneDetection.detect(bytes), "\(item.name): \(written)")
        #expect(
          layers(of: found) == ["0 V8 stream, version \(bytes[1])"], "\(item.name): \(written)")
        #expect(found.dialect == .v8, "\(item.name): \(written)")
        count += 1
        guard found.certainty != .certain else { continue }
        // What is not in the payload cannot be read: memory, modules, transferred buffers.
        #expect(
          ["refusals", "shared", "transfers"].contains(item.name.prefix { $0 != "." }),
          "\(item.name)")
        if found.certainty == .possible { unsure += 1 }
      }
    }
    #expect(unsure * 20 < count, "\(unsure) of \(count)")
  }

  @Test func `what Node serializes has its host objects`() throws {
    for item in Fixtures.nodeSerialize {
      for golden in item.goldens {
        guard let written = golden.written else { continue }
        let bytes = Fixtures.bytes(written)
        let found = try #require(CloneDetection.detect(bytes), "\(item.name ?? "")")
        #expect(layers(of: found) == ["0 V8 stream, version \(bytes[1])"])
        #expect(found.dialect == (golden.views ?? [] == [] ? .v8 : .node), "\(item): \(written)")
        #expect(found.certainty == .certain, "\(item)")
      }
    }
  }

  @Test func `frames of a channel`() throws {
    var stream: [UInt8] = []
    for item in Fixtures.nodeChannel {
      for written in item.goldens.compactMap(\.written) {
        let bytes = Fixtures.bytes(written)
        let found = try #require(CloneDetection.detect(bytes), "\(item)")
        #expect(
          layers(of: found) == [
            "0 frame of a channel between Node processes, \(bytes.count - 4) bytes",
            "4 V8 stream, version \(bytes[5])",
          ])
        #expect(found.dialect == .nodeChannel)
        #expect(found.certainty == .certain, "\(item)")
        stream += bytes
      }
    }
    let found = try #require(CloneDetection.detect(stream))
    #expect(try found.values.get().count == found.layers.count / 2)
    #expect(found.certainty == .certain)
    let cut = try #require(CloneDetection.detect(Array(stream.dropLast())))
    #expect(cut.certainty == .likely)
    #expect(cut.dialect == .nodeChannel)
  }

  @Test(arguments: ["node20", "node22", "node24"])
  func `streams of the test runner`(engine: String) throws {
    let bytes = Fixtures.nodeReporter(of: engine)
    for text in ["", "some text\n"] {
      let found = try #require(CloneDetection.detect(Array(text.utf8) + bytes))
      #expect(found.dialect == .nodeTestReporter)
      #expect(found.certainty == .certain)
      #expect(layers(of: found).first == "0 stream of Node's test runner")
      #expect(try found.values.get().count > 5)
    }
  }

  @Test func `what Chromium stores`() throws {
    var kinds: Set<String> = []
    for item in Fixtures.blinkValues {
      guard let bytes = item.storedBytes else { continue }
      let found = try #require(CloneDetection.detect(bytes), "\(item.name)")
      #expect(found.dialect == .blink, "\(item.name)")
      #expect(found.certainty == .certain || item.read == "null", "\(item.name)")
      #expect(found.certainty != .possible, "\(item.name)")
      kinds.insert(
        found.layers.map { $0.description.filter { !$0.isNumber } }.joined(separator: "; "))
      // In a record of the database a version is in front.
      let record = try #require(CloneDetection.detect([0x11] + bytes), "\(item.name)")
      #expect(layers(of: record).first == "0 record of IndexedDB, version 17", "\(item.name)")
      #expect(record.layers.count == found.layers.count + 1)
      #expect(record.layers[1].offset == 1)
    }
    #expect(
      kinds.sorted() == [
        "Blink envelope, version ; V stream, version ",
        "value of IndexedDB that is in blob ,  bytes",
        "value of IndexedDB, compressed with Snappy,  bytes without; Blink envelope, version ; V stream, version ",
      ])
  }

  @Test func `what Deno KV stores`() throws {
    for golden in Fixtures.denoKV where golden.encoding == 1 {
      let found = try #require(CloneDetection.detect(Fixtures.bytes(golden.stored)), "\(golden)")
      #expect(layers(of: found) == ["0 V8 stream, version 16"], "\(golden)")
      #expect(found.dialect == .v8, "\(golden)")
      #expect(found.certainty == .certain, "\(golden)")
    }
  }

  @Test func `exchanged bytes, envelopes of Electron, and what is damaged`() throws {
    // ff10 ff0d 6302 ac20, exchanged
    let exchanged = try #require(CloneDetection.detect(Fixtures.bytes("10ff 0dff 0263 20ac")))
    #expect(
      layers(of: exchanged) == [
        "0 bytes exchanged in pairs", "0 Blink envelope, version 16", "2 V8 stream, version 13",
      ])
    #expect(try exchanged.values.get() == ["\u{20AC}"])
    let bytes = try ElectronSerializedValue.serialize(["channel", 1])
    let electron = try #require(CloneDetection.detect(bytes))
    #expect(layers(of: electron) == ["0 Electron envelope, version 19", "2 V8 stream, version 16"])
    #expect(electron.dialect == .electron)
    #expect(electron.certainty == .certain)
    let cut = try #require(CloneDetection.detect(Array(bytes.dropLast())))
    #expect(cut.certainty == .likely)
  }

  // MARK: - Blobs that are none

  private static let seed: UInt64 = 17

  /// How many of 10,000 are taken for payloads, by what they are and how sure that is. What begins with FF and a version of V8's,
  /// as a fiftieth of them does, cannot always be told from a payload that is damaged.
  @Test func `other blobs are not taken for payloads`() {
    var counts: [String: Int] = [:]
    for number in 0..<10_000 {
      var random = SplitMix64(seed: Self.seed, index: number)
      let (kind, bytes) = OtherBlob.make(number, using: &random)
      guard let found = CloneDetection.detect(bytes) else { continue }
      counts["\(kind) \(found.certainty)", default: 0] += 1
    }
    #expect(
      counts == [
        "text possible": 2, "random possible": 1, "other possible": 225, "other likely": 2,
      ])
  }
}
