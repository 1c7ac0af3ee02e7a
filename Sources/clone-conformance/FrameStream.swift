/// Requests from standard input and answers to standard output, as frames: a length of 32 bits in
/// little-endian order, then that many bytes.
struct FrameStream {
  /// Longer frames are refused.
  static let longestFrame = 256 << 20

  private static let chunk = 1 << 16
  /// Answers are sent at the latest when this many bytes are waiting.
  private static let mostWaiting = 1 << 20

  private var input = [UInt8](repeating: 0, count: chunk)
  /// What of the input was received and not yet taken.
  private var start = 0
  private var end = 0
  private var output: [UInt8] = []

  /// The next request, or `nil` at the end of the input.
  mutating func next() throws(StreamError) -> [UInt8]? {
    guard try receive(4) else {
      guard start == end else {
        throw StreamError("the input ends inside the length of a frame")
      }
      return nil
    }
    let length = (0..<4).reversed().reduce(0) { $0 << 8 | Int(input[start + $1]) }
    guard length <= FrameStream.longestFrame else {
      throw StreamError(
        "a frame of \(length) bytes is longer than \(FrameStream.longestFrame)")
    }
    guard try receive(4 + length) else {
      throw StreamError(
        "the input ends after \(end - start - 4) of the \(length) bytes of a frame")
    }
    let request = Array(input[(start + 4)..<(start + 4 + length)])
    start += 4 + length
    return request
  }

  /// Adds an answer.
  mutating func answer(
    status: UInt8, position: Int, _ rest: [UInt8]
  ) throws(StreamError) {
    append(UInt32(5 + rest.count))
    output.append(status)
    append(UInt32(clamping: position))
    output.append(contentsOf: rest)
    if output.count >= FrameStream.mostWaiting { try flush() }
  }

  /// Sends the answers that are waiting.
  mutating func flush() throws(StreamError) {
    guard !output.isEmpty else { return }
    try StandardStreams.send(output)
    // A single huge answer does not keep its memory.
    output.removeAll(keepingCapacity: output.count <= 4 * FrameStream.mostWaiting)
  }

  private mutating func append(_ number: UInt32) {
    for shift in stride(from: UInt32(0), to: 32, by: 8) {
      output.append(UInt8(truncatingIfNeeded: number >> shift))
    }
  }

  /// Receives until this many bytes are there; false if the input ends before.
  ///
  /// Room is made for what has arrived and not for what a length claims. Whoever waits for an answer before
  /// asking again gets it: nothing is kept back while the driver waits.
  private mutating func receive(_ count: Int) throws(StreamError) -> Bool {
    while end - start < count {
      if start > 0 {
        input.replaceSubrange(0..<(end - start), with: Array(input[start..<end]))
        end -= start
        start = 0
      }
      if end == input.count {
        input.append(contentsOf: repeatElement(0, count: input.count))
      } else if end < FrameStream.chunk, input.count > 64 * FrameStream.chunk,
        count < FrameStream.chunk
      {
        input.removeSubrange(FrameStream.chunk...)
      }
      try flush()
      let received = try StandardStreams.receive(into: &input, at: end)
      guard received > 0 else { return false }
      end += received
    }
    return true
  }
}
