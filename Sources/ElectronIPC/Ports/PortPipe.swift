import Synchronization

/// The pipe between two entangled ports: what was posted waits here until the port at the other end takes it.
///
/// A port takes one thing at a time, on its own loop, so that whatever it has not taken travels with its end.
final class PortPipe: Sendable {
  private struct Side {
    var messages = Queue<TransferableMessage>()
    var wake: (@Sendable () -> Void)?
    var isRelay = false
  }

  private enum Life {
    case open
    case closed
    /// At its end, of which nobody is told.
    case abandoned
  }

  private struct State {
    var sides = (Side(), Side())
    var life = Life.open

    subscript(side: PortEnd.Side) -> Side {
      get { side == .first ? sides.0 : sides.1 }
      // In place: a side that is taken out and put back copies its queue each time.
      _modify {
        if side == .first { yield &sides.0 } else { yield &sides.1 }
      }
    }
  }

  private let state = Mutex(State())

  /// Puts a message before the other end.
  func post(_ message: TransferableMessage, from side: PortEnd.Side) {
    let wake = state.withLock { state -> (@Sendable () -> Void)? in
      guard state.life == .open else { return nil }
      state[side.other].messages.append(message)
      return state[side.other].wake
    }
    wake?()
  }

  /// The next thing at an end, if there is any.
  func next(at side: PortEnd.Side) -> PortEnd.Item? {
    state.withLock { state in
      if let message = state[side].messages.popFirst() { return .message(message) }
      return state.life == .closed ? .closed : nil
    }
  }

  /// Sets whom to tell of each thing that comes; what waits is for whoever sets it to look at.
  func setWake(_ wake: (@Sendable () -> Void)?, isRelay: Bool, at side: PortEnd.Side) {
    let waiting = state.withLock { state in
      state[side].wake = wake
      state[side].isRelay = isRelay
      return wake == nil || isRelay ? state[side].messages : Queue()
    }
    // Whatever waits here may wait for long, and must not keep its connection from being read.
    waiting.forEach { $0.charge?.becomeIdle() }
  }

  /// Whether a port of this program takes what waits at an end.
  func isTaken(at side: PortEnd.Side) -> Bool {
    state.withLock { $0[side].wake != nil && !$0[side].isRelay }
  }

  /// Ends the connection without a word to either end.
  func abandon() {
    let sides = state.withLock { state -> (Side, Side) in
      defer {
        state.sides = (Side(), Side())
        state.life = .abandoned
      }
      return state.sides
    }
    PortPipe.discard([sides.0.messages, sides.1.messages])
  }

  /// Ends the connection. What waits at the other end can still be taken.
  func close(from side: PortEnd.Side) { PortPipe.discard([shut(side)]) }

  /// Closes the connection and takes what waits at the closing end.
  private func shut(_ side: PortEnd.Side) -> Queue<TransferableMessage> {
    let (messages, wake) = state.withLock {
      state -> (Queue<TransferableMessage>, (@Sendable () -> Void)?) in
      let messages = state[side].messages
      state[side] = Side()
      guard state.life == .open else { return (messages, nil) }
      state.life = .closed
      return (messages, state[side.other].wake)
    }
    wake?()
    return messages
  }

  /// Closes the ports in messages that nobody will receive, and those in their messages: in a loop, because a page can put
  /// ports into ports as deep as it likes.
  private static func discard(_ messages: [Queue<TransferableMessage>]) {
    var discarded = messages
    // Kept to the end, so that each is closed already when it goes.
    var ends: [PortEnd] = []
    while var queue = discarded.popLast() {
      while let message = queue.popFirst() {
        for end in message.ports {
          discarded.append(end.pipe.shut(end.side))
          ends.append(end)
        }
      }
    }
    withExtendedLifetime(ends) {}
  }
}
