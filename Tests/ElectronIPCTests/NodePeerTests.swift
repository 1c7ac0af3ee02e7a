import Foundation
import Testing

/// The JavaScript file of the folder `Node`, by its own tests.
@Suite(
  .enabled(if: !NodeEngine.installed.isEmpty, NodeEngine.comment), .timeLimit(.minutes(5)),
  .serialized)
struct NodePeerTests {
  private static let files = ["behaviour", "ports", "protocol", "collection"]

  @Test(arguments: NodeEngine.installed, files)
  func `the tests of the Node peer pass`(engine: NodeEngine, file: String) async throws {
    let script = NodeEngine.root.appending(path: "Node/test/\(file).test.cjs")
    let (status, text) = try await engine.run([script.path()])
    #expect(status == 0, "\(text)")
    // Older ones print "# pass 5", newer ones "ℹ pass 5".
    let passed = text.firstMatch(of: /(?:#|ℹ) pass (\d+)/)?.1 ?? ""
    #expect((Int(passed) ?? 0) > 0, "\(text)")
  }
}
