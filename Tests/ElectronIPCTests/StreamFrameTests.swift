import ElectronIPC
import StructuredClone
import Testing

/// The bytes of the protocol, which `Documentation/IPCProtocol.md` describes.
struct StreamFrameTests {
  static let samples: [(StreamFrame, [UInt8])] = [
    (
      .hello(StreamHello(role: .main, processID: 7, loop: 0x0102)),
      [20, 0, 0, 0, 0x01, 0x45, 0x49, 0x50, 0x43, 1, 0, 2, 7, 0, 0, 0, 2, 1, 0, 0, 0, 0, 0, 0]
    ),
    (
      .frame(.mainMessage, channel: "ab", value: [9]),
      [12, 0, 0, 0, 0x10, 2, 0, 0, 0, 0x61, 0x62, 1, 0, 0, 0, 9]
    ),
    (
      .frame(.invoke, id: 0x0A0B, channel: "é", value: []),
      [18, 0, 0, 0, 0x11, 0x0B, 0x0A, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0xE9, 0, 0, 0, 0]
    ),
    (
      .frame(.messageSync, id: 1 << 53 - 1, channel: "", value: [1, 2]),
      [
        19, 0, 0, 0, 0x12, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x1F, 0, 0, 0, 0, 0, 2, 0, 0, 0, 1,
        2,
      ]
    ),
    (
      .frame(.mainPostMessage, channel: "\u{3B1}", value: [5], ports: [1, 3]),
      [
        22, 0, 0, 0, 0x13, 2, 0, 0, 0x80, 0xB1, 0x03, 1, 0, 0, 0, 5, 2, 0, 1, 0, 0, 0, 3, 0, 0, 0,
      ]
    ),
    (
      .frame(.messageHost, channel: "h", value: []),
      [10, 0, 0, 0, 0x14, 1, 0, 0, 0, 0x68, 0, 0, 0, 0]
    ),
    (
      .frame(.frameMessage, channel: "h", value: []),
      [10, 0, 0, 0, 0x20, 1, 0, 0, 0, 0x68, 0, 0, 0, 0]
    ),
    (
      .frame(.framePostMessage, channel: "h", value: [], ports: [2]),
      [16, 0, 0, 0, 0x21, 1, 0, 0, 0, 0x68, 0, 0, 0, 0, 1, 0, 2, 0, 0, 0]
    ),
    (
      .frame(.invokeReply, id: 1, value: [8]),
      [14, 0, 0, 0, 0x22, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 8]
    ),
    (
      .frame(.syncReply, id: 1, value: [8]),
      [14, 0, 0, 0, 0x23, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 8]
    ),
    (
      .frame(.portMessage, port: 4, value: [8], ports: []),
      [12, 0, 0, 0, 0x30, 4, 0, 0, 0, 1, 0, 0, 0, 8, 0, 0]
    ),
    (.frame(.portClose, port: 0xFFFF_FFFF), [5, 0, 0, 0, 0x31, 0xFF, 0xFF, 0xFF, 0xFF]),
  ]

  @Test(arguments: samples)
  func `a frame has exactly these bytes`(frame: StreamFrame, bytes: [UInt8]) throws {
    var written: [UInt8] = []
    StreamFrameCodec(frameLength: 64).encode(frame, into: &written)
    #expect(written == bytes)
    var codec = StreamFrameCodec(frameLength: 64)
    codec.append(bytes[...])
    #expect(try codec.next() == frame)
    #expect(try codec.next() == nil)
    #expect(codec.position == bytes.count)
    try codec.finish()
  }

  @Test func `frames are found however the bytes arrive`() throws {
    let stream = StreamFrameTests.samples.flatMap(\.1)
    for size in [1, 2, 3, 7, 64, stream.count] {
      var codec = StreamFrameCodec(frameLength: 64)
      var found: [StreamFrame] = []
      for start in stride(from: 0, to: stream.count, by: size) {
        codec.append(stream[start..<min(start + size, stream.count)])
        while let frame = try codec.next() { found.append(frame) }
      }
      #expect(found == StreamFrameTests.samples.map(\.0))
    }
  }

  /// Frames with long values, which are gathered and sent apart from other bytes, between others.
  private static let longFrames: [StreamFrame] = [
    samples[1].0,
    .frame(.invokeReply, id: 3, value: [UInt8](repeating: 7, count: 100_000)),
    samples[4].0,
    .frame(.portMessage, port: 4, value: [UInt8](repeating: 8, count: 40_000), ports: [6, 8]),
    .frame(.mainMessage, channel: "ab", value: [UInt8](repeating: 9, count: 32 << 10)),
    .frame(
      .mainPostMessage, channel: CloneString(String(repeating: "c", count: 1000)),
      value: [UInt8](repeating: 10, count: 5000), ports: [1]),
    samples[0].0,
  ]

  @Test(arguments: [7, 1000, 4096, 65_536, 1 << 20])
  func `frames with long values are found however the bytes arrive`(size: Int) throws {
    var stream: [UInt8] = []
    for frame in Self.longFrames {
      StreamFrameCodec(frameLength: 1 << 20).encode(frame, into: &stream)
    }
    var codec = StreamFrameCodec(frameLength: 1 << 20)
    var found: [StreamFrame] = []
    for start in stride(from: 0, to: stream.count, by: size) {
      codec.append(stream[start..<min(start + size, stream.count)])
      while let frame = try codec.next() { found.append(frame) }
    }
    #expect(found == Self.longFrames)
    #expect(codec.position == stream.count)
    try codec.finish()
  }

  /// What has arrived of a frame is not copied for each piece that follows, which would take minutes; nor is a channel.
  @Test(.timeLimit(.minutes(1)), arguments: [0x10, 0x7F] as [UInt8])
  func `a long frame without a long value is taken in many pieces`(kind: UInt8) throws {
    let count = 24 << 20
    var stream: [UInt8] = []
    let message = StreamFrame.Message(
      .mainMessage, channel: CloneString(latin1: [UInt8](repeating: 0x61, count: count)),
      value: .bytes([1, 2, 3]))
    StreamFrameCodec(frameLength: 1 << 26).encode(.message(message), into: &stream)
    stream[4] = kind
    var codec = StreamFrameCodec(frameLength: 1 << 26)
    let size = 256
    for start in stride(from: 0, to: stream.count - size, by: size) {
      codec.append(stream[start..<(start + size)])
      #expect(try codec.next() == nil)
    }
    codec.append(stream.suffix((stream.count - 1) % size + 1))
    if kind == 0x10 {
      #expect(try codec.next() == .message(message))
    } else {
      #expect(throws: StreamError(.unknownKind(kind), offset: 0)) { _ = try codec.next() }
    }
  }

  @Test func `long values are pieces of what is sent, with the same bytes`() {
    var stream: [UInt8] = []
    var output = StreamOutput()
    for case .message(let message) in Self.longFrames {
      StreamFrameCodec(frameLength: 1 << 20).encode(.message(message), into: &stream)
      StreamFrameCodec(frameLength: 1 << 20).encode(message, into: &output)
    }
    #expect(output.count == stream.count)
    let pieces = output.take()
    #expect(pieces.filter { $0.count >= 32 << 10 }.map(\.count) == [100_000, 40_000, 32 << 10])
    #expect(pieces.flatMap(\.bytes) == stream)
    #expect(output.take().isEmpty)
  }

  @Test func `the memory of what was sent is used for what is sent next`() {
    var output = StreamOutput()
    output.append([UInt8](repeating: 1, count: 5000)[...])
    var pieces = output.take()
    #expect(pieces.count == 1)
    output.reuse(pieces.removeLast())
    #expect(output.take().isEmpty)
    let capacity = output.bytes.capacity
    #expect(capacity >= 5000)
    output.append([2, 3])
    #expect(output.bytes.capacity == capacity)
    #expect(output.take().map(\.bytes) == [[2, 3]])
    // Neither values nor much of it.
    output.reuse(.value([4]))
    output.reuse(.own([UInt8](repeating: 5, count: 100_000)))
    #expect(output.bytes.capacity == 0)
  }

  @Test func `a stream that ends within a long value says how much is missing`() throws {
    var bytes: [UInt8] = []
    StreamFrameCodec(frameLength: 1 << 20).encode(Self.longFrames[3], into: &bytes)
    for count in [50, 30_000, bytes.count - 10, bytes.count - 1] {
      var codec = StreamFrameCodec(frameLength: 1 << 20)
      codec.append(bytes[..<20])
      #expect(try codec.next() == nil)
      codec.append(bytes[20..<count])
      #expect(try codec.next() == nil)
      #expect(throws: StreamError(.truncated(missing: bytes.count - count), offset: 0)) {
        try codec.finish()
      }
    }
  }

  @Test func `what follows a long value must be as long as the frame says`() throws {
    var bytes: [UInt8] = []
    StreamFrameCodec(frameLength: 1 << 20).encode(Self.longFrames[3], into: &bytes)
    // One byte more in the frame, behind its ports; then a list of ports that claims more than there is.
    var longer = bytes + [0]
    longer[0] += 1
    bytes[bytes.count - 10] = 3
    for bytes in [longer, bytes] {
      var codec = StreamFrameCodec(frameLength: 1 << 20)
      codec.append(bytes[..<1000])
      #expect(try codec.next() == nil)
      codec.append(bytes[1000...])
      #expect(throws: StreamError(.malformedFrame, offset: 0)) { try codec.next() }
    }
  }

  @Test func `two-byte storage of a channel stays`() throws {
    let channel = CloneString(twoByte: "abc".utf16)
    var bytes: [UInt8] = []
    StreamFrameCodec(frameLength: 64).encode(.frame(.mainMessage, channel: channel), into: &bytes)
    #expect(bytes[5...8] == [6, 0, 0, 0x80])
    var codec = StreamFrameCodec(frameLength: 64)
    codec.append(bytes[...])
    #expect(try codec.next() == .frame(.mainMessage, channel: "abc"))
  }

  static let faults: [([UInt8], StreamError.Reason)] = [
    ([0, 0, 0, 0], .frameLength(0, limit: 64)),
    ([65, 0, 0, 0], .frameLength(65, limit: 64)),
    ([0xFF, 0xFF, 0xFF, 0xFF], .frameLength(0xFFFF_FFFF, limit: 64)),
    ([1, 0, 0, 0, 0x00], .unknownKind(0)),
    ([1, 0, 0, 0, 0x15], .unknownKind(0x15)),
    ([1, 0, 0, 0, 0xFF], .unknownKind(0xFF)),
    // A hello of another protocol, of another version, of no role, and one that ends early.
    ([5, 0, 0, 0, 0x01, 0x48, 0x54, 0x54, 0x50], .notTheProtocol),
    ([7, 0, 0, 0, 0x01, 0x45, 0x49, 0x50, 0x43, 2, 0], .unsupportedVersion(2)),
    ([8, 0, 0, 0, 0x01, 0x45, 0x49, 0x50, 0x43, 1, 0, 3], .unexpectedRole(3)),
    ([8, 0, 0, 0, 0x01, 0x45, 0x49, 0x50, 0x43, 1, 0, 1], .malformedFrame),
    // A channel, a value and a list of ports that claim more than there is.
    ([5, 0, 0, 0, 0x10, 1, 0, 0, 0], .malformedFrame),
    ([5, 0, 0, 0, 0x10, 0xFF, 0xFF, 0xFF, 0x7F], .malformedFrame),
    ([9, 0, 0, 0, 0x10, 0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF], .malformedFrame),
    ([11, 0, 0, 0, 0x13, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF], .malformedFrame),
    ([8, 0, 0, 0, 0x10, 3, 0, 0, 0x80, 1, 2, 3], .oddChannelLength),
    // More behind the last field.
    ([6, 0, 0, 0, 0x31, 1, 0, 0, 0, 0], .malformedFrame),
    ([13, 0, 0, 0, 0x22, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], .callOutOfRange(0)),
    (
      [13, 0, 0, 0, 0x22, 0, 0, 0, 0, 0, 0, 0x20, 0, 0, 0, 0, 0], .callOutOfRange(1 << 53)
    ),
  ]

  @Test(arguments: faults)
  func `a malformed frame is one error with its place`(
    bytes: [UInt8], reason: StreamError.Reason
  ) throws {
    var codec = StreamFrameCodec(frameLength: 64)
    codec.append((StreamFrameTests.samples[1].1 + bytes)[...])
    _ = try codec.next()
    #expect(throws: StreamError(reason, offset: 16)) { try codec.next() }
  }

  @Test func `a stream that ends within a frame says how much is missing`() throws {
    let whole = StreamFrameTests.samples[1].1
    for count in 1..<whole.count {
      var codec = StreamFrameCodec(frameLength: 64)
      codec.append(whole.prefix(count))
      #expect(try codec.next() == nil)
      let missing = count < 4 ? 4 - count : whole.count - count
      #expect(throws: StreamError(.truncated(missing: missing), offset: 0)) { try codec.finish() }
    }
  }

  @Test func `an error is a sentence with its offset`() {
    #expect(
      StreamError(.unknownKind(7), offset: 12).description
        == "offset 12: there is no frame of kind 7")
    #expect(
      StreamError(.outputLimit(10)).description
        == "more than 10 bytes wait to be sent: the other side does not read fast enough")
  }
}
