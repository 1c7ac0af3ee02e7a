import ElectronIPC
import NIOCore

/// Hands what a channel reads to a connection.
final class StreamChannelHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer

  private let endpoint: any StreamEndpoint
  private var driver: ServerDriver?
  private var error: StreamError?

  init(_ endpoint: any StreamEndpoint) { self.endpoint = endpoint }

  func handlerAdded(context: ChannelHandlerContext) {
    if context.channel.isActive { attach(context) }
  }

  func channelActive(context: ChannelHandlerContext) { attach(context) }

  private func attach(_ context: ChannelHandlerContext) {
    guard driver == nil else { return }
    let driver = ServerDriver(context.channel, for: endpoint)
    self.driver = driver
    endpoint.attach(driver)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    driver?.receive(unwrapInboundIn(data))
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    self.error = StreamError(.connectionLost("\(error)"))
    context.close(promise: nil)
  }

  func channelInactive(context: ChannelHandlerContext) {
    endpoint.receiveEnd(error)
    driver = nil
  }
}
