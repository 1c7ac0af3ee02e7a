import Foundation
import Testing

/// A program, mostly a built product of this package, run as a process.
struct Executable {
  /// How a process ended and what it wrote.
  struct Outcome {
    let status: Int32
    let output: [UInt8]
    let errors: String

    /// The output as text.
    var text: String { String(decoding: output, as: UTF8.self) }
  }

  let url: URL

  /// A program that is no product.
  init(at url: URL) { self.url = url }

  /// Finds a product beside the test bundle: nothing but the builder knows its folder.
  init(_ name: String) throws {
    let starts =
      [Bundle.main.executableURL, URL(fileURLWithPath: CommandLine.arguments[0])]
      + Bundle.allBundles.map(\.bundleURL)
    var folders: [URL] = []
    for start in starts.compactMap({ $0 }) {
      var folder = start.deletingLastPathComponent()
      for _ in 0..<4 {
        folders.append(folder)
        folder = folder.deletingLastPathComponent()
      }
    }
    let found = folders.map { $0.appending(path: name) }.first {
      FileManager.default.isExecutableFile(atPath: $0.path())
    }
    url = try #require(found, "the product \(name) is not beside the tests")
  }

  /// Runs the product to its end. Its streams are files, so that no process can wait for another.
  func run(
    _ arguments: [String], input: [UInt8] = [], environment: [String: String] = [:]
  ) async throws -> Outcome {
    try await Scratch.with { folder in
      let files = ["in", "out", "err"].map { folder.appending(path: $0) }
      try Data(input).write(to: files[0])
      try Data().write(to: files[1])
      try Data().write(to: files[2])
      let process = self.process(arguments)
      process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
      process.standardInput = try FileHandle(forReadingFrom: files[0])
      process.standardOutput = try FileHandle(forWritingTo: files[1])
      process.standardError = try FileHandle(forWritingTo: files[2])
      try await process.runToEnd()
      return Outcome(
        status: process.terminationStatus, output: [UInt8](try Data(contentsOf: files[1])),
        errors: String(decoding: try Data(contentsOf: files[2]), as: UTF8.self))
    }
  }

  /// A process that was not started yet.
  func process(_ arguments: [String]) -> Process {
    let process = Process()
    process.executableURL = url
    process.arguments = arguments
    return process
  }
}

extension Process {
  /// Starts the process and comes back when it has ended.
  func runToEnd() async throws {
    try await withCheckedThrowingContinuation { continuation in
      terminationHandler = { _ in continuation.resume() }
      do {
        try run()
      } catch {
        terminationHandler = nil
        continuation.resume(throwing: error)
      }
    }
  }
}

/// Folders for one test each.
enum Scratch {
  static func with<R>(_ body: (URL) async throws -> R) async throws -> R {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "clone-tests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try await body(folder)
  }
}
