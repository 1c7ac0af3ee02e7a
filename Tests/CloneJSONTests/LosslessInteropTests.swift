import CloneGeneration
import CloneJSON
import Foundation
import NodeClone
import StructuredClone
import Testing
import _CloneFixtures

/// A reader in another language makes the same of the text as the engine makes of the payload.
///
/// Needs Node 24, which `Scripts/install-engines` installs; without it the test is skipped.
struct LosslessInteropTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
  private static let node = root.appending(path: ".engines/node24/bin/node")

  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: node.path())))
  func `Node rebuilds the values`() async throws {
    let json = LosslessJSON()
    var lines: [String] = []
    for golden in Goldens.v8 + Goldens.node {
      // What a channel puts before host objects is not for `v8.deserialize`.
      if let node = golden.delegate as? NodeHostObjects, node.dialect == .channel { continue }
      guard let payload = golden.payload, let bytes = try? golden.encoded(payload) else { continue }
      let dialect = golden.writesViewsAsHostObjects ? "node" : "v8"
      lines.append("\(dialect)\t\(hex(bytes))\t\(json.text(of: payload))")
    }
    for index in 0..<2000 {
      let value = ValueGenerator.value(seed: 9, index: index)
      guard let bytes = try? value.encoded(profile: .node24) else { continue }
      lines.append("v8\t\(hex(bytes))\t\(json.text(of: value))")
    }
    let output = try await Self.run(
      Self.root.appending(path: "Tests/Interop/lossless-json.mjs"),
      input: lines.joined(separator: "\n"))
    let summary = try #require(output.split(separator: "\n").last)
    #expect(summary.contains(" 0 different"), "\(output.prefix(4000))")
    let same = try #require(summary.split(separator: " ").first.flatMap { Int($0) })
    #expect(same > 3000, "\(summary)")
  }

  /// What a script prints. Its streams are files, so that no process can wait for another.
  private static func run(_ script: URL, input: String) async throws -> String {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "clone-json-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let (from, to) = (folder.appending(path: "in"), folder.appending(path: "out"))
    try Data(input.utf8).write(to: from)
    try Data().write(to: to)
    let process = Process()
    process.executableURL = node
    process.arguments = [script.path()]
    process.standardInput = try FileHandle(forReadingFrom: from)
    process.standardOutput = try FileHandle(forWritingTo: to)
    try await withCheckedThrowingContinuation {
      (continuation: CheckedContinuation<Void, any Error>) in
      process.terminationHandler = { _ in continuation.resume() }
      do {
        try process.run()
      } catch {
        process.terminationHandler = nil
        continuation.resume(throwing: error)
      }
    }
    return String(decoding: try Data(contentsOf: to), as: UTF8.self)
  }
}
