import Synchronization

/// What the threads of a campaign share: which chunk is next, and what came of those that are done.
final class SharedProgress: Sendable {
  private struct State {
    var next = 0
    var tallies: [Int: Tally] = [:]
    var failure: (any Error)?
  }

  private let state = Mutex(State())

  /// The number of the next chunk; `nil` when all are taken or one has failed.
  func takeNext(below count: Int) -> Int? {
    state.withLock { state in
      guard state.next < count, state.failure == nil else { return nil }
      state.next += 1
      return state.next - 1
    }
  }

  func add(_ tally: Tally, of chunk: Int) { state.withLock { $0.tallies[chunk] = tally } }

  func fail(_ error: any Error) { state.withLock { $0.failure = $0.failure ?? error } }

  /// The sum, in the order of the chunks and not of their ends.
  func total(of count: Int) throws -> Tally {
    try state.withLock { state in
      if let failure = state.failure { throw failure }
      var total = Tally()
      for chunk in 0..<count {
        if let tally = state.tallies[chunk] { total.add(tally) }
      }
      return total
    }
  }
}
