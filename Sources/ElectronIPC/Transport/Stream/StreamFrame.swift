package import StructuredClone

/// One frame of the stream protocol, which `Documentation/IPCProtocol.md` describes.
package enum StreamFrame: Sendable, Equatable {
  /// The first one of each side.
  case hello(StreamHello)
  /// All others.
  case message(Message)

  /// A frame that is no hello. Which fields count depends on the kind; the others are empty.
  package struct Message: Sendable, Equatable {
    /// What the frame is.
    package var kind: Kind
    /// The number of a call.
    package var id: UInt64
    /// The port that the frame is for.
    package var port: UInt32
    /// The channel.
    package var channel: CloneString
    /// A value, which the connection does not look into. What was read has its bytes.
    package var value: MessageContent
    /// The numbers of the ports that come with the value.
    package var ports: [UInt32]

    /// Makes a frame.
    package init(
      _ kind: Kind, id: UInt64 = 0, port: UInt32 = 0, channel: CloneString = "",
      value: MessageContent = .bytes([]), ports: [UInt32] = []
    ) {
      self.kind = kind
      self.id = id
      self.port = port
      self.channel = channel
      self.value = value
      self.ports = ports
    }

    /// Takes the value out, which is not copied then.
    mutating func takeValue() -> MessageContent {
      var taken = MessageContent.bytes([])
      swap(&taken, &value)
      return taken
    }
  }

  /// The kinds of frames behind the hello, each with its byte.
  package enum Kind: UInt8, Sendable, CaseIterable {
    /// `send`
    case mainMessage = 0x10
    /// `invoke`
    case invoke = 0x11
    /// `sendSync`
    case messageSync = 0x12
    /// `postMessage` of the page
    case mainPostMessage = 0x13
    /// `sendToHost`
    case messageHost = 0x14
    /// `send` of the main process, and `reply`
    case frameMessage = 0x20
    /// `postMessage` of the main process
    case framePostMessage = 0x21
    /// The reply to an `invoke`
    case invokeReply = 0x22
    /// The reply to a `sendSync`
    case syncReply = 0x23
    /// What was posted on a port
    case portMessage = 0x30
    /// The end of a port
    case portClose = 0x31

    /// The only side that may send the kind; `nil` for both.
    var sender: StreamRole? {
      switch self {
      case .mainMessage, .invoke, .messageSync, .mainPostMessage, .messageHost: .frame
      case .frameMessage, .framePostMessage, .invokeReply, .syncReply: .main
      case .portMessage, .portClose: nil
      }
    }

    var hasID: Bool {
      switch self {
      case .invoke, .messageSync, .invokeReply, .syncReply: true
      default: false
      }
    }

    var hasPort: Bool { self == .portMessage || self == .portClose }

    var hasChannel: Bool {
      switch self {
      case .invokeReply, .syncReply, .portMessage, .portClose: false
      default: true
      }
    }

    var hasValue: Bool { self != .portClose }

    var hasPorts: Bool {
      switch self {
      case .mainPostMessage, .framePostMessage, .portMessage: true
      default: false
      }
    }
  }

  /// The byte of a hello.
  static let helloKind: UInt8 = 0x01
  /// The largest number of a call: JavaScript's largest safe integer.
  static let largestID: UInt64 = 1 << 53 - 1
}
