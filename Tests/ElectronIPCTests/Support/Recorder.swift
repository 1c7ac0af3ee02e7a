import Synchronization
import Testing

/// What happened, in order.
final class Recorder<Element: Sendable>: Sendable {
  private let state = Mutex<[Element]>([])

  var all: [Element] { state.withLock { $0 } }

  func record(_ element: Element) { state.withLock { $0.append(element) } }

  /// What happened, once it is so many things.
  ///
  /// - Throws: if it does not get to be as many.
  func first(_ count: Int, _ location: SourceLocation = #_sourceLocation) async throws -> [Element]
  {
    for _ in 0..<20_000 {
      let all = all
      if all.count >= count { return all }
      try await Task.sleep(for: .milliseconds(1))
    }
    Issue.record("\(all.count) of \(count): \(all)", sourceLocation: location)
    throw CancellationError()
  }
}
