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

  /// Runs Node to its end: its status and what it printed.
  func run(_ arguments: [String]) async throws -> (status: Int32, text: String) {
    let process = Process()
    // To a file, so that nobody has to read while it runs.
    let file = FileManager.default.temporaryDirectory.appending(path: "node-\(UUID().uuidString)")
    try Data().write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    process.executableURL = executable
    process.arguments = arguments
    process.standardOutput = try FileHandle(forWritingTo: file)
    process.standardError = FileHandle.nullDevice
    try await withCheckedThrowingContinuation { continuation in
      process.terminationHandler = { _ in continuation.resume() }
      do {
        try process.run()
      } catch {
        process.terminationHandler = nil
        continuation.resume(throwing: error)
      }
    }
    return (process.terminationStatus, String(decoding: try Data(contentsOf: file), as: UTF8.self))
  }
}
