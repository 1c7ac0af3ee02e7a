import Foundation

/// Why the comparison cannot go on.
package struct Failure: Error, CustomStringConvertible {
  package let description: String

  package init(_ description: String) { self.description = description }
}

/// Prints a line to standard error, so that standard output holds tables only.
package func complain(_ line: String) {
  FileHandle.standardError.write(Data((line + "\n").utf8))
}
