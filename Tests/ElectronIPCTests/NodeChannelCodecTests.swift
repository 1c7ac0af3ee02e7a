import ElectronIPC
import ElectronIPCSockets
import NodeClone
import StructuredClone
import Synchronization
import Testing

/// Frames within messages of `process.send`.
struct NodeChannelCodecTests {
  private static let frame = StreamFrame.message(
    StreamFrame.Message(.mainMessage, channel: "ab", value: .bytes([9])))
  /// The frame from its kind on.
  private static let content: [UInt8] = [0x10, 2, 0, 0, 0, 0x61, 0x62, 1, 0, 0, 0, 9]

  private static func view(_ bytes: [UInt8]) throws -> CloneValue {
    .arrayBufferView(try #require(CloneArrayBufferView(.uint8, on: CloneArrayBuffer(bytes))))
  }

  @Test
  func `a frame is a property, as a Uint8Array or as a Buffer; other messages are handed out`()
    throws
  {
    let others = Mutex<[CloneValue]>([])
    var codec = NodeChannelCodec(frameLength: 100) { other in others.withLock { $0.append(other) } }
    let encoder = NodeChannelEncoder()
    let messages: [CloneValue] = [
      ["electronIPC": try Self.view(Self.content)], ["mine": 1], ["cmd": "NODE_HANDLE"],
      ["electronIPC": NodeBuffer(Self.content).value], ["electronIPC": "text"],
    ]
    for message in messages { codec.append(try encoder.encode(message)[...]) }
    for _ in 0..<2 { #expect(try codec.next() == Self.frame) }
    #expect(try codec.next() == nil)
    #expect(others.withLock { $0 } == [])
    codec.takeOtherWork()?()
    #expect(others.withLock { $0 } == [["mine": 1], ["electronIPC": "text"]])
    let more = codec.takeOtherWork()
    #expect(more == nil)
  }

  /// Whoever gets a message that is no frame may end the connection, or call over it.
  @Test func `the other messages may use the connection`() throws {
    let connection = Mutex<StreamConnection<FrameBoundMessage, MainBoundMessage>?>(nil)
    let side = StreamConnection<FrameBoundMessage, MainBoundMessage>(
      NodeChannelCodec(frameLength: 100) { _ in connection.withLock { $0 }?.close() },
      limits: .default
    ) { _ in }
    connection.withLock { $0 = side }
    let driver = ScriptedDriver(side)
    side.receive(try NodeChannelEncoder().encode(["quit": true])[...])
    #expect(driver.closing.isClosed)
    connection.withLock { $0 = nil }
  }

  @Test
  func `what is written is the message with the Uint8Array`() throws {
    var bytes: [UInt8] = []
    NodeChannelCodec(frameLength: 100).encode(Self.frame, into: &bytes)
    let message: CloneValue = ["electronIPC": try Self.view(Self.content)]
    #expect(bytes == (try NodeChannelEncoder().encode(message)))
  }

  @Test
  func `a frame beyond the limit ends the stream`() throws {
    var codec = NodeChannelCodec(frameLength: 11)
    codec.append(
      try NodeChannelEncoder().encode(["electronIPC": try Self.view(Self.content)])[...])
    let error = try #require(throws: StreamError.self) { try codec.next() }
    #expect(error.description == "offset 0: a frame of 12 bytes; from 1 to 11 are allowed")
  }
}
