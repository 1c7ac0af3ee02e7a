import Dispatch
import Synchronization

/// One side of a connection over a stream of bytes: the state of the protocol, without the socket.
///
/// A ``StreamDriver`` gives it the bytes that arrive and takes those that are to be sent. The other side may send anything;
/// what is against the protocol ends this connection, with one error, and touches nothing else.
package final class StreamConnection<Incoming: StreamMessage, Outgoing: StreamMessage>:
  IPCTransport,
  StreamEndpoint, StreamCharge.Bearer
{
  /// What the reading thread needs. Its lock is held while messages are handed over, which keeps their order.
  struct Input {
    var codec: any StreamCodec
    var hello: StreamHello?
    var receive: (@Sendable (consuming Incoming?) -> Void)?
    /// Whether whoever waits for the hello has been told.
    var isHelloSettled = false
    var isOver = false
  }

  struct State {
    var driver: (any StreamDriver)?
    var isOpen = true
    var loop: EventLoop?

    /// What is to be sent and not taken yet.
    var output = StreamOutput()
    /// How many bytes were taken and not written.
    var bytesInDriver = 0
    var isOutputAnnounced = false

    var ports: StreamPorts
    /// The ports that have something to send, but wait for the driver.
    var waitingPorts = Queue<UInt32>()

    /// The calls of the other side that have no reply.
    var pendingCalls = PendingCalls()

    /// Whether the socket is to be read.
    var isReading = true
    /// Whether the other side has said hello and nobody receives what follows.
    var isWaitingForStart = false
    /// How many bytes were handed over to the loop and not dispatched, and in how many chunks: a task of the loop counts each.
    var bytesOnLoop = 0
    var chunksOnLoop = 0
    /// How many bytes wait in ports whose messages are being taken, and in the others.
    var bytesInFlowingPorts = 0
    var bytesInIdlePorts = 0

    var queuedOutput: Int { output.count + bytesInDriver }
  }

  let role: StreamRole
  let limits: StreamLimits
  let encoder: any StreamCodec
  let onEnd: @Sendable (StreamError?) -> Void
  let input: Mutex<Input>
  let state: Mutex<State>
  let helloArrived = DispatchGroup()
  /// The highest number of our calls, which is set with the lock of the state.
  let lastCall = Atomic<UInt64>(0)

  /// Makes a side, which says hello at once.
  ///
  /// - Parameters:
  ///   - processID: what the main process's side tells as the number of the page's process.
  ///   - loop: the main process's.
  ///   - onEnd: is called once, at the end, with what ended the connection if it was no `close`.
  package init(
    _ codec: any StreamCodec, limits: StreamLimits, processID: Int = 0, loop: EventLoop? = nil,
    onEnd: @escaping @Sendable (StreamError?) -> Void
  ) {
    role = Outgoing.sender
    self.limits = limits
    self.onEnd = onEnd
    encoder = codec
    input = Mutex(Input(codec: codec))
    var state = State(ports: StreamPorts(role: role, limit: limits.ports))
    codec.encode(
      .hello(
        StreamHello(
          role: role, processID: UInt32(clamping: processID), loop: loop?.number ?? 0)),
      into: &state.output.bytes)
    self.state = Mutex(state)
    helloArrived.enter()
  }

  deinit { input.withLock { settleHello(&$0) } }

  /// Sets what moves the bytes.
  @_specialize(where Incoming == MainBoundMessage, Outgoing == FrameBoundMessage)
  @_specialize(where Incoming == FrameBoundMessage, Outgoing == MainBoundMessage)
  package func attach(_ driver: any StreamDriver) {
    let isOpen = state.withLock { state in
      if state.isOpen { state.driver = driver }
      state.isOutputAnnounced = true
      return state.isOpen
    }
    driver.outputIsReady()
    guard isOpen else { return driver.close(afterOutput: true) }
    let timeout = limits.helloTimeout
    DispatchQueue.global().asyncAfter(deadline: .now() + DispatchTimeInterval(timeout)) {
      [weak self] in
      // A listener may hold what arrives up for long: nobody waits for that here.
      guard let self, self.helloArrived.wait(timeout: .now()) == .timedOut else { return }
      self.fail(StreamError(.missingHello(after: timeout)))
    }
  }

  /// What the other side said of itself, once it has; `nil` if the connection ended before. Waits.
  package func waitForHello() -> StreamHello? {
    helloArrived.wait()
    return input.withLock { $0.hello }
  }

  /// Calls back when the other side has said hello, or the connection has ended.
  package func whenHelloArrived(_ callback: @escaping @Sendable (StreamHello?) -> Void) {
    helloArrived.notify(queue: .global()) { callback(self.input.withLock { $0.hello }) }
  }

  // MARK: - IPCTransport

  @_specialize(where Incoming == MainBoundMessage, Outgoing == FrameBoundMessage)
  @_specialize(where Incoming == FrameBoundMessage, Outgoing == MainBoundMessage)
  package func start(on loop: EventLoop, receive: @escaping @Sendable (consuming Incoming?) -> Void)
  {
    state.withLock { $0.loop = loop }
    let isOpen = read { input in
      input.receive = receive
      state.withLock { $0.isWaitingForStart = false }
    }
    if !isOpen { receive(nil) }
    updateReading()
  }

  @_specialize(where Incoming == MainBoundMessage, Outgoing == FrameBoundMessage)
  @_specialize(where Incoming == FrameBoundMessage, Outgoing == MainBoundMessage)
  package func send(_ message: consuming Outgoing) {
    let ends = message.ports
    var numbers: [UInt32] = []
    var isSync = false
    // Moved in, and not copied.
    var pending = Optional(message.takeFrame())
    if let most = pending?.value.mostBytes, mustBeWritten(most) { pending?.value.write() }
    let outcome = state.withLock { state -> Sending in
      guard state.isOpen, var frame = pending.take() else { return .done }
      let length = frame.value.mostBytes
      guard length <= limits.frameLength else {
        return .failed(.frameLength(UInt64(length), limit: limits.frameLength))
      }
      if !ends.isEmpty {
        guard let given = state.ports.number(ends) else {
          return .failed(.tooManyPorts(limit: limits.ports))
        }
        numbers = given
        frame.ports = given
      }
      switch frame.kind {
      case .invoke: lastCall.max(frame.id, ordering: .relaxed)
      case .messageSync:
        lastCall.max(frame.id, ordering: .relaxed)
        isSync = true
      case .invokeReply, .syncReply: state.pendingCalls.remove(frame.id)
      default: break
      }
      return write(frame, &state)
    }
    finish(outcome)
    if !ends.isEmpty { drain(Array(zip(numbers, ends))) }
    // The loop is held up now; whatever keeps the socket from being read must not keep the reply away.
    if isSync { updateReading() }
  }

  package func close() { end(nil) }

  package func wait(for promise: IPCPromise) {
    let driver = state.withLock { $0.driver }
    // On the thread that reads nobody else would.
    if driver?.readHere(until: { promise.isSettled }) != true { promise.wait() }
  }

  /// Whether the loop of the main process at the other end runs on this thread: if that process is in this program.
  package var isAnsweredOnCurrentThread: Bool {
    guard let number = waitForHello()?.loop, number != 0 else { return false }
    return LoopThread.current?.isRunning(number) ?? false
  }

  // MARK: - End

  /// Ends the connection because of an error, from anywhere.
  func fail(_ error: StreamError) { end(error, isAnywhere: true) }

  /// Ends the connection, once.
  ///
  /// - Parameters:
  ///   - isLost: whether the other side is gone, so that nothing more can be sent.
  ///   - isAnywhere: whether the caller may be within the handing over of a message, of this connection or another one.
  func end(_ error: StreamError?, isLost: Bool = false, isAnywhere: Bool = false) {
    let ended = state.withLock { state -> ((any StreamDriver)?, [PortEnd])? in
      guard state.isOpen else { return nil }
      state.isOpen = false
      // To the end, so that the other side can close.
      state.isReading = true
      state.waitingPorts = Queue()
      defer { state.driver = nil }
      return (state.driver, state.ports.removeAll())
    }
    guard let (driver, ends) = ended else { return }
    let rest: @Sendable () -> Void = { [self] in
      driver?.close(afterOutput: error == nil && !isLost)
      // First the receiver, whose ports close without an event of theirs if it is a page: behind it on its loop, where a port
      // may still be about to look for what has come.
      finishInput()
      let close: @Sendable () -> Void = {
        for end in ends {
          end.setWake(nil)
          end.close()
        }
      }
      if role == .frame, let loop = state.withLock({ $0.loop }) {
        loop.enqueue(close)
      } else {
        close()
      }
      onEnd(error)
    }
    if isAnywhere { DispatchQueue.global().async(execute: rest) } else { rest() }
  }

  /// Tells the receiver of the end, behind what is being handed over just now.
  private func finishInput() {
    let receive = input.withLock { input in
      settleHello(&input)
      input.isOver = true
      defer { input.receive = nil }
      input.receive?(nil)
      return input.receive
    }
    // Let go of without the lock, with all that it holds.
    withExtendedLifetime(receive) {}
  }
}
