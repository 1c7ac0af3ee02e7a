import Synchronization

/// The life of one port object (electron-ipc, section 6.2).
///
/// ```
/// queueing ── start ──> flowing ── close, or the peer is gone ──> closed
///     └────────┴── listed in a transfer ──> neutered <── once ──────┘
/// ```
final class PortState: Sendable {
  private enum Stage {
    case queueing(PortEnd)
    case flowing(PortEnd)
    case closed(PortEnd)
    case neutered
  }

  private struct State {
    var stage: Stage
    var didReportClose = false
    /// Whether a transfer is about to take the end, unless it cannot take another port's.
    var isReserved = false
  }

  /// Where the port's events happen.
  let loop: EventLoop
  private let state: Mutex<State>

  init(_ end: PortEnd, on loop: EventLoop) {
    self.loop = loop
    state = Mutex(State(stage: .queueing(end)))
  }

  /// Lets what waits, and what will come, go to a function, on the loop and later than this call.
  func start(_ deliver: @escaping @Sendable (PortEnd.Item) -> Void) {
    state.withLock { state in
      guard case .queueing(let end) = state.stage else { return }
      state.stage = .flowing(end)
      // The end keeps the port while it flows, so that one that nobody else mentions goes on. Set with the lock held:
      // later the end may have another owner.
      end.setWake { self.loop.enqueue { self.deliverNext(deliver) } }
    }
  }

  /// The end of a port that can post.
  var openEnd: PortEnd? {
    state.withLock {
      switch $0.stage {
      case .queueing(let end), .flowing(let end): end
      case .closed, .neutered: nil
      }
    }
  }

  /// Closes the connection, if it is this object's.
  ///
  /// - Returns: whether the object has not reported a close so far.
  func close() -> Bool {
    let (end, isFirst) = state.withLock { state -> (PortEnd?, Bool) in
      let isFirst = !state.didReportClose
      state.didReportClose = true
      switch state.stage {
      case .queueing(let end), .flowing(let end):
        state.stage = .closed(end)
        return (end, isFirst)
      case .closed, .neutered: return (nil, isFirst)
      }
    }
    end?.close()
    return isFirst
  }

  /// Takes the ends of ports that are transferred, all or none; the objects are neutered.
  ///
  /// - Throws: the position of a port that was transferred before.
  static func take(_ ports: [PortState]) throws(AlreadyNeutered) -> [PortEnd] {
    for (index, port) in ports.enumerated() where !port.reserve() {
      // Until now they went on as ever: nothing that came is lost.
      for port in ports[..<index] { port.state.withLock { $0.isReserved = false } }
      throw AlreadyNeutered(index: index)
    }
    let ends = ports.compactMap { $0.neuter() }
    for end in ends { end.setWake(nil) }
    return ends
  }

  struct AlreadyNeutered: Error {
    let index: Int
  }

  private func reserve() -> Bool {
    state.withLock { state in
      if case .neutered = state.stage { return false }
      defer { state.isReserved = true }
      return !state.isReserved
    }
  }

  /// Takes the end of a port that was reserved.
  private func neuter() -> PortEnd? {
    state.withLock { state in
      switch state.stage {
      case .queueing(let end), .flowing(let end), .closed(let end):
        state.stage = .neutered
        state.isReserved = false
        return end
      case .neutered: return nil
      }
    }
  }

  private func deliverNext(_ deliver: @escaping @Sendable (PortEnd.Item) -> Void) {
    // Taken with the lock held: once the port is transferred, what is left is the new owner's.
    let item = state.withLock { state -> PortEnd.Item? in
      guard case .flowing(let end) = state.stage, let item = end.next() else { return nil }
      if case .closed = item {
        state.stage = .closed(end)
        state.didReportClose = true
        end.setWake(nil)
      }
      return item
    }
    guard let item else { return }
    deliver(item)
    loop.enqueue { self.deliverNext(deliver) }
  }
}
