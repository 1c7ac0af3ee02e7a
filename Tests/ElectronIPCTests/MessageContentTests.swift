import ElectronClone
import ElectronIPC
import StructuredClone
import Testing

/// What messages carry without bytes, and the bytes that it has where it leaves the process.
@Suite(.timeLimit(.minutes(5)))
struct MessageContentTests {
  /// Around the sizes from which on values are written apart, and pieces end.
  static let lengths = [0, 1, 15, 16, 100, 127, 128, 900, 1023, 8100, 8150, 8192, 20_000, 70_000]

  static let primitives: [CloneValue] =
    [.undefined, nil, true, false, 0, -1, 1.5, -0.0, .number(.nan), 4_294_967_296, "", "a"]
    + lengths.flatMap { length in
      [
        CloneValue(String(repeating: "x", count: length)),
        CloneValue(String(repeating: "€", count: length)),
      ]
    }

  private static func serialized(_ value: CloneValue) throws -> [UInt8] {
    try ElectronSerializedValue.serialize(value, profile: .default)
  }

  @Test func `primitives have the bytes that a serializer writes`() throws {
    for primitive in Self.primitives {
      #expect(try MessageContent(primitive).bytes == Self.serialized(primitive))
      for arguments in [[primitive], [1, primitive, "€"], ["a", primitive]] {
        let content = try MessageContent(arguments: arguments)
        #expect(try content.bytes == Self.serialized(.array(CloneArray(arguments))))
        #expect(content.arguments() == arguments)
        #expect(MessageContent.bytes(content.bytes).arguments() == arguments)
      }
    }
    #expect(try MessageContent(arguments: []).bytes == Self.serialized([]))
  }

  @Test func `frames with primitives have the same bytes wherever they stand in the stream`() throws
  {
    let codec = StreamFrameCodec(frameLength: 1 << 20)
    for padding in 0..<2 {
      var output = StreamOutput()
      var expected: [UInt8] = []
      for (number, primitive) in Self.primitives.enumerated() {
        let channel = CloneString(String(repeating: "c", count: number % 3 + padding))
        let content = try MessageContent(arguments: [primitive, "€"])
        for (value, ports) in [(content, [] as [UInt32]), (.bytes(content.bytes), [1, 2])] {
          let message = StreamFrame.Message(
            .mainPostMessage, channel: channel, value: value, ports: ports)
          codec.encode(message, into: &output)
          codec.encode(.message(message), into: &expected)
        }
        let reply = try StreamFrame.Message(.invokeReply, id: 7, value: MessageContent(primitive))
        codec.encode(reply, into: &output)
        codec.encode(.message(reply), into: &expected)
      }
      #expect(output.count == expected.count)
      let pieces = output.take()
      #expect(pieces.allSatisfy { !$0.isEmpty })
      #expect(Array(pieces.joined()) == expected)
    }
  }

  @Test func `what arrives keeps nothing else in memory`() async throws {
    let text = CloneValue(String(repeating: "t", count: 100))
    let large: CloneValue = ["text": text, "more": CloneValue(String(repeating: "m", count: 5000))]
    let part = try CloneValue(decoding: large.encoded())["text"]
    #expect(!part.isDetachedPrimitive)
    let world = World(InProcessHarness())
    let inMain = world.recordMain("x")
    try world.ipcMain.handle("echo") { _, _ in part }
    try world.renderer.send("x", 1, part)
    let arguments = try #require(try await inMain.first(1).first)
    #expect(arguments == [1, text])
    #expect(arguments[1].isDetachedPrimitive)
    let result = try await world.renderer.invoke("echo")
    #expect(result == text)
    #expect(result.isDetachedPrimitive)
  }

  @Test func `text that is detached is not copied again`() {
    let text = CloneValue(String(repeating: "t", count: 100)).detached()
    #expect(text.isDetachedPrimitive)
    let integer = CloneBigInt(magnitude: [UInt8](repeating: 1, count: 100))
    #expect(CloneValue.bigint(integer).detached().isDetachedPrimitive)
    #expect(!([1] as CloneValue).isDetachedPrimitive)
  }
}
