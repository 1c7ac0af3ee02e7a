public import StructuredClone

/// Reads messages from the channel between a Node process and its child, however the bytes arrive.
///
/// ```swift
/// var decoder = NodeChannelDecoder()
/// while let chunk = try readChunk() {
///   decoder.append(chunk)
///   while let message = try decoder.next() { handle(message) }
/// }
/// try decoder.finish()
/// ```
///
/// A message that cannot be read is one error, and the next call goes on behind it.
public struct NodeChannelDecoder: Sendable {
  private var reader: ValueDeserializer
  private var stream = ByteQueue()
  /// How many messages were read, or failed.
  public private(set) var messageCount = 0

  /// Makes a decoder.
  ///
  /// - Parameters:
  ///   - profile: the release of Node to be as strict as; by default whatever any of them wrote is read.
  ///   - limits: of each message. A frame that announces more than ``CloneLimits/inputSize`` is an error as soon as that
  ///     is known, and the stream ends with it.
  public init(profile: CloneProfile = .default, limits: CloneLimits = .default) {
    reader = NodeHostObjects(profile, dialect: .channel).deserializer(profile, limits)
  }

  /// The offset in the stream of the next message.
  public var position: Int { stream.position }

  /// Takes bytes as they arrived.
  public mutating func append(_ chunk: some Sequence<UInt8>) { stream.append(chunk) }

  /// Takes bytes as they arrived, without a copy if none before them is waiting.
  public mutating func append(_ chunk: [UInt8]) { stream.append(chunk) }

  /// The next message, or `nil` if not all of it has arrived.
  ///
  /// - Throws: why a message cannot be read.
  public mutating func next() throws(NodeStreamError) -> CloneValue? {
    guard stream.count >= NodeFrame.prefixLength else { return nil }
    let length = stream.length(at: 0)
    guard length <= reader.limits.inputSize else {
      throw NodeStreamError(.frameTooLong(length), offset: position, message: messageCount)
    }
    guard stream.count - NodeFrame.prefixLength >= length else { return nil }
    defer { messageCount += 1 }
    return try reader.readMessage(
      length, behind: NodeFrame.prefixLength, from: &stream, message: messageCount)
  }

  /// Makes sure that the stream does not end within a message.
  ///
  /// - Throws: ``NodeStreamError/Reason/truncated(missing:)``.
  public func finish() throws(NodeStreamError) {
    guard stream.count > 0 else { return }
    let frame =
      NodeFrame.prefixLength
      + (stream.count < NodeFrame.prefixLength ? 0 : stream.length(at: 0))
    throw NodeStreamError(
      .truncated(missing: frame - stream.count), offset: position, message: messageCount)
  }

  /// Whether Node keeps a message for itself: an object whose `cmd` begins with `NODE_`, such as the handshake of `cluster`.
  public static func isInternal(_ message: CloneValue) -> Bool {
    guard let command = message["cmd"].string else { return false }
    let prefix = Array("NODE_".utf16)
    return command.utf16Count > prefix.count && command.utf16.starts(with: prefix)
  }
}
