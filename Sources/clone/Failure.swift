/// What ends a command: a line for standard error and the exit status.
struct Failure: Error {
  let text: String
  let status: CInt

  /// The input was read, but is no payload.
  static func unreadable(_ text: String) -> Failure { Failure(text: text, status: 1) }

  /// The options are wrong, or there is nothing to read.
  static func wrongUse(_ text: String) -> Failure { Failure(text: text, status: 2) }
}
