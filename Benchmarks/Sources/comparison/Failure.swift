import Foundation

/// Why the comparison cannot go on.
struct Failure: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}

/// Prints a line to standard error, so that standard output holds tables only.
func complain(_ line: String) {
  FileHandle.standardError.write(Data((line + "\n").utf8))
}
