import Dispatch
import Synchronization
public import StructuredClone

/// The outcome of an `invoke` that is under way.
///
/// The message is already sent: several promises made one after the other are handled in that order.
public final class IPCPromise: Sendable {
  /// A value, or why there is none.
  package typealias Outcome = Result<CloneValue, IPCError>

  @safe private enum State {
    case pending
    /// A task waits, and nobody else. It is resumed once, by whoever changes this.
    case awaited(UnsafeContinuation<Outcome, Never>)
    case observed([@Sendable (Outcome) -> Void])
    case settled(Outcome)
    /// The outcome has gone to the task that waited.
    case over
  }

  /// Who waits for the outcome.
  @safe private enum Waiting {
    case nobody
    case task(UnsafeContinuation<Outcome, Never>)
    case callbacks([@Sendable (Outcome) -> Void])
  }

  private let state = Mutex(State.pending)

  /// Makes one whose outcome is to be set.
  package init() {}

  /// The value, once it has arrived.
  ///
  /// - Throws: what ``IPCRenderer/invoke(_:_:)`` throws. A cancelled task stops waiting with an `AbortError`; the
  ///   handler is not told.
  public var value: CloneValue {
    get async throws(IPCError) {
      // Settled by whichever comes first: the outcome, or the end of the waiting task.
      let waiting = IPCPromise()
      whenSettled { waiting.settle($0) }
      return try await waiting.onlyValue()
    }
  }

  /// The value, for the only one who waits for it: if the task is cancelled the promise itself is settled.
  nonisolated(nonsending) func onlyValue() async throws(IPCError) -> CloneValue {
    let outcome = await withTaskCancellationHandler {
      await unsafe withUnsafeContinuation { unsafe keep($0) }
    } onCancel: {
      settle(.failure(.aborted))
    }
    switch consume outcome {
    case .success(let value): return value
    case .failure(let error): throw error
    }
  }

  /// Whether the outcome is known.
  package var isSettled: Bool {
    state.withLock { state in
      switch state {
      case .pending, .awaited, .observed: false
      case .settled, .over: true
      }
    }
  }

  /// Resumes a task, at once if the outcome is known.
  private func keep(_ continuation: UnsafeContinuation<Outcome, Never>) {
    let isFirst = state.withLock { state in
      guard case .pending = state else { return false }
      state = unsafe .awaited(continuation)
      return true
    }
    if !isFirst { whenSettled { unsafe continuation.resume(returning: $0) } }
  }

  /// Calls back once, at once if the outcome is known.
  func whenSettled(_ callback: @escaping @Sendable (Outcome) -> Void) {
    let outcome = state.withLock { state -> Outcome? in
      switch state {
      case .settled(let outcome): return outcome
      case .pending: state = .observed([callback])
      case .awaited(let continuation):
        state = .observed([{ unsafe continuation.resume(returning: $0) }, callback])
      case .observed(let callbacks): state = .observed(callbacks + [callback])
      case .over: preconditionFailure("whoever waited was to be the only one")
      }
      return nil
    }
    if let outcome { callback(outcome) }
  }

  /// Sets the outcome; only the first counts.
  package func settle(_ outcome: consuming Outcome) {
    // Moved to where it stays or to whoever waits, and copied only for both.
    var arrived = Optional(consume outcome)
    let waiting = state.withLock { state -> Waiting in
      switch state {
      case .settled, .over: return .nobody
      case .awaited(let continuation):
        state = .over
        return unsafe .task(continuation)
      case .pending:
        if let outcome = arrived.take() { state = .settled(outcome) }
        return .nobody
      case .observed(let callbacks):
        if let outcome = arrived { state = .settled(outcome) }
        return .callbacks(callbacks)
      }
    }
    guard let outcome = arrived.take() else { return }
    switch waiting {
    case .nobody: break
    case .task(let continuation): unsafe continuation.resume(returning: outcome)
    case .callbacks(let callbacks):
      for callback in callbacks { callback(outcome) }
    }
  }

  /// Sets the outcome after a time, unless it is set before.
  func settle(after duration: Duration, _ outcome: Outcome) {
    let deadline = DispatchTime.now() + DispatchTimeInterval(duration)
    DispatchQueue.global().asyncAfter(deadline: deadline) { [weak self] in
      self?.settle(outcome)
    }
  }

  /// Blocks the calling thread until the outcome is known.
  func wait() {
    // Among those that the thread would run next may be who settles it.
    LoopThread.current?.giveUpWaiting()
    let isSettled = DispatchSemaphore(value: 0)
    whenSettled { _ in isSettled.signal() }
    isSettled.wait()
  }

  /// The value of a promise that is settled.
  func settledValue() throws(IPCError) -> CloneValue {
    guard case .settled(let outcome) = state.withLock({ $0 }) else { return .undefined }
    return try outcome.get()
  }
}
