import Dispatch
import Synchronization

// What arrives: checked, and handed over in order.

extension StreamConnection {
  /// Takes bytes that have arrived. Only one thread may do so at a time.
  @_specialize(where Incoming == MainBoundMessage, Outgoing == FrameBoundMessage)
  @_specialize(where Incoming == FrameBoundMessage, Outgoing == MainBoundMessage)
  package func receive(_ chunk: ArraySlice<UInt8>) {
    if let loop = state.withLock({ $0.loop }) {
      // What arrived is dispatched here, without a change of threads, unless the loop runs elsewhere.
      loop.runHere { _ = read { $0.codec.append(chunk) } }
    } else {
      _ = read { $0.codec.append(chunk) }
    }
  }

  /// Hands over all that is whole after a change, and does what the codec found beside it, without the lock.
  ///
  /// - Returns: false if no more is read; nothing is changed then.
  func read(after change: (inout Input) -> Void) -> Bool {
    var otherWork: (@Sendable () -> Void)?
    let isOpen = input.withLock { input in
      guard !input.isOver else { return false }
      change(&input)
      read(&input)
      otherWork = input.codec.takeOtherWork()
      return true
    }
    otherWork?()
    return isOpen
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
  func read(_ input: inout Input) {
    let start = input.codec.position
    do throws(StreamError) {
      while input.hello == nil || input.receive != nil {
        let offset = input.codec.position
        guard let frame = try input.codec.next() else { break }
        do throws(StreamError.Reason) {
          try accept(consume frame, &input)
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

  func accept(
    _ frame: consuming StreamFrame, _ input: inout Input
  ) throws(StreamError.Reason) {
    switch consume frame {
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
      try accept(consume message, &input)
    }
  }

  func settleHello(_ input: inout Input) {
    guard !input.isHelloSettled else { return }
    input.isHelloSettled = true
    helloArrived.leave()
  }

  func accept(
    _ frame: consuming StreamFrame.Message, _ input: inout Input
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
        guard state.pendingCalls.insert(frame.id) else { throw .repeatedCall(frame.id) }
      }
    case .invokeReply, .syncReply:
      guard frame.id <= lastCall.load(ordering: .relaxed) else { throw .unknownCall(frame.id) }
    default: break
    }
    let ports = try receivePorts(frame.ports)
    let kind = frame.kind
    guard let message = Incoming(consume frame, ports: ports.theirs) else {
      throw .wrongSender(kind.rawValue)
    }
    if !ports.ours.isEmpty { drain(ports.ours) }
    input.receive?(consume message)
  }

  func receivePorts(
    _ numbers: [UInt32]
  ) throws(StreamError.Reason) -> (ours: [(UInt32, PortEnd)], theirs: [PortEnd]) {
    if numbers.isEmpty { return ([], []) }
    return try state.withLock { state throws(StreamError.Reason) in
      try state.ports.receive(numbers)
    }
  }

  func receiveOnPort(_ frame: consuming StreamFrame.Message) throws(StreamError.Reason) {
    let end = try state.withLock { state throws(StreamError.Reason) in
      try state.ports.end(of: frame.port)
    }
    let ports = try receivePorts(frame.ports)
    drain(ports.ours)
    // Without the lock: whoever is told of the message may be a port of this connection. The ends of a message for a closed
    // port go here, which closes them.
    guard let end else { return }
    let cost = frame.value.mostBytes + 64
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
    // The port may have been transferred meanwhile, and nobody may take the message for long.
    if isFlowing, !end.isPeerTaking { charge.becomeIdle() }
  }

  /// Closes a port in which too much waits.
  func refuse(_ number: UInt32) {
    let (end, outcome) = state.withLock { state -> (PortEnd?, Sending) in
      guard let end = state.ports.remove(number) else { return (nil, .done) }
      return (end, write(StreamFrame.Message(.portClose, port: number), &state))
    }
    end?.setWake(nil)
    end?.close()
    finish(outcome)
  }
}
