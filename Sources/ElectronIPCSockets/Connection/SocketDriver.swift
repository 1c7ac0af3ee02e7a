import ElectronIPC
import NIOCore

/// Moves the bytes of a connection over a channel of SwiftNIO's.
///
/// What is sent while bytes that arrived are being dispatched goes out with one call of the system's, behind them.
final class SocketDriver: StreamDriver {
  /// How long an ended connection waits until the other side has read what was sent and has closed, too.
  private static let lingering = TimeAmount.seconds(5)

  private let channel: any Channel
  private let endpoint: any StreamEndpoint
  private let isDispatching: NIOLoopBoundBox<Bool>

  init(_ channel: any Channel, for endpoint: any StreamEndpoint) {
    self.channel = channel
    self.endpoint = endpoint
    isDispatching = NIOLoopBoundBox(false, eventLoop: channel.eventLoop)
  }

  func outputIsReady() {
    guard channel.eventLoop.inEventLoop else { return channel.eventLoop.execute { self.flush() } }
    if !isDispatching.value || endpoint.outputCount >= SocketDriver.batchSize { flush() }
  }

  private static let batchSize = 64 << 10

  func readingMayChange() {
    channel.eventLoop.execute { [self] in
      channel.setOption(.autoRead, value: endpoint.isReading).whenFailure { _ in }
    }
  }

  func close(afterOutput: Bool) {
    channel.eventLoop.execute { [self] in
      guard afterOutput else { return channel.close(promise: nil) }
      flush()
      // The other side reads to the end and closes. Closed at once, the system would throw away what it has not read.
      channel.setOption(.autoRead, value: true).whenFailure { _ in }
      channel.writeAndFlush(ByteBuffer()).whenComplete { [channel] _ in
        channel.close(mode: .output, promise: nil)
      }
      channel.eventLoop.scheduleTask(in: SocketDriver.lingering) { [channel] in
        channel.close(promise: nil)
      }
    }
  }

  // MARK: - On the channel's loop

  func receive(_ buffer: ByteBuffer) {
    isDispatching.value = true
    endpoint.receive(Array(buffer.readableBytesView))
    isDispatching.value = false
    flush()
  }

  private func flush() {
    let bytes = endpoint.takeOutput()
    guard !bytes.isEmpty else { return }
    channel.writeAndFlush(ByteBuffer(bytes: bytes)).whenComplete { [endpoint] _ in
      endpoint.didWrite(bytes.count)
    }
  }
}
