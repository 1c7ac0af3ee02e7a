import Dispatch
import Synchronization

/// The one thread on which a process runs its listeners: tasks in order, and after each the promise queue.
///
/// A task is a message that arrived. Asynchronous code that a task starts with the loop as its executor preference is a
/// job; all jobs that are ready run before the next task. So the handler of a message has run up to its first suspension
/// before the next message is dispatched, as in Electron.
///
/// The loop has a thread while it has work, none of Swift's pool: a listener that blocks in `sendSync` takes nothing away
/// from whoever must answer. It is a ``LoopThread``, which may have come from another loop, or a thread that brings work from a
/// socket; either saves a change of threads.
package final class EventLoop: TaskExecutor {
  /// Something that is run on a loop.
  enum Task {
    case function(@Sendable () -> Void)
    /// The next message of an inbox.
    case message(any EventSource)

    func run() {
      switch self {
      case .function(let body): body()
      case .message(let source): source.dispatchNext()
      }
    }
  }

  private struct State {
    var jobs = Queue<UnownedJob>()
    var tasks = Queue<Task>()
    var pauses = 0
    /// Whether some thread runs the loop, or will do so soon.
    var isRunning = false

    var hasWork: Bool { !jobs.isEmpty || (pauses == 0 && !tasks.isEmpty) }

    /// What to do next; nothing if there is nothing, and then the loop no longer runs.
    mutating func next() -> Step? {
      if let job = jobs.popFirst() { return .job(job) }
      if pauses == 0, let task = tasks.popFirst() { return .task(task) }
      isRunning = false
      return nil
    }

    /// Whether the caller is to see to it that the loop runs.
    mutating func claim() -> Bool {
      defer { isRunning = true }
      return !isRunning
    }
  }

  private enum Step {
    case job(UnownedJob)
    case task(Task)
  }

  /// How many steps a thread that has other things to do runs in one go.
  private static let stepsOfGuest = 4096

  /// A number that no other loop of any program has, with all probability.
  package let number = UInt64.random(in: 1...UInt64.max)
  private let state = Mutex(State())
  private let label: String

  init(label: String) { self.label = label }

  /// Whether the calling code runs on the loop.
  var isCurrent: Bool { LoopThread.current?.isRunning(number) ?? false }

  /// Whether tasks are held back.
  var isPaused: Bool { state.withLock { $0.pauses > 0 } }

  /// How much waits behind what runs.
  var waitingCount: Int { state.withLock { $0.jobs.count + $0.tasks.count } }

  /// Whether nothing runs and nothing waits.
  var isIdle: Bool { state.withLock { !$0.isRunning && $0.pauses == 0 && $0.tasks.isEmpty } }

  /// Runs a function after the tasks that wait already.
  package func enqueue(_ body: @escaping @Sendable () -> Void) { enqueue(.function(body)) }

  /// Dispatches a message after the tasks that wait already.
  func enqueue(nextOf source: any EventSource) { enqueue(.message(source)) }

  private func enqueue(_ task: Task) { change { $0.tasks.append(task) } }

  /// Runs a job before the next task.
  package func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    change { $0.jobs.append(job) }
  }

  /// Holds tasks back until ``resume()``, once for each call. Jobs go on.
  package func pause() { state.withLock { $0.pauses += 1 } }

  /// Takes one pause back.
  package func resume() { change { $0.pauses -= 1 } }

  /// Starts asynchronous code, which runs up to its first suspension before the next task. Called on the loop.
  func start(_ operation: @escaping @Sendable () async -> Void) {
    if #available(macOS 26, *) {
      _Concurrency.Task.immediate(executorPreference: self, operation: operation)
    } else {
      _Concurrency.Task(executorPreference: self, operation: operation)
    }
  }

  /// Calls a function that gives the loop work, and runs that on the calling thread, unless the loop runs on another.
  ///
  /// What takes long is left to a thread of the loop's own.
  func runHere(_ body: () -> Void) {
    let isClaimed = state.withLock { $0.claim() }
    body()
    guard isClaimed else { return }
    if !LoopThread.run(self, asGuestFor: EventLoop.stepsOfGuest) { runOnThread() }
  }

  /// Runs the loop on a thread of its own. The caller has claimed it.
  func runOnThread() {
    // A queue for each time: a listener of another loop may block the one of the last time.
    DispatchQueue(label: label).async { LoopThread.run(self) }
  }

  private func change(_ body: (inout State) -> Void) {
    let mustStart = state.withLock {
      body(&$0)
      return $0.hasWork && $0.claim()
    }
    if mustStart, LoopThread.current?.takeOn(self) != true { runOnThread() }
  }

  /// Runs steps on the calling thread.
  ///
  /// - Returns: whether there are no more; if there are, the caller is still to see to it that the loop runs.
  func run(steps: Int) -> Bool {
    for _ in 0..<steps {
      guard let step = state.withLock({ $0.next() }) else { return true }
      switch step {
      // Every job is taken once, and on the loop that it was put on.
      case .job(let job): unsafe job.runSynchronously(on: asUnownedTaskExecutor())
      case .task(let task): task.run()
      }
    }
    return false
  }
}
