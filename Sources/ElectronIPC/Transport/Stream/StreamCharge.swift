import Synchronization

/// What a message from a stream that waits in a port costs its connection, as long as the message is there.
package final class StreamCharge: Sendable {
  /// Who bears the cost.
  protocol Bearer: AnyObject, Sendable {
    /// The message is in a port now that nobody takes from.
    func becomeIdle(_ cost: Int)
    /// The message is gone.
    func release(_ cost: Int, isFlowing: Bool)
  }

  private weak let bearer: (any Bearer)?
  private let cost: Int
  private let isFlowing: Mutex<Bool>

  init(_ cost: Int, isFlowing: Bool, bearer: any Bearer) {
    self.cost = cost
    self.bearer = bearer
    self.isFlowing = Mutex(isFlowing)
  }

  deinit { bearer?.release(cost, isFlowing: isFlowing.withLock { $0 }) }

  /// Tells that the message is in a port now that nobody takes from.
  func becomeIdle() {
    let wasFlowing = isFlowing.withLock { isFlowing in
      defer { isFlowing = false }
      return isFlowing
    }
    if wasFlowing { bearer?.becomeIdle(cost) }
  }
}
