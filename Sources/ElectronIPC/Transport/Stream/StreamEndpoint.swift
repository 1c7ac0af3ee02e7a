/// What a driver sees of a ``StreamConnection``.
package protocol StreamEndpoint: AnyObject, Sendable {
  /// Sets what moves the bytes.
  func attach(_ driver: any StreamDriver)

  /// Takes bytes that have arrived. Only one thread may do so at a time.
  func receive(_ chunk: ArraySlice<UInt8>)

  /// Tells that the stream is at its end, or why no more can be read or written.
  func receiveEnd(_ error: StreamError?)

  /// Whether the driver is to read.
  var isReading: Bool { get }

  /// Whether ``takeOutput()`` would give as much as is worth a call of the system.
  var hasBatch: Bool { get }

  /// Takes what is to be sent, in pieces.
  func takeOutput() -> [StreamPiece]

  /// Tells that bytes which were taken have been written.
  func didWrite(_ count: Int)

  /// Takes the memory of a piece back, which is not needed any more, for what is to be sent next.
  func reuse(_ piece: consuming StreamPiece)
}

extension StreamEndpoint {
  /// Lets the memory go: little is sent.
  package func reuse(_ piece: consuming StreamPiece) {}
}
