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
        var written = content
        written.write()
        #expect(written == content)
        let forms: [(MessageContent, ports: [UInt32])] = [
          (content, []), (.bytes(content.bytes), [1, 2]), (written, [3]),
        ]
        for (value, ports) in forms {
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
      #expect(pieces.allSatisfy { $0.count > 0 })
      #expect(pieces.flatMap(\.bytes) == expected)
    }
  }

  @Test func `long text is sent from where it is`() throws {
    let text = CloneValue(String(repeating: "x", count: 10_000))
    let arrived = try MessageContent.bytes(MessageContent(text).bytes).value()
    #expect(arrived == text)
    var content = try MessageContent(arrived)
    content.write()
    guard case .pieces(let start, let rest) = content else {
      Issue.record("no pieces")
      return
    }
    #expect(start == [0xFF, 0x13, 0xFF, 0x0F, 0x22, 0x90, 0x4E])
    // Where it was in the bytes that arrived.
    #expect(rest.map(\.indices) == [7..<10_007])
  }

  @Test func `a message that waits keeps no large input in memory`() throws {
    let text = CloneValue(String(repeating: "t", count: 100))
    let large: CloneValue = ["text": text, "more": CloneValue(String(repeating: "m", count: 5000))]
    let part = try CloneValue(decoding: large.encoded())["text"]
    #expect(!PayloadContent.value(part).isAsRead)
    for value in [
      try MessageContent(part).value(), try MessageContent(arguments: [1, part]).arguments()[1],
    ] {
      #expect(value == text)
      #expect(PayloadContent.value(value).isAsRead)
    }
  }

  @Test func `numbers that are none are all the same`() throws {
    let number = CloneValue.number(Double(nan: 7, signaling: false))
    guard case .number(let arrived) = try MessageContent(number).value() else {
      Issue.record("no number")
      return
    }
    #expect(arrived.bitPattern == Double.nan.bitPattern)
  }
}
