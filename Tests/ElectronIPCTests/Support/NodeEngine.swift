import Foundation
import Testing

/// A Node that `Scripts/install-engines` installed, of a version that the Node peer supports.
struct NodeEngine: Sendable, CustomTestStringConvertible {
  let name: String
  let executable: URL

  var testDescription: String { name }

  /// The folder of the package.
  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// Every one that is installed, the oldest first.
  static let installed: [NodeEngine] = ["node18", "node20", "node22", "node24"].compactMap { name in
    let executable = root.appending(path: ".engines/\(name)/bin/node")
    guard FileManager.default.isExecutableFile(atPath: executable.path()) else { return nil }
    return NodeEngine(name: name, executable: executable)
  }

  /// Why tests are skipped.
  static let comment: Comment = "no Node is installed; Scripts/install-engines node20 does it"
}
