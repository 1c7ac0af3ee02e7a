import Dispatch
import Foundation
import Synchronization

/// The one thread on which a process runs its listeners: tasks in order, and after each the promise queue.
///
/// A task is a message that arrived. Asynchronous code that a task starts with the loop as its executor preference is a
/// job; all jobs that are ready run before the next task. So the handler of a message has run up to its first suspension
/// before the next message is dispatched, as in Electron.
///
/// The loop has a thread of Dispatch's while it has work, none of Swift's pool: a listener that blocks in `sendSync` takes
/// nothing away from whoever must answer. A thread that brings work from a socket can run the loop itself, which saves a
/// change of threads.
package final class EventLoop: TaskExecutor {
  private struct State {
    var jobs = Queue<UnownedJob>()
    var tasks = Queue<@Sendable () -> Void>()
    var pauses = 0
    /// Whether some thread runs the loop, or will do so soon.
    var isRunning = false
    /// The thread that runs the loop.
    var thread: ObjectIdentifier?

    var hasWork: Bool { !jobs.isEmpty || (pauses == 0 && !tasks.isEmpty) }

    /// What to do next; nothing if there is nothing, and then the loop no longer runs.
    mutating func next() -> Step? {
      if let job = jobs.popFirst() { return .job(job) }
      if pauses == 0, let task = tasks.popFirst() { return .task(task) }
      stop()
      return nil
    }

    /// Whether the caller is to see to it that the loop runs.
    mutating func claim() -> Bool {
      defer { isRunning = true }
      return !isRunning
    }

    mutating func stop() {
      isRunning = false
      thread = nil
    }
  }

  private enum Step {
    case job(UnownedJob)
    case task(@Sendable () -> Void)
  }

  /// How many steps a thread that has other things to do runs in one go.
  private static let stepsOfGuest = 4096

  /// A number that no other loop of any program has, with all probability.
  package let number = UInt64.random(in: 1...UInt64.max)
  private let state = Mutex(State())
  private let queue: DispatchQueue

  init(label: String) {
    queue = DispatchQueue(label: label)
    EventLoops.shared.add(self)
  }

  deinit { EventLoops.shared.remove(self) }

  /// Whether the calling code runs on the loop.
  var isCurrent: Bool {
    let thread = ObjectIdentifier(Thread.current)
    return state.withLock { $0.thread == thread }
  }

  /// Whether the calling code runs on the loop with a number, if that is in this program.
  static func isCurrent(_ number: UInt64) -> Bool {
    EventLoops.shared.loop(number)?.isCurrent ?? false
  }

  /// Whether tasks are held back.
  var isPaused: Bool { state.withLock { $0.pauses > 0 } }

  /// Whether nothing runs and nothing waits.
  var isIdle: Bool { state.withLock { !$0.isRunning && $0.pauses == 0 && $0.tasks.isEmpty } }

  /// Runs a task after those that wait already.
  package func enqueue(_ task: @escaping @Sendable () -> Void) {
    change { $0.tasks.append(task) }
  }

  /// Runs a job before the next task.
  package func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    change { $0.jobs.append(job) }
  }

  /// Holds tasks back until ``resume()``, once for each call. Jobs go on.
  package func pause() { state.withLock { $0.pauses += 1 } }

  /// Takes one pause back.
  package func resume() { change { $0.pauses -= 1 } }

  /// Starts a job; it runs before the next task.
  func start(_ operation: @escaping @Sendable () async -> Void) {
    Task(executorPreference: self, operation: operation)
  }

  /// Calls a function that gives the loop work, and runs that on the calling thread, unless the loop runs on another.
  ///
  /// What takes long is left to a thread of Dispatch's.
  func runHere(_ body: () -> Void) {
    let isClaimed = state.withLock { $0.claim() }
    body()
    if isClaimed, !run(steps: EventLoop.stepsOfGuest) { runOnQueue() }
  }

  private func change(_ body: (inout State) -> Void) {
    let mustStart = state.withLock {
      body(&$0)
      return $0.hasWork && $0.claim()
    }
    if mustStart { runOnQueue() }
  }

  private func runOnQueue() {
    queue.async { _ = self.run(steps: .max) }
  }

  /// Runs steps on the calling thread.
  ///
  /// - Returns: whether there are no more; if there are, the caller is still to see to it that the loop runs.
  private func run(steps: Int) -> Bool {
    let thread = ObjectIdentifier(Thread.current)
    state.withLock { $0.thread = thread }
    for _ in 0..<steps {
      guard let step = state.withLock({ $0.next() }) else { return true }
      switch step {
      // Every job is taken once, and on the loop that it was put on.
      case .job(let job): unsafe job.runSynchronously(on: asUnownedTaskExecutor())
      case .task(let task): task()
      }
    }
    state.withLock { $0.thread = nil }
    return false
  }
}
