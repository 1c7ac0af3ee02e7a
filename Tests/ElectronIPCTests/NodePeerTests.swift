import Foundation
import Testing

/// The JavaScript file of the folder `Node`, by its own tests.
@Suite(
  .enabled(if: !NodeEngine.installed.isEmpty, NodeEngine.comment), .timeLimit(.minutes(2)),
  .serialized)
struct NodePeerTests {
  private static let files = ["behaviour", "ports", "protocol", "collection"]

  @Test(arguments: NodeEngine.installed)
  func `the tests of the Node peer pass`(engine: NodeEngine) throws {
    let folder = NodeEngine.root.appending(path: "Node/test")
    for file in Self.files {
      let process = Process()
      let output = Pipe()
      process.executableURL = engine.executable
      process.arguments = [folder.appending(path: "\(file).test.cjs").path()]
      process.standardOutput = output
      process.standardError = FileHandle.nullDevice
      try process.run()
      let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      process.waitUntilExit()
      #expect(process.terminationStatus == 0, "\(file): \(text)")
      // Older ones print "# pass 5", newer ones "ℹ pass 5" where there is no terminal.
      let passed = text.firstMatch(of: /(?:#|ℹ) pass (\d+)/)?.1 ?? ""
      #expect((Int(passed) ?? 0) > 0, "\(file): \(text)")
    }
  }
}
