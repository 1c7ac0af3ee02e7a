/// Frames with their length before them, in four bytes, the lowest first.
package struct StreamFrameCodec: StreamCodec {
  private static let prefixLength = 4
  /// A buffer up to this size is kept for the next frames.
  private static let keptCapacity = 256 << 10
  /// So much is made room for at once when a long frame begins; whoever announces more than comes, gets no more.
  private static let largestReserve = 4 << 20

  private let limit: Int
  private var bytes: [UInt8] = []
  /// Where the first byte that was not read is.
  private var start = 0
  /// The offset in the stream of the next frame.
  package private(set) var position = 0

  /// Makes a codec that reads frames up to a length.
  package init(frameLength limit: Int) { self.limit = limit }

  /// Appends a frame with its length.
  package func encode(_ frame: StreamFrame, into bytes: inout [UInt8]) {
    let start = bytes.count
    bytes.append(littleEndian: UInt32(0))
    frame.write(to: &bytes)
    // What is written is from a message in memory; one of 4 GiB is refused by every reader.
    let length = UInt32(clamping: bytes.count - start - StreamFrameCodec.prefixLength)
    for index in 0..<StreamFrameCodec.prefixLength {
      bytes[start + index] = UInt8(truncatingIfNeeded: length >> UInt32(8 * index))
    }
  }

  /// Takes bytes as they arrived.
  package mutating func append(_ chunk: ArraySlice<UInt8>) {
    if start == bytes.count {
      bytes.removeAll(keepingCapacity: bytes.capacity <= StreamFrameCodec.keptCapacity)
      start = 0
    } else if start > bytes.count / 2 {
      // Each byte is moved once at most for each that was read before it.
      bytes.removeSubrange(..<start)
      start = 0
    }
    bytes.append(contentsOf: chunk)
  }

  /// The next frame.
  package mutating func next() throws(StreamError) -> StreamFrame? {
    guard let length = try nextLength() else { return nil }
    let missing = StreamFrameCodec.prefixLength + length - (bytes.count - start)
    guard missing <= 0 else {
      if missing > bytes.count {
        bytes.reserveCapacity(bytes.count + min(missing, StreamFrameCodec.largestReserve))
      }
      return nil
    }
    let first = start + StreamFrameCodec.prefixLength
    let frame = try StreamFrame(bytes, in: first..<(first + length), offset: position)
    start += StreamFrameCodec.prefixLength + length
    position += StreamFrameCodec.prefixLength + length
    return frame
  }

  /// Makes sure that no part of a frame is left.
  package func finish() throws(StreamError) {
    let count = bytes.count - start
    guard count > 0 else { return }
    let whole = StreamFrameCodec.prefixLength + (try nextLength() ?? 0)
    throw StreamError(.truncated(missing: whole - count), offset: position)
  }

  private func nextLength() throws(StreamError) -> Int? {
    guard bytes.count - start >= StreamFrameCodec.prefixLength else { return nil }
    var length: UInt32 = 0
    for index in 0..<StreamFrameCodec.prefixLength {
      length |= UInt32(bytes[start + index]) << UInt32(8 * index)
    }
    guard length > 0, length <= limit else {
      throw StreamError(.frameLength(UInt64(length), limit: limit), offset: position)
    }
    return Int(length)
  }
}
