/// Frames with their length before them, in four bytes, the lowest first.
package struct StreamFrameCodec: StreamCodec {
  private static let prefixLength = 4
  /// So much is made room for at once when a long frame begins; whoever announces more than comes, gets no more.
  private static let largestReserve = 4 << 20

  /// Values that are longer are gathered as they arrive. Shorter ones are copied twice if their frame arrives in parts.
  private static let longValue = 2 << 10
  /// A frame's length and what stands before its value, unless the channel has a very long name.
  private static let longestUsualHead = 256
  /// Room for what arrives in parts is kept up to this size.
  private static let keptCapacity = 64 << 10

  /// A frame with a long value, which is gathered apart from other bytes, so that it is copied once.
  private struct LongFrame {
    let head: StreamFrame.Message.Head
    /// What has arrived of the value.
    var value: [UInt8] = []
    /// How much of it has not.
    var missing: Int
    /// How much follows the value.
    let tailLength: Int
    /// The length of the frame.
    let length: Int

    /// Takes what belongs to the value.
    mutating func take(from chunk: inout ArraySlice<UInt8>) {
      let part = chunk.prefix(missing)
      value += part
      missing -= part.count
      chunk = chunk[part.endIndex...]
    }
  }

  private let limit: Int
  /// What arrived last and was not read: the caller's bytes, which are kept only until no more frames are whole.
  private var chunk: ArraySlice<UInt8> = []
  /// The beginning of the frame whose rest has not arrived, or of what stands behind a long value.
  private var partial: [UInt8] = []
  /// The frame that is arriving, if it is long.
  private var long: LongFrame?
  /// The offset in the stream of the next frame.
  package private(set) var position = 0

  /// Makes a codec that reads frames up to a length.
  package init(frameLength limit: Int) { self.limit = limit }

  // MARK: - Writing

  /// Appends a frame with its length.
  package func encode(_ frame: StreamFrame, into bytes: inout [UInt8]) {
    var content: [UInt8] = []
    frame.write(to: &content)
    bytes.append(addingCapacity: StreamFrameCodec.prefixLength) {
      $0.append(littleEndian: StreamFrameCodec.length(content.count))
    }
    bytes += content
  }

  /// Appends a message with its length, and a long value without copying it.
  package func encode(_ message: borrowing StreamFrame.Message, into output: inout StreamOutput) {
    let headCount = StreamFrameCodec.prefixLength + message.headCount
    let mostBytes = message.value.mostBytes
    let tailCount = message.tailCount
    if message.value.isWritten {
      appendHead(of: message, headCount, before: mostBytes, tailCount, to: &output)
      output.append(message.value)
    } else {
      // How long the value is is known when it has been written.
      output.beginPiece(ifNoRoomFor: headCount + mostBytes)
      let start = output.bytes.count
      appendHead(of: message, headCount, before: mostBytes, tailCount, to: &output)
      message.value.append(to: &output.bytes)
      let valueCount = output.bytes.count - start - headCount
      output.bytes.store(
        littleEndian: StreamFrameCodec.length(valueCount), at: start + headCount - 4)
      let length = headCount + valueCount + tailCount - StreamFrameCodec.prefixLength
      output.bytes.store(littleEndian: StreamFrameCodec.length(length), at: start)
    }
    message.writeTail(to: &output.bytes)
  }

  @inline(__always)
  private func appendHead(
    of message: borrowing StreamFrame.Message, _ headCount: Int, before valueCount: Int,
    _ tailCount: Int, to output: inout StreamOutput
  ) {
    let length = headCount + valueCount + tailCount - StreamFrameCodec.prefixLength
    output.appendHead(of: headCount) { span in
      span.append(littleEndian: StreamFrameCodec.length(length))
      message.writeHead(before: valueCount, to: &span)
    }
  }

  /// What is written is from a message in memory; one of 4 GiB is refused by every reader.
  private static func length(_ count: Int) -> UInt32 { UInt32(clamping: count) }

  // MARK: - Reading

  /// Takes bytes as they arrived.
  package mutating func append(_ bytes: ArraySlice<UInt8>) {
    if chunk.isEmpty { chunk = bytes } else { chunk += bytes }
  }

  /// The next frame.
  package mutating func next() throws(StreamError) -> StreamFrame? {
    if long != nil { return try nextLong() }
    return partial.isEmpty ? try nextOfChunk() : try nextOfPartial()
  }

  private mutating func nextOfChunk() throws(StreamError) -> StreamFrame? {
    if let length = try frameLength(at: chunk.span) {
      let end = StreamFrameCodec.prefixLength + length
      if chunk.count >= end {
        let frame = try StreamFrame(
          chunk.span.extracting(StreamFrameCodec.prefixLength..<end), offset: position)
        chunk = chunk[(chunk.startIndex + end)...]
        position += end
        return frame
      }
      long = StreamFrameCodec.longFrame(ofLength: length, from: &chunk)
      if long != nil { return try nextLong() }
    }
    fillPartial(to: partial.count + chunk.count)
    return nil
  }

  private mutating func nextOfPartial() throws(StreamError) -> StreamFrame? {
    fillPartial(to: StreamFrameCodec.prefixLength)
    guard let length = try frameLength(at: partial.span) else { return nil }
    let end = StreamFrameCodec.prefixLength + length
    if partial.count <= StreamFrameCodec.longestUsualHead {
      fillPartial(to: min(end, StreamFrameCodec.longestUsualHead))
      beginLongInPartial(length)
      if long != nil { return try nextLong() }
    }
    fillPartial(to: end)
    guard partial.count == end else { return nil }
    let frame = try StreamFrame(
      partial.span.extracting(droppingFirst: StreamFrameCodec.prefixLength), offset: position)
    emptyPartial()
    position += end
    return frame
  }

  // Apart: while a slice of it is there each byte more would copy all that has arrived of the frame.
  private mutating func beginLongInPartial(_ length: Int) {
    var rest = partial[...]
    long = StreamFrameCodec.longFrame(ofLength: length, from: &rest)
    if long != nil { partial = Array(rest) }
  }

  private mutating func emptyPartial() {
    partial.removeAll(keepingCapacity: partial.capacity <= StreamFrameCodec.keptCapacity)
  }

  /// Moves bytes of the chunk until there are so many, or no more.
  private mutating func fillPartial(to count: Int) {
    let part = chunk.prefix(max(count - partial.count, 0))
    partial += part
    chunk = chunk[part.endIndex...]
    letGoOfChunk()
  }

  /// Lets the caller use its bytes again, of which nothing is left here.
  private mutating func letGoOfChunk() {
    if chunk.isEmpty { chunk = [] }
  }

  /// Begins to gather a long value, if the frame has one and what stands before it has arrived; what is wrong with a frame is
  /// found once it is there.
  ///
  /// - Parameter bytes: begin with the frame's length; what stands before the value, and what there is of that, is taken.
  private static func longFrame(
    ofLength length: Int, from bytes: inout ArraySlice<UInt8>
  ) -> LongFrame? {
    guard length > longValue,
      let (head, headCount) = try? StreamFrame.Message.head(
        ofFrame: bytes.span.extracting(droppingFirst: prefixLength), offset: 0),
      head.valueCount > longValue, head.valueCount <= length - headCount
    else { return nil }
    var frame = LongFrame(
      head: head, missing: head.valueCount,
      tailLength: length - headCount - head.valueCount, length: length)
    frame.value.reserveCapacity(min(head.valueCount, largestReserve))
    bytes = bytes.dropFirst(prefixLength + headCount)
    frame.take(from: &bytes)
    return frame
  }

  private mutating func nextLong() throws(StreamError) -> StreamFrame? {
    long?.take(from: &chunk)
    letGoOfChunk()
    guard let tailLength = long?.tailLength, long?.missing == 0 else { return nil }
    fillPartial(to: tailLength)
    guard partial.count == tailLength, let frame = long.take() else { return nil }
    let message = try StreamFrame.Message(
      frame.head, value: frame.value, tail: partial.span, offset: position)
    emptyPartial()
    position += StreamFrameCodec.prefixLength + frame.length
    return .message(message)
  }

  /// Makes sure that no part of a frame is left.
  package func finish() throws(StreamError) {
    let missing: Int
    if let long {
      missing = long.missing + long.tailLength - partial.count
    } else {
      let rest = partial.isEmpty ? chunk : partial[...]
      guard !rest.isEmpty else { return }
      missing = StreamFrameCodec.prefixLength + (try frameLength(at: rest.span) ?? 0) - rest.count
    }
    throw StreamError(.truncated(missing: missing), offset: position)
  }

  /// The length that a frame begins with, if it has arrived.
  private func frameLength(at bytes: Span<UInt8>) throws(StreamError) -> Int? {
    guard bytes.count >= StreamFrameCodec.prefixLength else { return nil }
    // There are four bytes.
    let length = unsafe UInt32(littleEndian: bytes.bytes.unsafeLoadUnaligned(as: UInt32.self))
    guard length > 0, length <= limit else {
      throw StreamError(.frameLength(UInt64(length), limit: limit), offset: position)
    }
    return Int(length)
  }
}
