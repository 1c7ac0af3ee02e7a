import ElectronIPC
import ElectronIPCSockets
import NIOCore
import NIOEmbedded
import Synchronization
import Testing

/// A channel does much within the call that writes to it.
struct ServerDriverTests {
  /// Notes what a driver asks of it, and has output at hand.
  private final class Endpoint: StreamEndpoint {
    struct State {
      var driver: (any StreamDriver)?
      var output: [[[UInt8]]] = []
      var isReceiving = false
      var ends: [Bool] = []
    }

    let state = Mutex(State())
    /// What is done with what arrives, and with what was written.
    let onReceive: @Sendable () -> Void
    let onWrite: @Sendable (any StreamDriver) -> Void

    init(
      output: [[[UInt8]]] = [], onReceive: @escaping @Sendable () -> Void = {},
      onWrite: @escaping @Sendable (any StreamDriver) -> Void = { _ in }
    ) {
      self.onReceive = onReceive
      self.onWrite = onWrite
      state.withLock { $0.output = output }
    }

    var driver: (any StreamDriver)? { state.withLock { $0.driver } }
    var isReading: Bool { true }
    var hasBatch: Bool { true }

    func attach(_ driver: any StreamDriver) { state.withLock { $0.driver = driver } }

    func receive(_ chunk: ArraySlice<UInt8>) {
      state.withLock { $0.isReceiving = true }
      onReceive()
      state.withLock { $0.isReceiving = false }
    }

    func receiveEnd(_ error: StreamError?) {
      state.withLock { $0.ends.append($0.isReceiving) }
    }

    func takeOutput() -> [StreamPiece] {
      state.withLock { $0.output.isEmpty ? [] : $0.output.removeFirst().map { .own($0) } }
    }

    func didWrite(_ count: Int) { if let driver { onWrite(driver) } }
  }

  /// Closes the channel within a write, as SwiftNIO does when the system refuses it.
  private final class RefusedWrites: ChannelOutboundHandler {
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    func flush(context: ChannelHandlerContext) { context.close(promise: nil) }
  }

  private func channel(
    _ endpoint: Endpoint, behind handlers: [any ChannelHandler] = []
  ) throws -> EmbeddedChannel {
    let channel = EmbeddedChannel(handlers: handlers + [StreamChannelHandler(endpoint)])
    try channel.connect(to: SocketAddress(unixDomainSocketPath: "peer")).wait()
    return channel
  }

  /// While what has come is handed over, a lock is held that the end needs, too: a message for a dead peer could bring the
  /// process of its living sender down.
  @Test func `a write that fails ends the connection behind the message that caused it`() throws {
    let refused = Mutex<(any StreamDriver)?>(nil)
    let endpoint = Endpoint(
      output: [[[1]]], onReceive: { refused.withLock { $0 }?.outputIsReady() })
    let channel = try channel(endpoint, behind: [RefusedWrites()])
    refused.withLock { $0 = endpoint.driver }
    try channel.writeInbound(ByteBuffer(bytes: [0]))
    #expect(!channel.isActive)
    channel.embeddedEventLoop.run()
    #expect(endpoint.state.withLock { $0.ends } == [false])
  }

  /// What was written makes room for what waited, which is behind all that was taken before.
  @Test func `output that a write lets go on stays in order`() throws {
    let endpoint = Endpoint(
      output: [[[1], [2], [3]], [[4]], [[5], [6]]], onWrite: { $0.outputIsReady() })
    let channel = try channel(endpoint)
    endpoint.driver?.outputIsReady()
    channel.embeddedEventLoop.run()
    var written: [UInt8] = []
    while let buffer = try channel.readOutbound(as: ByteBuffer.self) {
      written += buffer.readableBytesView
    }
    #expect(written == [1, 2, 3, 4, 5, 6])
  }
}
