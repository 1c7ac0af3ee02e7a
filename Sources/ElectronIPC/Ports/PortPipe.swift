import Synchronization

/// The pipe between two entangled ports: what was posted waits here until the port at the other end takes it.
///
/// A port takes one thing at a time, on its own loop, so that whatever it has not taken travels with its end.
final class PortPipe: Sendable {
  /// What comes out at an end.
  enum Item: Sendable {
    case message(TransferableMessage)
    case closed
  }

  private struct Side {
    var messages = Queue<TransferableMessage>()
    var wake: (@Sendable () -> Void)?
  }

  private struct State {
    var sides = (Side(), Side())
    var isClosed = false

    subscript(side: PortEnd.Side) -> Side {
      get { side == .first ? sides.0 : sides.1 }
      set { if side == .first { sides.0 = newValue } else { sides.1 = newValue } }
    }
  }

  private let state = Mutex(State())

  /// Puts a message before the other end.
  func post(_ message: TransferableMessage, from side: PortEnd.Side) {
    let wake = state.withLock { state -> (@Sendable () -> Void)? in
      guard !state.isClosed else { return nil }
      state[side.other].messages.append(message)
      return state[side.other].wake
    }
    wake?()
  }

  /// The next thing at an end, if there is any.
  func next(at side: PortEnd.Side) -> Item? {
    state.withLock { state in
      if let message = state[side].messages.popFirst() { return .message(message) }
      return state.isClosed ? .closed : nil
    }
  }

  /// Sets whom to tell, once for each thing that may be taken.
  func setWake(_ wake: (@Sendable () -> Void)?, at side: PortEnd.Side) {
    state.withLock { $0[side].wake = wake }
    // One more than needed does no harm.
    wake?()
  }

  /// Ends the connection without a word to either end.
  func abandon() {
    let sides = state.withLock { state -> (Side, Side) in
      let sides = state.sides
      state.sides = (Side(), Side())
      state.isClosed = true
      return sides
    }
    withExtendedLifetime(sides) {}
  }

  /// Ends the connection. What waits at the other end can still be taken.
  func close(from side: PortEnd.Side) {
    // Let go of outside the lock: messages hold ports, which close.
    let (_, wake) = state.withLock { state -> (Side, (@Sendable () -> Void)?) in
      let own = state[side]
      state[side] = Side()
      guard !state.isClosed else { return (own, nil) }
      state.isClosed = true
      return (own, state[side.other].wake)
    }
    wake?()
  }
}
