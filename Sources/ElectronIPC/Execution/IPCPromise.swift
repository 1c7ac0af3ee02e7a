import Dispatch
import Synchronization
public import StructuredClone

/// The outcome of an `invoke` that is under way.
///
/// The message is already sent: several promises made one after the other are handled in that order.
public final class IPCPromise: Sendable {
  /// A value, or why there is none.
  package typealias Outcome = Result<CloneValue, IPCError>

  private enum State {
    case pending([@Sendable (Outcome) -> Void])
    case settled(Outcome)
  }

  private let state = Mutex(State.pending([]))

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
      return try await withTaskCancellationHandler {
        await withCheckedContinuation { continuation in
          waiting.whenSettled { continuation.resume(returning: $0) }
        }
      } onCancel: {
        waiting.settle(.failure(.aborted))
      }.get()
    }
  }

  /// Whether the outcome is known.
  package var isSettled: Bool {
    state.withLock { state in
      if case .settled = state { true } else { false }
    }
  }

  /// Calls back once, at once if the outcome is known.
  func whenSettled(_ callback: @escaping @Sendable (Outcome) -> Void) {
    let outcome: Outcome? = state.withLock {
      switch $0 {
      case .settled(let outcome): return outcome
      case .pending(let callbacks):
        $0 = .pending(callbacks + [callback])
        return nil
      }
    }
    if let outcome { callback(outcome) }
  }

  /// Sets the outcome; only the first counts.
  package func settle(_ outcome: Outcome) {
    let callbacks = state.withLock { state -> [@Sendable (Outcome) -> Void] in
      guard case .pending(let callbacks) = state else { return [] }
      state = .settled(outcome)
      return callbacks
    }
    for callback in callbacks { callback(outcome) }
  }

  /// Sets the outcome after a time, unless it is set before.
  func settle(after duration: Duration, _ outcome: Outcome) {
    let (seconds, attoseconds) = duration.components
    let nanoseconds = Double(seconds) * 1e9 + Double(attoseconds) * 1e-9
    // A delay beyond a century is none.
    let delay = DispatchTimeInterval.nanoseconds(Int(min(max(nanoseconds, 0), 3e18)))
    DispatchQueue.global().asyncAfter(deadline: .now() + delay) { [weak self] in
      self?.settle(outcome)
    }
  }

  /// Blocks the calling thread until the outcome is known.
  func wait() {
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
