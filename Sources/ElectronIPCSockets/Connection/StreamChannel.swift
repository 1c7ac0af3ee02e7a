package import ElectronIPC
package import NIOCore
import NIOPosix

/// A channel of SwiftNIO's that carries a connection.
package enum StreamChannel {
  private static let readSizes = AdaptiveRecvByteBufferAllocator(
    minimum: 4 << 10, initial: 16 << 10, maximum: 1 << 20)

  /// Makes a channel carry a connection.
  static func configure(_ channel: any Channel, for endpoint: any StreamEndpoint) throws {
    try channel.syncOptions?.setOption(.recvAllocator, value: readSizes)
    try channel.pipeline.syncOperations.addHandler(StreamChannelHandler(endpoint))
  }

  /// Carries a connection over a connected socket, of which the channel takes possession.
  package static func adopt(
    _ descriptor: Int32, for endpoint: any StreamEndpoint,
    on group: any EventLoopGroup = SocketThread.shared
  ) {
    ClientBootstrap(group: group)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture { try configure(channel, for: endpoint) }
      }
      .withConnectedSocket(descriptor)
      .whenFailure { endpoint.receiveEnd(StreamError(.connectionLost("\($0)"))) }
  }
}
