#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The process's three streams, unbuffered.
enum StandardStreams {
  /// A reader that has gone away is an error of `write`, not a signal that ends the process.
  static func ignoreBrokenPipes() {
    _ = signal(SIGPIPE, SIG_IGN)
  }

  /// Reads at most as many bytes as a part of a buffer has room for; 0 at the end of the input.
  static func receive(into buffer: inout [UInt8], at offset: Int) throws(StreamError) -> Int {
    while true {
      let count = unsafe buffer.withUnsafeMutableBytes { bytes in
        // The range lies within the buffer: it is sliced with a check.
        let room = unsafe UnsafeMutableRawBufferPointer(rebasing: bytes[offset...])
        return unsafe read(STDIN_FILENO, room.baseAddress, room.count)
      }
      if count >= 0 { return count }
      if errno != EINTR { throw StreamError(failed: "cannot read standard input") }
    }
  }

  /// Writes all bytes to standard output.
  static func send(_ bytes: [UInt8]) throws(StreamError) {
    guard send(bytes, to: STDOUT_FILENO) else {
      throw StreamError(failed: "cannot write standard output")
    }
  }

  /// Writes a line to standard error. If that fails too, there is nobody left to tell.
  static func report(_ line: String) {
    _ = send(Array("clone-conformance: \(line)\n".utf8), to: STDERR_FILENO)
  }

  private static func send(_ bytes: [UInt8], to descriptor: CInt) -> Bool {
    var start = 0
    while start < bytes.count {
      let count = unsafe bytes.withUnsafeBytes { bytes in
        // The range lies within the bytes: it is sliced with a check.
        let rest = unsafe UnsafeRawBufferPointer(rebasing: bytes[start...])
        return unsafe write(descriptor, rest.baseAddress, rest.count)
      }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { return false }
      start += count
    }
    return true
  }

  /// Ends the process.
  static func end(_ status: CInt) -> Never { exit(status) }
}
