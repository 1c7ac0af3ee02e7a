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
  private struct Input {
    var codec: any StreamCodec
    var hello: StreamHello?
    var receive: (@Sendable (Incoming?) -> Void)?
    /// Whether whoever waits for the hello has been told.
    var isHelloSettled = false
    var isOver = false
  }

  private struct State {
    var driver: (any StreamDriver)?
    var isOpen = true
    var loop: EventLoop?

    /// What is to be sent and not taken yet.
    var output: [UInt8] = []
    /// How many bytes were taken and not written.
    var bytesInDriver = 0
    var isOutputAnnounced = false

    var ports: StreamPorts
    /// The ports that have something to send, but wait for the driver.
    var waitingPorts = Queue<UInt32>()

    /// The calls of the other side that have no reply.
    var pendingCalls: Set<UInt64> = []
    /// The highest number of our calls.
    var lastCall: UInt64 = 0

    /// Whether the socket is to be read.
    var isReading = true
    /// Whether the other side has said hello and nobody receives what follows.
    var isWaitingForStart = false
    /// How many bytes were handed over to the loop and not dispatched.
    var bytesOnLoop = 0
    /// How many bytes wait in ports whose messages are being taken, and in the others.
    var bytesInFlowingPorts = 0
    var bytesInIdlePorts = 0

    var queuedOutput: Int { output.count + bytesInDriver }
  }

  /// So many bytes to send are not kept for a common call of the system's.
  package static var batchSize: Int { 64 << 10 }

  private let role: StreamRole
  private let limits: StreamLimits
  private let encoder: any StreamCodec
  private let onEnd: @Sendable (StreamError?) -> Void
  private let input: Mutex<Input>
  private let state: Mutex<State>
  private let helloArrived = DispatchGroup()

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
      into: &state.output)
    self.state = Mutex(state)
    helloArrived.enter()
  }

  deinit { input.withLock { settleHello(&$0) } }

  /// Sets what moves the bytes.
  package func attach(_ driver: any StreamDriver) {
    let isOpen = state.withLock { state in
      if state.isOpen { state.driver = driver }
      state.isOutputAnnounced = true
      return state.isOpen
    }
    driver.outputIsReady()
    if !isOpen { driver.close(afterOutput: true) }
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

  package func start(on loop: EventLoop, receive: @escaping @Sendable (Incoming?) -> Void) {
    state.withLock { $0.loop = loop }
    input.withLock { input in
      guard !input.isOver else { return receive(nil) }
      input.receive = receive
      state.withLock { $0.isWaitingForStart = false }
      read(&input)
    }
    updateReading()
  }

  package func send(_ message: Outgoing) {
    var (frame, ends) = message.frame
    let outcome = state.withLock { state -> Sending in
      guard state.isOpen else { return .done }
      guard frame.value.count <= limits.frameLength else {
        return .failed(.frameLength(UInt64(frame.value.count), limit: limits.frameLength))
      }
      guard let numbers = state.ports.number(ends) else {
        return .failed(.tooManyPorts(limit: limits.ports))
      }
      frame.ports = numbers
      switch frame.kind {
      case .invoke, .messageSync: state.lastCall = max(state.lastCall, frame.id)
      case .invokeReply, .syncReply: state.pendingCalls.remove(frame.id)
      default: break
      }
      return write(frame, &state)
    }
    finish(outcome)
    drain(Array(zip(frame.ports, ends)))
    // The loop is held up now; whatever keeps the socket from being read must not keep the reply away.
    if frame.kind == .messageSync { updateReading() }
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
    return EventLoop.isCurrent(number)
  }

  // MARK: - Output

  /// What sending comes to, to be acted upon without the lock.
  private enum Sending {
    /// There is nothing to do.
    case done
    /// The driver must be told of the first bytes.
    case announced(any StreamDriver)
    case failed(StreamError.Reason)
  }

  private func write(_ frame: StreamFrame.Message, _ state: inout State) -> Sending {
    encoder.encode(.message(frame), into: &state.output)
    guard state.queuedOutput <= limits.outputBytes else {
      return .failed(.outputLimit(limits.outputBytes))
    }
    let isMuch = state.output.count >= StreamConnection.batchSize
    guard let driver = state.driver, isMuch || !state.isOutputAnnounced else { return .done }
    state.isOutputAnnounced = true
    return .announced(driver)
  }

  private func finish(_ sending: Sending) {
    switch sending {
    case .done: break
    case .announced(let driver): driver.outputIsReady()
    case .failed(let reason): fail(StreamError(reason))
    }
  }

  /// Takes what is to be sent.
  package func takeOutput() -> [UInt8] {
    state.withLock { state in
      state.isOutputAnnounced = false
      state.bytesInDriver += state.output.count
      defer { state.output = [] }
      return state.output
    }
  }

  /// How many bytes ``takeOutput()`` would give.
  package var outputCount: Int { state.withLock { $0.output.count } }

  /// Tells that bytes which were taken have been written.
  package func didWrite(_ count: Int) {
    let mustDrain = state.withLock { state in
      let wasFull = state.queuedOutput >= limits.highWaterMark
      state.bytesInDriver -= count
      return wasFull && state.queuedOutput < limits.highWaterMark
    }
    if mustDrain { drainWaiting() }
  }

  // MARK: - Ports to the stream

  /// Begins to send what comes out of ports.
  private func drain(_ ports: [(UInt32, PortEnd)]) {
    for (number, end) in ports {
      end.setWake({ [weak self] in self?.drain(number) }, isRelay: true)
    }
  }

  /// Sends what waits in a port, until the driver has enough.
  private func drain(_ number: UInt32) {
    var next: [(UInt32, PortEnd)] = []
    // Let go of without the lock, with all that is told of it.
    var released: [PortEnd.Item] = []
    var closed: PortEnd?
    var outcome = Sending.done
    state.withLock { state in
      while state.isOpen, let end = state.ports[number] {
        guard state.queuedOutput < limits.highWaterMark else {
          state.waitingPorts.append(number)
          break
        }
        guard let item = end.next() else { break }
        released.append(item)
        var frame: StreamFrame.Message
        switch item {
        case .message(let message):
          guard let numbers = state.ports.number(message.ports) else {
            outcome = .failed(.tooManyPorts(limit: limits.ports))
            return
          }
          frame = StreamFrame.Message(
            .portMessage, port: number, value: message.message, ports: numbers)
          next += zip(numbers, message.ports)
        case .closed:
          frame = StreamFrame.Message(.portClose, port: number)
          closed = state.ports.remove(number)
        }
        switch write(frame, &state) {
        case .done: break
        case .announced(let driver): outcome = .announced(driver)
        case .failed(let reason):
          outcome = .failed(reason)
          return
        }
      }
    }
    withExtendedLifetime((released, closed)) {}
    finish(outcome)
    drain(next)
  }

  private func drainWaiting() {
    while let number = state.withLock({ state in
      state.queuedOutput < limits.highWaterMark ? state.waitingPorts.popFirst() : nil
    }) {
      drain(number)
    }
  }

  // MARK: - Input

  /// Takes bytes that have arrived. Only one thread may do so at a time.
  package func receive(_ chunk: [UInt8]) {
    if let loop = state.withLock({ $0.loop }) {
      // What arrived is dispatched here, without a change of threads, unless the loop runs elsewhere.
      loop.runHere { read(chunk) }
    } else {
      read(chunk)
    }
  }

  private func read(_ chunk: [UInt8]) {
    input.withLock { input in
      guard !input.isOver else { return }
      input.codec.append(chunk)
      read(&input)
    }
  }

  /// Tells that the stream is at its end.
  package func receiveEnd(_ error: StreamError?) {
    let error = input.withLock { input in
      guard error == nil, !input.isOver else { return error }
      do throws(StreamError) {
        try input.codec.finish()
        return nil
      } catch {
        return error
      }
    }
    end(error, isLost: true)
  }

  /// Hands over all that has arrived whole: a hello at once, the rest once somebody receives it.
  private func read(_ input: inout Input) {
    let start = input.codec.position
    do throws(StreamError) {
      while input.hello == nil || input.receive != nil {
        let offset = input.codec.position
        guard let frame = try input.codec.next() else { break }
        do throws(StreamError.Reason) {
          try accept(frame, &input)
        } catch {
          throw StreamError(error, offset: offset)
        }
      }
    } catch {
      input.isOver = true
      fail(error)
    }
    if input.hello != nil, input.receive == nil { state.withLock { $0.isWaitingForStart = true } }
    countOnLoop(input.codec.position - start)
  }

  private func accept(
    _ frame: StreamFrame, _ input: inout Input
  ) throws(StreamError.Reason) {
    switch frame {
    case .hello(let hello):
      guard input.hello == nil else { throw .unexpectedHello }
      guard hello.role == role.peer else { throw .unexpectedRole(hello.role.rawValue) }
      input.hello = hello
      settleHello(&input)
    case .message(let message):
      guard input.hello != nil else { throw .unexpectedHello }
      if let sender = message.kind.sender, sender != role.peer {
        throw .wrongSender(message.kind.rawValue)
      }
      try accept(message, &input)
    }
  }

  private func settleHello(_ input: inout Input) {
    guard !input.isHelloSettled else { return }
    input.isHelloSettled = true
    helloArrived.leave()
  }

  private func accept(
    _ frame: StreamFrame.Message, _ input: inout Input
  ) throws(StreamError.Reason) {
    switch frame.kind {
    case .portMessage: return try receiveOnPort(frame)
    case .portClose:
      let end = try state.withLock { state throws(StreamError.Reason) in
        try state.ports.end(of: frame.port) == nil ? nil : state.ports.remove(frame.port)
      }
      end?.setWake(nil)
      end?.close()
      return
    case .invoke, .messageSync:
      try state.withLock { state throws(StreamError.Reason) in
        guard state.pendingCalls.count < limits.pendingCalls else {
          throw .tooManyCalls(limit: limits.pendingCalls)
        }
        guard state.pendingCalls.insert(frame.id).inserted else { throw .repeatedCall(frame.id) }
      }
    case .invokeReply, .syncReply:
      guard frame.id <= state.withLock({ $0.lastCall }) else { throw .unknownCall(frame.id) }
    default: break
    }
    let ports = try receivePorts(frame.ports)
    guard let message = Incoming(frame, ports: ports.theirs) else {
      throw .wrongSender(frame.kind.rawValue)
    }
    drain(ports.ours)
    input.receive?(message)
  }

  private func receivePorts(
    _ numbers: [UInt32]
  ) throws(StreamError.Reason) -> (ours: [(UInt32, PortEnd)], theirs: [PortEnd]) {
    if numbers.isEmpty { return ([], []) }
    return try state.withLock { state throws(StreamError.Reason) in
      try state.ports.receive(numbers)
    }
  }

  private func receiveOnPort(_ frame: StreamFrame.Message) throws(StreamError.Reason) {
    let end = try state.withLock { state throws(StreamError.Reason) in
      try state.ports.end(of: frame.port)
    }
    let ports = try receivePorts(frame.ports)
    drain(ports.ours)
    // Without the lock: whoever is told of the message may be a port of this connection. The ends of a message for a closed
    // port go here, which closes them.
    guard let end else { return }
    let cost = frame.value.count + 64
    let isFlowing = end.isPeerTaking
    let isAllowed = state.withLock { state in
      guard !isFlowing else {
        state.bytesInFlowingPorts += cost
        return true
      }
      guard state.bytesInIdlePorts + cost <= limits.inputBytes else { return false }
      state.bytesInIdlePorts += cost
      return true
    }
    guard isAllowed else { return refuse(frame.port) }
    let charge = StreamCharge(cost, isFlowing: isFlowing, bearer: self)
    end.post(TransferableMessage(frame.value, ports: ports.theirs, charge: charge))
  }

  /// Closes a port in which too much waits.
  private func refuse(_ number: UInt32) {
    let (end, outcome) = state.withLock { state -> (PortEnd?, Sending) in
      guard let end = state.ports.remove(number) else { return (nil, .done) }
      return (end, write(StreamFrame.Message(.portClose, port: number), &state))
    }
    end?.setWake(nil)
    end?.close()
    finish(outcome)
  }

  func becomeIdle(_ cost: Int) {
    state.withLock { state in
      state.bytesInFlowingPorts -= cost
      state.bytesInIdlePorts += cost
    }
    updateReading()
  }

  func release(_ cost: Int, isFlowing: Bool) {
    state.withLock { state in
      if isFlowing { state.bytesInFlowingPorts -= cost } else { state.bytesInIdlePorts -= cost }
    }
    if isFlowing { updateReading() }
  }

  // MARK: - Slow listeners

  /// Whether the driver is to read.
  package var isReading: Bool { state.withLock { $0.isReading } }

  /// Counts what was handed over, until the loop has come past it.
  private func countOnLoop(_ count: Int) {
    // Replies that were settled at once leave nothing on the loop.
    if count > 0, let loop = state.withLock({ $0.loop }), !loop.isIdle {
      state.withLock { $0.bytesOnLoop += count }
      loop.enqueue { [weak self] in
        guard let self else { return }
        state.withLock { $0.bytesOnLoop -= count }
        updateReading()
      }
    }
    updateReading()
  }

  /// Stops reading while too much waits, unless a `sendSync` does, whose reply may be behind all that.
  private func updateReading() {
    let isHeldUp = state.withLock { $0.loop }?.isPaused ?? false
    let (driver, isTooMuch) = state.withLock { state -> ((any StreamDriver)?, Bool) in
      let waiting = state.bytesOnLoop + state.bytesInFlowingPorts
      let isReading =
        !state.isOpen
        || !state.isWaitingForStart && (isHeldUp || waiting < limits.highWaterMark)
      let isTooMuch = isHeldUp && waiting > limits.inputBytes
      guard isReading != state.isReading else { return (nil, isTooMuch) }
      state.isReading = isReading
      return (state.driver, isTooMuch)
    }
    driver?.readingMayChange()
    if isTooMuch { fail(StreamError(.inputLimit(limits.inputBytes))) }
  }

  // MARK: - End

  /// Ends the connection because of an error, from anywhere.
  private func fail(_ error: StreamError) { end(error, isAnywhere: true) }

  /// Ends the connection, once.
  ///
  /// - Parameters:
  ///   - isLost: whether the other side is gone, so that nothing more can be sent.
  ///   - isAnywhere: whether the caller may be within the handing over of a message, of this connection or another one.
  private func end(_ error: StreamError?, isLost: Bool = false, isAnywhere: Bool = false) {
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
      // First the receiver, whose ports close without an event of theirs if it is a page.
      finishInput()
      for end in ends {
        end.setWake(nil)
        end.close()
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
