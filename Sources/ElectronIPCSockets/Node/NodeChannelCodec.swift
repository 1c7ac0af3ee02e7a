package import ElectronIPC
import NodeClone
package import StructuredClone

/// Frames on the channel between a Node process and its child, each in a message of `process.send`.
///
/// A frame is the property `electronIPC` of an object, from its kind on: a `Uint8Array`, or a `Buffer`. All other messages are
/// somebody else's.
package struct NodeChannelCodec: StreamCodec {
  private static let property: ClonePropertyKey = "electronIPC"
  /// What a message has around its frame, generously.
  private static let overhead = 256

  private let limit: Int
  private let encoder = NodeChannelEncoder()
  private var decoder: NodeChannelDecoder
  private let onOther: @Sendable (CloneValue) -> Void
  /// The messages that are no frames and were not handed over yet.
  private var others: [CloneValue] = []

  /// Makes a codec that reads frames up to a length.
  ///
  /// - Parameter onOther: gets the messages that are no frames.
  package init(
    frameLength limit: Int, onOther: @escaping @Sendable (CloneValue) -> Void = { _ in }
  ) {
    self.limit = limit
    self.onOther = onOther
    let (inputSize, isPast) = limit.addingReportingOverflow(NodeChannelCodec.overhead)
    decoder = NodeChannelDecoder(limits: CloneLimits(inputSize: isPast ? .max : inputSize))
  }

  /// Appends a message with a frame.
  package func encode(_ frame: StreamFrame, into bytes: inout [UInt8]) {
    var content: [UInt8] = []
    frame.write(to: &content)
    guard
      let view = CloneArrayBufferView(.uint8, on: CloneArrayBuffer(content)),
      let message = try? encoder.encode(
        .object([NodeChannelCodec.property: .arrayBufferView(view)]))
    else { return }
    bytes += message
  }

  /// Takes bytes as they arrived.
  package mutating func append(_ chunk: ArraySlice<UInt8>) { decoder.append(chunk) }

  /// The next frame.
  package mutating func next() throws(StreamError) -> StreamFrame? {
    while true {
      let offset = decoder.position
      let message: CloneValue?
      do {
        message = try decoder.next()
      } catch {
        throw StreamError(.unreadableMessage(error.description), offset: offset)
      }
      guard let message else { return nil }
      let content = message[NodeChannelCodec.property]
      guard let frame = content.arrayBufferView?.bytes ?? NodeBuffer(content)?.bytes else {
        if !NodeChannelDecoder.isInternal(message) { others.append(message) }
        continue
      }
      guard (1...limit).contains(frame.count) else {
        throw StreamError(.frameLength(UInt64(frame.count), limit: limit), offset: offset)
      }
      return try StreamFrame(frame.span, offset: offset)
    }
  }

  /// Hands over the messages that are no frames.
  package mutating func takeOtherWork() -> (@Sendable () -> Void)? {
    guard !others.isEmpty else { return nil }
    defer { others = [] }
    return { [others, onOther] in others.forEach(onOther) }
  }

  /// Makes sure that no part of a message is left.
  package func finish() throws(StreamError) {
    do {
      try decoder.finish()
    } catch {
      guard case .truncated(let missing) = error.reason else { return }
      throw StreamError(.truncated(missing: missing), offset: decoder.position)
    }
  }

  /// The offset in the stream of the next message.
  package var position: Int { decoder.position }
}
