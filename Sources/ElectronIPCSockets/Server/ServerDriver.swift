package import ElectronIPC
package import NIOCore
import NIOPosix

/// Moves the bytes of a connection over a channel of SwiftNIO's.
///
/// What is sent while bytes that arrived are being dispatched goes out with one call of the system's, behind them.
package final class ServerDriver: StreamDriver {
  /// So much is read and written at once: memory of that size is used again and again, and not given back to the system.
  private static let chunkSize = 64 << 10
  private static let readSizes = AdaptiveRecvByteBufferAllocator(
    minimum: 4 << 10, initial: 16 << 10, maximum: chunkSize)
  /// How long an ended connection waits until the other side has read what was sent and has closed, too.
  private static let lingering = TimeAmount.seconds(5)

  private let channel: any Channel
  private let endpoint: any StreamEndpoint
  private let isDispatching: NIOLoopBoundBox<Bool>
  private let isFlushing: NIOLoopBoundBox<Bool>
  /// The bytes of the last reading, for the room that they have.
  private let received: NIOLoopBoundBox<[UInt8]>

  init(_ channel: any Channel, for endpoint: any StreamEndpoint) {
    self.channel = channel
    self.endpoint = endpoint
    isDispatching = NIOLoopBoundBox(false, eventLoop: channel.eventLoop)
    isFlushing = NIOLoopBoundBox(false, eventLoop: channel.eventLoop)
    received = NIOLoopBoundBox([], eventLoop: channel.eventLoop)
  }

  /// Makes a channel carry a connection.
  static func configure(_ channel: any Channel, for endpoint: any StreamEndpoint) throws {
    try channel.syncOptions?.setOption(.recvAllocator, value: readSizes)
    // What is left is found by the next wait, which costs no more than a reading in vain.
    try channel.syncOptions?.setOption(.maxMessagesPerRead, value: 1)
    try channel.syncOptions?.setOption(
      .socketOption(.so_sndbuf),
      value: ChannelOptions.Types.SocketOption.Value(UnixSocket.bufferSize))
    try channel.pipeline.syncOperations.addHandler(StreamChannelHandler(endpoint))
  }

  /// Carries a connection over a connected socket that no server has accepted.
  package static func adopt(
    _ descriptor: Int32, for endpoint: any StreamEndpoint, on threads: any EventLoopGroup
  ) {
    ClientBootstrap(group: threads)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture { try configure(channel, for: endpoint) }
      }
      .withConnectedSocket(descriptor)
      .whenFailure { endpoint.receiveEnd(StreamError(.connectionLost("\($0)"))) }
  }

  package func readHere(until isDone: () -> Bool) -> Bool { false }

  package func outputIsReady() {
    guard channel.eventLoop.inEventLoop else { return channel.eventLoop.execute { self.flush() } }
    if !isDispatching.value || endpoint.hasBatch { flush() }
  }

  package func readingMayChange() {
    channel.eventLoop.execute { [self] in
      channel.setOption(.autoRead, value: endpoint.isReading).whenFailure { _ in }
    }
  }

  package func close(afterOutput: Bool) {
    channel.eventLoop.execute { [self] in
      guard afterOutput else { return channel.close(promise: nil) }
      flush()
      // The other side reads to the end and closes. Closed at once, the system would throw away what it has not read.
      channel.setOption(.autoRead, value: true).whenFailure { _ in }
      channel.writeAndFlush(ByteBuffer()).whenComplete { [channel] _ in
        channel.close(mode: .output, promise: nil)
      }
      channel.eventLoop.scheduleTask(in: ServerDriver.lingering) { [channel] in
        channel.close(promise: nil)
      }
    }
  }

  // MARK: - On the channel's loop

  func receive(_ buffer: ByteBuffer) {
    isDispatching.value = true
    // Kept by nobody: what is left of it is copied.
    var bytes = received.value
    received.value = []
    bytes.removeAll(keepingCapacity: bytes.capacity <= ServerDriver.chunkSize)
    bytes += buffer.readableBytesView
    endpoint.receive(bytes[...])
    received.value = bytes
    isDispatching.value = false
    flush()
  }

  private func flush() {
    // What is written lets waiting ports go on, within the call: their output comes behind the pieces that were taken before.
    guard !isFlushing.value else { return channel.eventLoop.execute { self.flush() } }
    isFlushing.value = true
    defer { isFlushing.value = false }
    var pieces = endpoint.takeOutput()
    var missing = pieces.reduce(0) { $0 + $1.count }
    var buffer = ByteBuffer()
    for index in pieces.indices {
      var rest = pieces[index].bytes
      while !rest.isEmpty {
        if buffer.readableBytes == 0 {
          buffer.reserveCapacity(min(missing, ServerDriver.chunkSize))
        }
        let part = rest.prefix(ServerDriver.chunkSize - buffer.readableBytes)
        buffer.writeBytes(part)
        rest = rest[part.endIndex...]
        missing -= part.count
        if missing == 0 || buffer.readableBytes == ServerDriver.chunkSize {
          write(buffer)
          buffer = ByteBuffer()
        }
      }
      rest = []
      var piece = StreamPiece.own([])
      swap(&piece, &pieces[index])
      endpoint.reuse(piece)
    }
  }

  private func write(_ buffer: ByteBuffer) {
    channel.writeAndFlush(buffer).whenComplete { [endpoint] _ in
      endpoint.didWrite(buffer.readableBytes)
    }
  }
}
