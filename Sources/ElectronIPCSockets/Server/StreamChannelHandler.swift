package import ElectronIPC
package import NIOCore

/// Hands what a channel reads to a connection.
package final class StreamChannelHandler: ChannelInboundHandler {
  package typealias InboundIn = ByteBuffer

  private let endpoint: any StreamEndpoint
  private var driver: ServerDriver?
  private var error: StreamError?

  package init(_ endpoint: any StreamEndpoint) { self.endpoint = endpoint }

  package func handlerAdded(context: ChannelHandlerContext) {
    if context.channel.isActive { attach(context) }
  }

  package func channelActive(context: ChannelHandlerContext) { attach(context) }

  private func attach(_ context: ChannelHandlerContext) {
    guard driver == nil else { return }
    let driver = ServerDriver(context.channel, for: endpoint)
    self.driver = driver
    endpoint.attach(driver)
  }

  package func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    driver?.receive(unwrapInboundIn(data))
  }

  package func errorCaught(context: ChannelHandlerContext, error: any Error) {
    self.error = StreamError(.connectionLost("\(error)"))
    context.close(promise: nil)
  }

  package func channelInactive(context: ChannelHandlerContext) {
    driver = nil
    // A channel closes within the call that fails to write to it. That may come from a message of this or another connection that
    // is being handed over, with a lock held.
    context.eventLoop.execute { [endpoint, error] in endpoint.receiveEnd(error) }
  }
}
