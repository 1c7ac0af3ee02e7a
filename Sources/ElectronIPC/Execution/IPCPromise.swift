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
    try await withTaskCancellationHandler {
      await unsafe withUnsafeContinuation { unsafe keep($0) }
    } onCancel: {
      settle(.failure(.aborted))
    }.get()
  }

  /// Whether the outcome is known.
  package var isSettled: Bool {
    state.withLock { state in
      if case .settled = state { true } else { false }
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
      }
      return nil
    }
    if let outcome { callback(outcome) }
  }

  /// Sets the outcome; only the first counts.
  package func settle(_ outcome: Outcome) {
    let before = state.withLock { state -> State in
      if case .settled = state { return state }
      defer { state = .settled(outcome) }
      return state
    }
    switch before {
    case .pending, .settled: break
    case .awaited(let continuation): unsafe continuation.resume(returning: outcome)
    case .observed(let callbacks):
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
