import NodeClone
import StructuredClone
import Testing
import _CloneFixtures

/// Channels between processes, by what real parents and children put into them.
struct NodeChannelTests {
  /// All frames of an engine, one behind the other.
  private func stream(of engine: String) -> (bytes: [UInt8], frames: [[UInt8]]) {
    let frames = Fixtures.nodeChannel.flatMap(\.goldens).filter { $0.engines.contains(engine) }
      .compactMap(\.written).map(Fixtures.bytes)
    return (frames.flatMap { $0 }, frames)
  }

  @Test(arguments: Fixtures.nodeChannel)
  func `what Node sent is read, and sent again`(_ item: Fixtures.NodeCase) throws {
    for golden in item.goldens {
      guard let written = golden.written else { continue }
      for name in golden.engines {
        let profile = try #require(CloneProfile(named: name))
        var decoder = NodeChannelDecoder(profile: profile)
        decoder.append(Fixtures.bytes(written))
        let value = try #require(try decoder.next())
        try decoder.finish()
        #expect(hex(try NodeChannelEncoder(profile: profile).encode(value)) == written, "\(name)")
        #expect(try returned(written, profile) == golden.returned, "\(name)")
      }
    }
  }

  /// What a child sends back.
  private func returned(_ frame: String, _ profile: CloneProfile) throws -> String {
    var reader = ValueDeserializer(
      Array(Fixtures.bytes(frame).dropFirst(4)), profile: profile, representation: .engine,
      delegate: NodeHostObjects(profile, dialect: .channel))
    try reader.readHeader()
    return hex(try NodeChannelEncoder(profile: profile).encode(try reader.readValue()))
  }

  @Test(arguments: ["node14", "node16", "node18", "node20", "node22", "node24"])
  func `however the bytes arrive`(engine: String) throws {
    let (bytes, frames) = stream(of: engine)
    let profile = try #require(CloneProfile(named: engine))
    let encoder = NodeChannelEncoder(profile: profile)
    for size in [1, 2, 3, 7, 64, 1000, bytes.count] {
      var decoder = NodeChannelDecoder()
      var found: [[UInt8]] = []
      for start in stride(from: 0, to: bytes.count, by: size) {
        decoder.append(bytes[start..<min(start + size, bytes.count)])
        while let message = try decoder.next() { found.append(try encoder.encode(message)) }
      }
      try decoder.finish()
      #expect(found == frames, "\(size)")
      #expect(decoder.messageCount == frames.count)
      #expect(decoder.position == bytes.count)
    }
  }

  @Test func `a stream that is cut anywhere gives what was before, and one error`() throws {
    let (bytes, frames) = stream(of: "node24")
    var ends: [Int] = []
    for frame in frames { ends.append((ends.last ?? 0) + frame.count) }
    for cut in 0...min(bytes.count, 1200) {
      var decoder = NodeChannelDecoder()
      decoder.append(bytes.prefix(cut))
      while try decoder.next() != nil {}
      #expect(decoder.messageCount == ends.count { $0 <= cut })
      guard cut > 0, !ends.contains(cut) else {
        try decoder.finish()
        continue
      }
      let error = #expect(throws: NodeStreamError.self) { try decoder.finish() }
      #expect(error?.offset == (ends.last { $0 <= cut } ?? 0))
    }
  }

  @Test func `a message that is none is passed over`() throws {
    let encoder = NodeChannelEncoder()
    let good = try encoder.encode(["a": 1])
    var decoder = NodeChannelDecoder()
    decoder.append(good + [0, 0, 0, 3, 0xFF, 0x0F, 0x21] + good)
    #expect(try decoder.next() == ["a": 1])
    let error = #expect(throws: NodeStreamError.self) { try decoder.next() }
    #expect(
      error?.description
        == "message 1 at offset 14: Unable to deserialize cloned data. (offset 2, tag 0x21 '!', at $: no value begins with this byte)"
    )
    #expect(try decoder.next() == ["a": 1])
    try decoder.finish()
  }

  @Test func `a frame that is too long is refused before it arrives`() {
    var decoder = NodeChannelDecoder(limits: CloneLimits(inputSize: 100))
    decoder.append([0, 0, 0, 101])
    let error = #expect(throws: NodeStreamError.self) { try decoder.next() }
    #expect(
      error?.description
        == "message 0 at offset 0: a frame of 101 bytes is longer than limits.inputSize allows")
  }

  @Test func `other objects of a channel are told from plain ones`() throws {
    let value: CloneValue = .hostObject(
      CloneHostObject(interface: NodeHostObjects.objectInterface, payload: ["x": 1]))
    let frame = try NodeChannelEncoder().encode(["o": value, "p": value])
    #expect(hex(frame) == "00000017ff0f6f22016f5c016f22017849027b012201705e017b02")
    var decoder = NodeChannelDecoder()
    decoder.append(frame)
    let read = try #require(try decoder.next())
    #expect(try NodeChannelEncoder().encode(read) == frame)
  }

  @Test func `internal messages are Node's own`() {
    #expect(NodeChannelDecoder.isInternal(["cmd": "NODE_HANDLE"]))
    #expect(!NodeChannelDecoder.isInternal(["cmd": "NODE_"]))
    #expect(!NodeChannelDecoder.isInternal(["cmd": 1]))
    #expect(!NodeChannelDecoder.isInternal("NODE_HANDLE"))
  }
}
