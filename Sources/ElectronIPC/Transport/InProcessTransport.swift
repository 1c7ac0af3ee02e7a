import Synchronization

/// One side of a connection within a process.
package final class InProcessTransport<Incoming: Sendable, Outgoing: Sendable>: IPCTransport {
  private let incoming: InProcessPipe<Incoming>
  private let outgoing: InProcessPipe<Outgoing>

  fileprivate init(incoming: InProcessPipe<Incoming>, outgoing: InProcessPipe<Outgoing>) {
    self.incoming = incoming
    self.outgoing = outgoing
  }

  /// Begins to receive.
  @_specialize(where Incoming == MainBoundMessage, Outgoing == FrameBoundMessage)
  @_specialize(where Incoming == FrameBoundMessage, Outgoing == MainBoundMessage)
  package func start(on loop: EventLoop, receive: @escaping @Sendable (consuming Incoming?) -> Void)
  {
    incoming.start(on: loop, receive: receive)
  }

  /// Sends a message.
  @_specialize(where Incoming == MainBoundMessage, Outgoing == FrameBoundMessage)
  @_specialize(where Incoming == FrameBoundMessage, Outgoing == MainBoundMessage)
  package func send(_ message: consuming Outgoing) { outgoing.send(message) }

  /// Closes both directions.
  package func close() {
    outgoing.close()
    incoming.close()
  }

  /// Whether the other side acts on what it gets where the caller is.
  package var isAnsweredOnCurrentThread: Bool { outgoing.loop?.isCurrent ?? false }
}

/// Two connected sides within a process.
package enum InProcessConnection {
  /// Makes both sides.
  package static func make() -> (main: any MainTransport, frame: any FrameTransport) {
    let toMain = InProcessPipe<MainBoundMessage>()
    let toFrame = InProcessPipe<FrameBoundMessage>()
    return (
      InProcessTransport(incoming: toMain, outgoing: toFrame),
      InProcessTransport(incoming: toFrame, outgoing: toMain)
    )
  }
}

/// One direction of a connection within a process.
private final class InProcessPipe<Message: Sendable>: Sendable {
  private struct State {
    var waiting: [Message?] = []
    var isClosed = false
    var loop: EventLoop?
    var receive: (@Sendable (consuming Message?) -> Void)?

    mutating func deliver(_ message: consuming Message) {
      guard !isClosed else { return }
      if let receive { receive(message) } else { waiting.append(message) }
    }

    mutating func close() {
      guard !isClosed else { return }
      isClosed = true
      if let receive { receive(nil) } else { waiting.append(nil) }
    }
  }

  private let state = Mutex(State())

  var loop: EventLoop? { state.withLock { $0.loop } }

  // The receiver is called with the lock held, which keeps the order; it does no more than to put work on its loop.
  func start(on loop: EventLoop, receive: @escaping @Sendable (consuming Message?) -> Void) {
    state.withLock { state in
      state.loop = loop
      for message in state.waiting { receive(message) }
      state.waiting = []
      if !state.isClosed { state.receive = receive }
    }
  }

  func send(_ message: consuming Message) {
    // Moved in, and not copied.
    var sent = Optional(message)
    state.withLock { state in
      if let message = sent.take() { state.deliver(message) }
    }
  }

  func close() {
    // Let go of outside the lock, with all that the receiver holds.
    let receive = state.withLock { state in
      state.close()
      defer { state.receive = nil }
      return state.receive
    }
    withExtendedLifetime(receive) {}
  }
}
