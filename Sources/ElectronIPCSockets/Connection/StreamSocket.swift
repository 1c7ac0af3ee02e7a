import ElectronIPC
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

  /// What sending comes to.
  enum Sent {
    /// So many bytes, at least one.
    case bytes(Int)
    /// There is no room, and whoever sends may not wait.
    case full
    /// The other side is gone; nothing more is to be sent.
    case lost
  }

  /// How many pieces are sent at once.
  private static let piecesAtOnce = 16

  /// Sends the first pieces, as much of them as there is room for.
  ///
  /// - Parameters:
  ///   - pieces: none is empty.
  ///   - start: how much of the first one was sent before.
  func send(_ pieces: ArraySlice<StreamPiece>, from start: Int, mayWait: Bool) -> Sent {
    #if canImport(Darwin)
      let flags = MSG_DONTWAIT
    #else
      let flags = Int32(MSG_DONTWAIT) | Int32(MSG_NOSIGNAL)
    #endif
    let pieces = pieces.prefix(StreamSocket.piecesAtOnce)
    // The system reads as many bytes as each piece has. Their addresses are good as long as the pieces are kept.
    return withExtendedLifetime(pieces) {
      unsafe withUnsafeTemporaryAllocation(of: iovec.self, capacity: pieces.count) { vectors in
        var offset = start
        for (piece, position) in zip(pieces, vectors.indices) {
          unsafe vectors[position] = piece.bytes.withUnsafeBytes { bytes in
            unsafe iovec(
              iov_base: UnsafeMutableRawPointer(
                mutating: bytes.baseAddress.map { unsafe $0 + offset }),
              iov_len: type(of: iovec().iov_len).init(bytes.count - offset))
          }
          offset = 0
        }
        var message = unsafe msghdr()
        unsafe message.msg_iov = vectors.baseAddress
        unsafe message.msg_iovlen = type(of: message.msg_iovlen).init(pieces.count)
        while true {
          let count = unsafe sendmsg(descriptor, &message, flags)
          if count > 0 { return .bytes(count) }
          if errno == EAGAIN || errno == EWOULDBLOCK {
            guard mayWait else { return .full }
            _ = poll(POLLOUT, -1)
          } else if errno != EINTR {
            return .lost
          }
        }
      }
    }
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
