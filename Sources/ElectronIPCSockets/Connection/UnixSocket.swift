import Dispatch

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The path of a Unix-domain socket in the system's form.
package struct UnixAddress: Sendable {
  let path: String
  fileprivate var value = sockaddr_un()

  package init(_ path: String) throws(IPCSocketError) {
    self.path = path
    value.sun_family = sa_family_t(AF_UNIX)
    let limit = MemoryLayout.size(ofValue: value.sun_path) - 1
    let bytes = Array(path.utf8)
    guard (1...limit).contains(bytes.count), !bytes.contains(0) else {
      throw IPCSocketError(.pathTooLong(limit: limit), path: path)
    }
    // As many bytes as were found to fit, with a zero behind them.
    unsafe withUnsafeMutableBytes(of: &value.sun_path) { unsafe $0.copyBytes(from: bytes) }
  }

  /// Calls a function with the address; the pointer is used within it only.
  fileprivate func withPointer(
    _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
  ) -> Int32 {
    unsafe withUnsafePointer(to: value) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
  }
}

/// The system's calls for Unix-domain sockets.
package enum UnixSocket {
  /// How many bytes the system is asked to take before whoever sends has to wait; it may allow fewer.
  static let bufferSize: Int32 = 1 << 20

  /// A new socket, which no child process inherits.
  package static func make() throws(IPCSocketError) -> Int32 {
    #if canImport(Darwin)
      let descriptor = socket(AF_UNIX, SOCK_STREAM, 0)
    #else
      let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    #endif
    guard descriptor >= 0, closeOnExecution(descriptor) else { throw .system("socket") }
    return descriptor
  }

  /// Keeps children from inheriting a descriptor.
  static func closeOnExecution(_ descriptor: Int32) -> Bool {
    fcntl(descriptor, F_SETFD, FD_CLOEXEC) == 0
  }

  static func bind(_ descriptor: Int32, to address: UnixAddress) throws(IPCSocketError) {
    #if canImport(Darwin)
      let result = unsafe address.withPointer { unsafe Darwin.bind(descriptor, $0, $1) }
    #else
      let result = unsafe address.withPointer { unsafe Glibc.bind(descriptor, $0, $1) }
    #endif
    guard result == 0 else { throw .system("bind", address.path) }
  }

  /// Connects; why it did not is in `errno`.
  package static func connect(_ descriptor: Int32, to address: UnixAddress) -> Bool {
    #if canImport(Darwin)
      unsafe address.withPointer { unsafe Darwin.connect(descriptor, $0, $1) } == 0
    #else
      unsafe address.withPointer { unsafe Glibc.connect(descriptor, $0, $1) } == 0
    #endif
  }

  /// Connects, on a thread that may wait for a server whose queue is full.
  static func connect(
    to path: String
  ) async throws(IPCSocketError) -> (descriptor: Int32, peer: PeerCredentials) {
    let address = try UnixAddress(path)
    return try await withCheckedContinuation { continuation in
      DispatchQueue.global().async { continuation.resume(returning: open(address)) }
    }.get()
  }

  private static func open(
    _ address: UnixAddress
  ) -> Result<(descriptor: Int32, peer: PeerCredentials), IPCSocketError> {
    Result { () throws(IPCSocketError) in
      let descriptor = try make()
      guard connect(descriptor, to: address), let peer = PeerCredentials.of(descriptor) else {
        let error = IPCSocketError.system("connect", address.path)
        close(descriptor)
        throw error
      }
      return (descriptor, peer)
    }
  }

  package static func close(_ descriptor: Int32) {
    #if canImport(Darwin)
      _ = Darwin.close(descriptor)
    #else
      _ = Glibc.close(descriptor)
    #endif
  }

  /// A new socket that listens at a path.
  package static func listen(at path: String) throws(IPCSocketError) -> Int32 {
    let address = try UnixAddress(path)
    let descriptor = try make()
    try bind(descriptor, to: address)
    #if canImport(Darwin)
      let result = Darwin.listen(descriptor, 16)
    #else
      let result = Glibc.listen(descriptor, 16)
    #endif
    guard result == 0 else { throw .system("listen", path) }
    return descriptor
  }

  /// Waits for a connection to a socket that listens, on the calling thread.
  package static func accept(_ listening: Int32) throws(IPCSocketError) -> Int32 {
    #if canImport(Darwin)
      let descriptor = Darwin.accept(listening, nil, nil)
    #else
      let descriptor = Glibc.accept(listening, nil, nil)
    #endif
    guard descriptor >= 0, closeOnExecution(descriptor) else { throw .system("accept") }
    return descriptor
  }

  /// A new socket that is connected to one that listens at a path.
  package static func connect(to path: String) throws(IPCSocketError) -> Int32 {
    let address = try UnixAddress(path)
    let descriptor = try make()
    guard connect(descriptor, to: address) else { throw .system("connect", path) }
    return descriptor
  }

  /// Two connected sockets.
  package static func pair() throws(IPCSocketError) -> (Int32, Int32) {
    var descriptors: [Int32] = [0, 0]
    #if canImport(Darwin)
      let result = unsafe socketpair(AF_UNIX, SOCK_STREAM, 0, &descriptors)
    #else
      let result = unsafe socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &descriptors)
    #endif
    guard result == 0 else { throw .system("socketpair") }
    for descriptor in descriptors { _ = closeOnExecution(descriptor) }
    return (descriptors[0], descriptors[1])
  }
}

extension IPCSocketError {
  /// The error that a call of the system's has just left in `errno`.
  static func system(_ call: String, _ path: String? = nil) -> IPCSocketError {
    let number = errno
    let text = unsafe String(cString: strerror(number))
    return IPCSocketError(.system(call: call, text: text), path: path)
  }
}
