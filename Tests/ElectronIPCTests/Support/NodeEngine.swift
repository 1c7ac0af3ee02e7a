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
    let output = Pipe()
    process.executableURL = executable
    process.arguments = arguments
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    // Read while it runs, so that it never waits for a full pipe.
    let text = Task.detached {
      var bytes: [UInt8] = []
      for try await byte in output.fileHandleForReading.bytes { bytes.append(byte) }
      return String(decoding: bytes, as: UTF8.self)
    }
    try await withCheckedThrowingContinuation { continuation in
      process.terminationHandler = { _ in continuation.resume() }
      do {
        try process.run()
      } catch {
        process.terminationHandler = nil
        continuation.resume(throwing: error)
      }
    }
    return (process.terminationStatus, try await text.value)
  }
}
