/// What a side sends, as frames.
package protocol StreamMessage: Sendable {
  /// The side that sends it.
  static var sender: StreamRole { get }

  /// The message of a frame; `nil` if the frame is no such message.
  init?(_ frame: consuming StreamFrame.Message, ports: [PortEnd])

  /// The ports that go with it.
  var ports: [PortEnd] { get }

  /// The frame, without the numbers of its ports.
  consuming func takeFrame() -> StreamFrame.Message
}

extension MainBoundMessage: StreamMessage {
  package static var sender: StreamRole { .frame }

  package init?(_ frame: consuming StreamFrame.Message, ports: [PortEnd]) {
    let value = frame.takeValue()
    switch frame.kind {
    case .mainMessage: self = .message(channel: frame.channel, arguments: value)
    case .invoke: self = .invoke(id: frame.id, channel: frame.channel, arguments: value)
    case .messageSync:
      self = .messageSync(id: frame.id, channel: frame.channel, arguments: value)
    case .mainPostMessage:
      self = .receivePostMessage(
        channel: frame.channel, TransferableMessage(value, ports: ports))
    case .messageHost: self = .messageHost(channel: frame.channel, arguments: value)
    default: return nil
    }
  }

  package var ports: [PortEnd] {
    if case .receivePostMessage(_, let message) = self { message.ports } else { [] }
  }

  package consuming func takeFrame() -> StreamFrame.Message {
    switch consume self {
    case .message(let channel, let arguments):
      StreamFrame.Message(.mainMessage, channel: channel, value: arguments)
    case .invoke(let id, let channel, let arguments):
      StreamFrame.Message(.invoke, id: id, channel: channel, value: arguments)
    case .messageSync(let id, let channel, let arguments):
      StreamFrame.Message(.messageSync, id: id, channel: channel, value: arguments)
    case .receivePostMessage(let channel, let message):
      StreamFrame.Message(.mainPostMessage, channel: channel, value: message.message)
    case .messageHost(let channel, let arguments):
      StreamFrame.Message(.messageHost, channel: channel, value: arguments)
    }
  }
}

extension FrameBoundMessage: StreamMessage {
  package static var sender: StreamRole { .main }

  package init?(_ frame: consuming StreamFrame.Message, ports: [PortEnd]) {
    let value = frame.takeValue()
    switch frame.kind {
    case .frameMessage: self = .message(channel: frame.channel, arguments: value)
    case .framePostMessage:
      self = .receivePostMessage(
        channel: frame.channel, TransferableMessage(value, ports: ports))
    case .invokeReply: self = .invokeReply(id: frame.id, result: value)
    case .syncReply: self = .syncReply(id: frame.id, result: value)
    default: return nil
    }
  }

  package var ports: [PortEnd] {
    if case .receivePostMessage(_, let message) = self { message.ports } else { [] }
  }

  package consuming func takeFrame() -> StreamFrame.Message {
    switch consume self {
    case .message(let channel, let arguments):
      StreamFrame.Message(.frameMessage, channel: channel, value: arguments)
    case .receivePostMessage(let channel, let message):
      StreamFrame.Message(.framePostMessage, channel: channel, value: message.message)
    case .invokeReply(let id, let result):
      StreamFrame.Message(.invokeReply, id: id, value: result)
    case .syncReply(let id, let result):
      StreamFrame.Message(.syncReply, id: id, value: result)
    }
  }
}
