/// What moves the bytes of a ``StreamConnection``: a socket. Called on any thread, without a lock of the connection's.
package protocol StreamDriver: AnyObject, Sendable {
  /// There are bytes to send, which are to be taken soon; also when there are many.
  func outputIsReady()

  /// Whether the driver is to read, ``StreamEndpoint/isReading``, may have changed.
  func readingMayChange()

  /// If the calling thread is the one that reads: writes what there is and reads until a condition holds, or the stream ends.
  ///
  /// - Returns: whether the condition holds now; `false` if another thread reads, which goes on.
  func readHere(until isDone: () -> Bool) -> Bool

  /// Ends the stream: at once, or behind what is to be sent.
  func close(afterOutput: Bool)
}
