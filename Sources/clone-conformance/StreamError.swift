#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// What ends the driver: a frame that cannot be read or an answer that cannot be sent.
struct StreamError: Error {
  let text: String

  /// A frame that breaks the rules.
  init(_ text: String) { self.text = text }

  /// A failed system call, with the system's reason.
  init(failed action: String) {
    // The string is copied before anything else can change what the pointer means.
    let reason = unsafe String(cString: strerror(errno))
    text = "\(action): \(reason)"
  }
}
