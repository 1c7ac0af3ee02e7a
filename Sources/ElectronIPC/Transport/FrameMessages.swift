package import StructuredClone

/// What a frame sends to the main process: `ElectronApiIPC` of electron-ipc, section 8.
///
/// `arguments` are one array. Nothing in a message says who sent it: that is known from the
/// transport it came by.
package enum MainBoundMessage: Sendable {
  /// `send`
  case message(channel: CloneString, arguments: MessageContent)
  /// `invoke`; the reply has the same id.
  case invoke(id: UInt64, channel: CloneString, arguments: MessageContent)
  /// `sendSync`; the reply has the same id.
  case messageSync(id: UInt64, channel: CloneString, arguments: MessageContent)
  /// `postMessage`
  case receivePostMessage(channel: CloneString, TransferableMessage)
  /// `sendToHost`
  case messageHost(channel: CloneString, arguments: MessageContent)
}

/// What the main process sends to a frame: `ElectronRenderer` of electron-ipc, section 8, and the replies to what the frame
/// asked.
package enum FrameBoundMessage: Sendable {
  /// `send` and `reply`
  case message(channel: CloneString, arguments: MessageContent)
  /// `postMessage`
  case receivePostMessage(channel: CloneString, TransferableMessage)
  /// The reply to an `invoke`: an object with `result` or `error`.
  case invokeReply(id: UInt64, result: MessageContent)
  /// The reply to a `sendSync`: the bare value.
  case syncReply(id: UInt64, result: MessageContent)
}
