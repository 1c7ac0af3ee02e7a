import Synchronization

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A connected stream socket, with blocking calls and others.
final class StreamSocket: Sendable {
  /// What reading comes to.
  enum Received {
    /// So many bytes.
    case bytes(Int)
    case interrupted
    case end
    case failed(String)
  }

  private let descriptor: Int32
  /// Whether the descriptor is this socket's. Later its number may be another file's.
  private let isOpen = Mutex(true)

  init(_ descriptor: Int32) {
    self.descriptor = descriptor
    let flags = fcntl(descriptor, F_GETFL)
    _ = fcntl(descriptor, F_SETFL, flags & ~O_NONBLOCK)
    var size = UnixSocket.bufferSize
    // The system copies the number.
    unsafe setsockopt(
      descriptor, SOL_SOCKET, SO_SNDBUF, &size, socklen_t(MemoryLayout<Int32>.size))
    #if canImport(Darwin)
      var isOn: Int32 = 1
      unsafe setsockopt(
        descriptor, SOL_SOCKET, SO_NOSIGPIPE, &isOn, socklen_t(MemoryLayout<Int32>.size))
    #endif
  }

  /// Waits for bytes, up to as many as there is room for.
  func receive(into buffer: inout [UInt8]) -> Received {
    // The system writes into the array only, and says how much.
    let count = unsafe recv(descriptor, &buffer, buffer.count, 0)
    if count > 0 { return .bytes(count) }
    if count == 0 { return .end }
    return errno == EINTR ? .interrupted : .failed(StreamSocket.errorText)
  }

  /// Whether there is something to read, or the end, within so many milliseconds.
  func isReadable(within milliseconds: Int32) -> Bool { poll(POLLIN, milliseconds) }

  /// Sends bytes from an offset on.
  ///
  /// - Returns: up to where they were sent: all of them, or as many as there was room for if it may not wait.
  func send(_ bytes: [UInt8], from start: Int, mayWait: Bool) -> Int {
    #if canImport(Darwin)
      let flags = MSG_DONTWAIT
    #else
      let flags = Int32(MSG_DONTWAIT) | Int32(MSG_NOSIGNAL)
    #endif
    var position = start
    while position < bytes.count {
      let offset = position
      // Within the array, whose bytes are read only.
      let count = unsafe bytes.withUnsafeBytes { buffer in
        let rest = unsafe UnsafeRawBufferPointer(rebasing: buffer[offset...])
        #if canImport(Darwin)
          return unsafe Darwin.send(descriptor, rest.baseAddress, rest.count, flags)
        #else
          return unsafe Glibc.send(descriptor, rest.baseAddress, rest.count, flags)
        #endif
      }
      if count > 0 {
        position += count
      } else if errno == EAGAIN || errno == EWOULDBLOCK {
        guard mayWait else { return position }
        _ = poll(POLLOUT, -1)
      } else if errno != EINTR {
        // The other side is gone; nothing more is to be sent.
        return bytes.count
      }
    }
    return position
  }

  /// Ends the direction to the other side.
  func shutOutput() {
    isOpen.withLock { if $0 { _ = shutdown(descriptor, Int32(SHUT_WR)) } }
  }

  /// Ends both directions; whoever waits is woken.
  func shut() {
    isOpen.withLock { if $0 { _ = shutdown(descriptor, Int32(SHUT_RDWR)) } }
  }

  /// Gives the descriptor back. Nobody may read or write then.
  func close() {
    isOpen.withLock { isOpen in
      if isOpen { UnixSocket.close(descriptor) }
      isOpen = false
    }
  }

  private func poll(_ events: Int32, _ milliseconds: Int32) -> Bool {
    var request = pollfd(fd: descriptor, events: Int16(events), revents: 0)
    #if canImport(Darwin)
      return unsafe Darwin.poll(&request, 1, milliseconds) > 0
    #else
      return unsafe Glibc.poll(&request, 1, milliseconds) > 0
    #endif
  }

  private static var errorText: String { unsafe String(cString: strerror(errno)) }
}
