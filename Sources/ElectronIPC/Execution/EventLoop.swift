import Dispatch
import Synchronization

/// The one thread on which a process runs its listeners: tasks in order, and after each the promise queue.
///
/// A task is a message that arrived. Asynchronous code that a task starts with the loop as its executor preference is a
/// job; all jobs that are ready run before the next task. So the handler of a message has run up to its first suspension
/// before the next message is dispatched, as in Electron.
///
/// The loop has a thread of Dispatch's while it has work, none of Swift's pool: a listener that blocks in `sendSync` takes
/// nothing away from whoever must answer.
package final class EventLoop: TaskExecutor {
  private struct State {
    var jobs = Queue<UnownedJob>()
    var tasks = Queue<@Sendable () -> Void>()
    var pauses = 0
    var isRunning = false

    /// What to do next; nothing if there is nothing, and then the loop no longer runs.
    mutating func next() -> Step? {
      if let job = jobs.popFirst() { return .job(job) }
      if pauses == 0, let task = tasks.popFirst() { return .task(task) }
      isRunning = false
      return nil
    }

    /// Whether the loop must be started.
    mutating func start() -> Bool {
      guard !isRunning, !jobs.isEmpty || (pauses == 0 && !tasks.isEmpty) else { return false }
      isRunning = true
      return true
    }
  }

  private enum Step {
    case job(UnownedJob)
    case task(@Sendable () -> Void)
  }

  private static let currentLoop = DispatchSpecificKey<ObjectIdentifier>()

  private let state = Mutex(State())
  private let queue: DispatchQueue

  init(label: String) {
    queue = DispatchQueue(label: label)
    queue.setSpecific(key: EventLoop.currentLoop, value: ObjectIdentifier(self))
  }

  /// Whether the calling code runs on the loop.
  var isCurrent: Bool {
    DispatchQueue.getSpecific(key: EventLoop.currentLoop) == ObjectIdentifier(self)
  }

  /// Runs a task after those that wait already.
  func enqueue(_ task: @escaping @Sendable () -> Void) {
    change { $0.tasks.append(task) }
  }

  /// Runs a job before the next task.
  package func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    change { $0.jobs.append(job) }
  }

  /// Holds tasks back until ``resume()``, once for each call. Jobs go on.
  func pause() { state.withLock { $0.pauses += 1 } }

  /// Takes one pause back.
  func resume() { change { $0.pauses -= 1 } }

  /// Starts a job; it runs before the next task.
  func start(_ operation: @escaping @Sendable () async -> Void) {
    Task(executorPreference: self, operation: operation)
  }

  private func change(_ body: (inout State) -> Void) {
    let mustStart = state.withLock {
      body(&$0)
      return $0.start()
    }
    if mustStart { queue.async { self.run() } }
  }

  private func run() {
    while let step = state.withLock({ $0.next() }) {
      switch step {
      // Every job is taken once, and on the loop that it was put on.
      case .job(let job): unsafe job.runSynchronously(on: asUnownedTaskExecutor())
      case .task(let task): task()
      }
    }
  }
}
