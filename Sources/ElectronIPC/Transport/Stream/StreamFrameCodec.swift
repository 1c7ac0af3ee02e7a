/// Frames with their length before them, in four bytes, the lowest first.
package struct StreamFrameCodec: StreamCodec {
  private static let prefixLength = 4
  /// So much is made room for at once when a long frame begins; whoever announces more than comes, gets no more.
  private static let largestReserve = 4 << 20

  /// A frame with a long value, which is gathered apart from other bytes, so that it is copied once.
  private struct LongFrame {
    var message: StreamFrame.Message
    /// How much of the value has not arrived.
    var missing: Int
    /// How much follows the value.
    let tailLength: Int
    /// The length of the frame.
    let length: Int

    /// Takes what belongs to the value.
    mutating func take(from chunk: inout ArraySlice<UInt8>) {
      let part = chunk.prefix(missing)
      message.value += part
      missing -= part.count
      chunk = chunk[part.endIndex...]
    }
  }

  private let limit: Int
  /// What has arrived and was not read.
  private var bytes: ArraySlice<UInt8> = []
  /// Whether they are a chunk of the caller's, of which a copy is made before the caller gets another one.
  private var isBorrowed = false
  /// The frame that is arriving, if it is long.
  private var long: LongFrame?
  /// The offset in the stream of the next frame.
  package private(set) var position = 0

  /// Makes a codec that reads frames up to a length.
  package init(frameLength limit: Int) { self.limit = limit }

  // MARK: - Writing

  /// Appends a frame with its length.
  package func encode(_ frame: StreamFrame, into bytes: inout [UInt8]) {
    let start = bytes.count
    bytes.append(littleEndian: UInt32(0))
    frame.write(to: &bytes)
    StreamFrameCodec.store(
      length: bytes.count - start - StreamFrameCodec.prefixLength, in: &bytes, at: start)
  }

  /// Appends a message with its length, and a long value without copying it.
  package func encode(_ message: StreamFrame.Message, into output: inout StreamOutput) {
    let start = output.bytes.count
    output.bytes.append(littleEndian: UInt32(0))
    message.writeHead(to: &output.bytes)
    var tail: [UInt8] = []
    message.writeTail(to: &tail)
    let headLength = output.bytes.count - start - StreamFrameCodec.prefixLength
    StreamFrameCodec.store(
      length: headLength + message.value.count + tail.count, in: &output.bytes, at: start)
    output.append(message.value)
    output.bytes += tail
  }

  private static func store(length: Int, in bytes: inout [UInt8], at start: Int) {
    // What is written is from a message in memory; one of 4 GiB is refused by every reader.
    let length = UInt32(clamping: length)
    for index in 0..<prefixLength {
      bytes[start + index] = UInt8(truncatingIfNeeded: length >> UInt32(8 * index))
    }
  }

  // MARK: - Reading

  /// Takes bytes as they arrived.
  package mutating func append(_ chunk: ArraySlice<UInt8>) {
    var chunk = chunk
    long?.take(from: &chunk)
    if bytes.isEmpty {
      bytes = chunk
      isBorrowed = true
    } else {
      bytes += chunk
    }
  }

  /// The next frame.
  package mutating func next() throws(StreamError) -> StreamFrame? {
    if let frame = try long == nil ? nextWhole() : nextLong() { return frame }
    // Nothing more can be read of them: the caller may use the chunk again.
    if isBorrowed {
      bytes = Array(bytes)[...]
      isBorrowed = false
    }
    return nil
  }

  private mutating func nextWhole() throws(StreamError) -> StreamFrame? {
    guard let length = try nextLength() else { return nil }
    let first = bytes.startIndex + StreamFrameCodec.prefixLength
    guard bytes.endIndex - first >= length else {
      return length > StreamOutput.longValue ? try beginLong(length) : nil
    }
    let frame = try StreamFrame(bytes[first..<(first + length)], offset: position)
    bytes = bytes[(first + length)...]
    position += StreamFrameCodec.prefixLength + length
    return frame
  }

  /// Begins to gather a long value, if what stands before it has arrived; what is wrong with a frame is found once it is there.
  private mutating func beginLong(_ length: Int) throws(StreamError) -> StreamFrame? {
    let first = bytes.startIndex + StreamFrameCodec.prefixLength
    guard
      let (message, valueCount, headLength) = try? StreamFrame.Message.head(
        ofFrame: bytes[first...], offset: position),
      valueCount > StreamOutput.longValue, valueCount <= length - headLength
    else { return nil }
    var frame = LongFrame(
      message: message, missing: valueCount, tailLength: length - headLength - valueCount,
      length: length)
    frame.message.value.reserveCapacity(min(valueCount, StreamFrameCodec.largestReserve))
    bytes = bytes[(first + headLength)...]
    frame.take(from: &bytes)
    long = frame
    return try nextLong()
  }

  private mutating func nextLong() throws(StreamError) -> StreamFrame? {
    guard let tailLength = long?.tailLength, long?.missing == 0, bytes.count >= tailLength,
      var frame = long.take()
    else { return nil }
    try frame.message.readTail(bytes.prefix(tailLength), offset: position)
    bytes = bytes.dropFirst(tailLength)
    position += StreamFrameCodec.prefixLength + frame.length
    return .message(frame.message)
  }

  /// Makes sure that no part of a frame is left.
  package func finish() throws(StreamError) {
    let missing: Int
    if let long {
      missing = long.missing + long.tailLength - bytes.count
    } else if bytes.isEmpty {
      return
    } else {
      missing = StreamFrameCodec.prefixLength + (try nextLength() ?? 0) - bytes.count
    }
    throw StreamError(.truncated(missing: missing), offset: position)
  }

  private func nextLength() throws(StreamError) -> Int? {
    guard bytes.count >= StreamFrameCodec.prefixLength else { return nil }
    var length: UInt32 = 0
    for index in 0..<StreamFrameCodec.prefixLength {
      length |= UInt32(bytes[bytes.startIndex + index]) << UInt32(8 * index)
    }
    guard length > 0, length <= limit else {
      throw StreamError(.frameLength(UInt64(length), limit: limit), offset: position)
    }
    return Int(length)
  }
}
