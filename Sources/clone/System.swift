#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// What the commands need of the operating system.
enum System {
  /// Inputs of this size are refused: no payload can be so long.
  static let tooLong = 1 << 32

  private static let chunk = 1 << 16

  /// What an input is called in messages.
  static func title(of name: String) -> String { name == "-" ? "standard input" : name }

  /// The bytes of a file, or of standard input for `-`.
  ///
  /// A file that cannot be a payload is refused before any of it is read.
  static func contents(of name: String) throws(Failure) -> [UInt8] {
    guard name != "-" else {
      return try receive(from: STDIN_FILENO, name: title(of: name), size: 0)
    }
    // The call copies the name.
    let descriptor = unsafe open(name, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(name) }
    defer { close(descriptor) }

    var status = stat()
    // The structure is filled in place and outlives the call.
    guard unsafe fstat(descriptor, &status) == 0 else { throw failure(name) }
    let type = status.st_mode & S_IFMT
    guard type != S_IFDIR else { throw .wrongUse("\(name) is a directory") }
    let size = type == S_IFREG ? Int(status.st_size) : 0
    guard size < tooLong else { throw tooLong(name, "\(size) bytes") }
    return try receive(from: descriptor, name: name, size: size)
  }

  private static func receive(
    from descriptor: CInt, name: String, size: Int
  ) throws(Failure) -> [UInt8] {
    // One byte more than the size: the last read answers 0 without making room for another chunk.
    var bytes = [UInt8](repeating: 0, count: max(size + 1, chunk))
    var filled = 0
    while true {
      if filled == bytes.count {
        bytes.append(contentsOf: repeatElement(0, count: min(bytes.count, 16 << 20)))
      }
      let count = unsafe bytes.withUnsafeMutableBytes { bytes in
        // The range lies within the buffer: it is sliced with a check.
        let room = unsafe UnsafeMutableRawBufferPointer(rebasing: bytes[filled...])
        return unsafe read(descriptor, room.baseAddress, room.count)
      }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw failure(name) }
      guard count > 0 else { break }
      filled += count
      // Also a pipe or a file that grows meanwhile ends somewhere.
      guard filled < tooLong else { throw tooLong(name, "4 GiB or more") }
    }
    bytes.removeSubrange(filled...)
    return bytes
  }

  private static func tooLong(_ name: String, _ size: String) -> Failure {
    .wrongUse("\(name) has \(size); a payload is shorter than 4 GiB")
  }

  private static func failure(_ name: String) -> Failure {
    .wrongUse("cannot read \(name): \(lastReason)")
  }

  /// Why the last system call failed.
  private static var lastReason: String {
    // The string is copied before anything else can change what the pointer means.
    unsafe String(cString: strerror(errno))
  }

  /// Writes text to standard output.
  static func print(_ text: String) { print(Array(text.utf8)) }

  /// Writes bytes to standard output.
  static func print(_ bytes: [UInt8]) {
    guard !send(bytes, to: STDOUT_FILENO) else { return }
    report("cannot write standard output: \(lastReason)")
    end(2)
  }

  /// Writes a line to standard error.
  static func report(_ line: String) {
    _ = send(Array("clone: \(line)\n".utf8), to: STDERR_FILENO)
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

  /// Whether standard output is a terminal that shows colours, and nobody asked for none
  /// (https://no-color.org).
  static var outputWantsColors: Bool {
    isatty(STDOUT_FILENO) == 1 && (environment("NO_COLOR") ?? "").isEmpty
      && environment("TERM") != "dumb"
  }

  private static func environment(_ name: String) -> String? {
    // The environment is not changed in this process, and the text is copied at once.
    unsafe getenv(name).map { unsafe String(cString: $0) }
  }

  /// Ends the process.
  static func end(_ status: CInt) -> Never { exit(status) }
}
