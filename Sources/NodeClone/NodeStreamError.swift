public import StructuredClone

/// Why a message of a stream cannot be read.
public struct NodeStreamError: Error, Sendable, CustomStringConvertible {
  /// Why.
  public enum Reason: Sendable {
    /// The stream ends so many bytes before its last message.
    case truncated(missing: Int)
    /// A message announces more bytes than ``CloneLimits/inputSize``.
    case frameTooLong(Int)
    /// The payload of a message is none. Offsets are those within it.
    case unreadable(CloneDecodingError)
  }

  /// Why.
  public let reason: Reason
  /// Where the message begins, in the stream.
  public let offset: Int
  /// The number of the message, the first being 0.
  public let message: Int

  init(_ reason: Reason, offset: Int, message: Int) {
    self.reason = reason
    self.offset = offset
    self.message = message
  }

  /// What, where, and why.
  public var description: String {
    let text =
      switch reason {
      case .truncated(let missing): "the stream ends \(missing) bytes too early"
      case .frameTooLong(let length):
        "a frame of \(length) bytes is longer than limits.inputSize allows"
      case .unreadable(let error): "\(error)"
      }
    return "message \(message) at offset \(offset): \(text)"
  }
}

extension ValueDeserializer {
  /// Reads the next message of a stream: a payload of a length, all of which has arrived, behind its prefix.
  mutating func readMessage(
    _ length: Int, behind prefixLength: Int, from stream: inout ByteQueue, message: Int
  ) throws(NodeStreamError) -> CloneValue {
    let offset = stream.position
    do {
      if let last = stream.takeLast(length, behind: prefixLength) {
        return try readPayload(last.bytes, from: last.start)
      }
      return try readPayload(stream.take(length, behind: prefixLength))
    } catch {
      throw NodeStreamError(.unreadable(error), offset: offset, message: message)
    }
  }
}
