/// How frames are put on a stream of bytes and found again.
package protocol StreamCodec: Sendable {
  /// Appends a frame to bytes that are to be sent.
  func encode(_ frame: StreamFrame, into bytes: inout [UInt8])

  /// Appends a message to what is to be sent.
  func encode(_ message: borrowing StreamFrame.Message, into output: inout StreamOutput)

  /// Takes bytes as they arrived.
  mutating func append(_ chunk: ArraySlice<UInt8>)

  /// The next frame, or `nil` if not all of it has arrived.
  ///
  /// - Throws: what is wrong with it. Nothing can be read after that.
  mutating func next() throws(StreamError) -> StreamFrame?

  /// What is to be done about what was found beside the frames; it may use the connection, and is called without its lock.
  mutating func takeOtherWork() -> (@Sendable () -> Void)?

  /// Makes sure that the stream does not end within a frame.
  func finish() throws(StreamError)

  /// The offset in the stream of the next frame.
  var position: Int { get }
}

extension StreamCodec {
  /// Appends a message to what is to be sent, with a copy of its value.
  package func encode(_ message: borrowing StreamFrame.Message, into output: inout StreamOutput) {
    encode(.message(copy message), into: &output.bytes)
  }

  /// Nothing.
  package mutating func takeOtherWork() -> (@Sendable () -> Void)? { nil }
}
