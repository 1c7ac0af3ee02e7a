import Dispatch
import Synchronization

/// A thread that runs a loop, and then those that this one has given work to.
///
/// A call within a program goes from the page's loop to the main process's and back. On one thread that is two changes of a
/// variable; on two the system would have to wake one twice. Loops whose thread does something else for long, or blocks,
/// get threads of their own.
final class LoopThread: Sendable {
  private struct State {
    /// The number of the loop that runs.
    var running: UInt64 = 0
    /// The loops that have work and wait for the thread.
    var waiting = Queue<EventLoop>()
    /// How many of them had their turn.
    var turns = 0
    /// Whether somebody looks whether the thread gets on.
    var isWatched = false
  }

  /// A loop waits so long for a thread that does something else, or twice as long.
  private static let patience = DispatchTimeInterval.milliseconds(1)

  /// Whether the thread has other things to do: it runs no loop but the one that it brings work to.
  private let isGuest: Bool
  /// What the thread runs besides: a listener that waits reads from its socket, which may bring work to other loops.
  private let outer: LoopThread?
  private let state = Mutex(State())

  private init(isGuest: Bool) {
    self.isGuest = isGuest
    outer = ThreadLocal.loopThread
  }

  /// The innermost one that the calling code is run by.
  static var current: LoopThread? { ThreadLocal.loopThread }

  /// Runs a loop, which the caller has claimed, and all that wait for the thread then.
  static func run(_ loop: EventLoop) {
    let thread = LoopThread(isGuest: false)
    thread.run {
      var next = Optional(loop)
      while let loop = next {
        thread.state.withLock { $0.running = loop.number }
        _ = loop.run(steps: .max)
        next = thread.state.withLock { state in
          state.turns += 1
          return state.waiting.popFirst()
        }
      }
    }
  }

  /// Runs some steps of a loop, which the caller has claimed, on a thread that has other things to do.
  ///
  /// - Returns: whether there are no more.
  static func run(_ loop: EventLoop, asGuestFor steps: Int) -> Bool {
    let thread = LoopThread(isGuest: true)
    thread.state.withLock { $0.running = loop.number }
    return thread.run { loop.run(steps: steps) }
  }

  private func run<Result>(_ body: () -> Result) -> Result {
    ThreadLocal.loopThread = self
    defer { ThreadLocal.loopThread = outer }
    return body()
  }

  /// Whether a loop runs on the thread, perhaps as what waits for the running one.
  func isRunning(_ number: UInt64) -> Bool {
    state.withLock { $0.running } == number || outer?.isRunning(number) ?? false
  }

  /// Runs a loop as soon as the running one has no work; the caller has claimed it.
  ///
  /// - Returns: `false` if the thread does not, because it has other things to do.
  func takeOn(_ loop: EventLoop) -> Bool {
    guard !isGuest else { return false }
    let turns = state.withLock { state -> Int? in
      state.waiting.append(loop)
      defer { state.isWatched = true }
      return state.isWatched ? nil : state.turns
    }
    if let turns { watch(from: turns) }
    return true
  }

  /// Gives the loops that wait threads of their own: the running one is going to block.
  func giveUpWaiting() {
    while let loop = state.withLock({ $0.waiting.popFirst() }) { loop.runOnThread() }
    outer?.giveUpWaiting()
  }

  /// Looks after some time whether the loops that wait have got on since there were so many turns.
  private func watch(from turns: Int) {
    DispatchQueue.global().asyncAfter(deadline: .now() + LoopThread.patience) { [self] in
      let now = state.withLock { state -> Int? in
        if !state.waiting.isEmpty, state.turns != turns { return state.turns }
        state.isWatched = false
        return nil
      }
      if let now { watch(from: now) } else { giveUpWaiting() }
    }
  }
}
