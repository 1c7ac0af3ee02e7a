import Synchronization

// What a side sends, and the ports whose messages it carries to the other.

extension StreamConnection {
  /// What sending comes to, to be acted upon without the lock.
  enum Sending {
    /// There is nothing to do.
    case done
    /// The driver must be told of the first bytes.
    case announced(any StreamDriver)
    case failed(StreamError.Reason)
  }

  /// Whether the bytes of a value that may be so many are to be written apart: because they are not copied behind others, or
  /// because they may be too many.
  func mustBeWritten(_ mostBytes: Int) -> Bool {
    mostBytes > min(StreamOutput.longValue, limits.frameLength)
  }

  func write(_ frame: borrowing StreamFrame.Message, _ state: inout State) -> Sending {
    encoder.encode(frame, into: &state.output)
    state.output.endMessage()
    guard state.queuedOutput <= limits.outputBytes else {
      return .failed(.outputLimit(limits.outputBytes))
    }
    guard let driver = state.driver,
      state.output.isBatch || state.output.isLastBatch || !state.isOutputAnnounced
    else { return .done }
    state.isOutputAnnounced = true
    return .announced(driver)
  }

  func finish(_ sending: Sending) {
    switch sending {
    case .done: break
    case .announced(let driver): driver.outputIsReady()
    case .failed(let reason): fail(StreamError(reason))
    }
  }

  /// Takes what is to be sent, in pieces.
  @_specialize(where Incoming == MainBoundMessage, Outgoing == FrameBoundMessage)
  @_specialize(where Incoming == FrameBoundMessage, Outgoing == MainBoundMessage)
  package func takeOutput() -> [StreamPiece] {
    state.withLock { state in
      state.isOutputAnnounced = false
      state.bytesInDriver += state.output.count
      return state.output.take()
    }
  }

  /// Whether ``takeOutput()`` would give as much as is worth a call of the system.
  package var hasBatch: Bool {
    state.withLock { state in
      state.output.isBatch
        || state.output.isLastBatch && (state.loop?.waitingCount ?? 0) <= state.chunksOnLoop
    }
  }

  /// Tells that bytes which were taken have been written.
  @_specialize(where Incoming == MainBoundMessage, Outgoing == FrameBoundMessage)
  @_specialize(where Incoming == FrameBoundMessage, Outgoing == MainBoundMessage)
  package func didWrite(_ count: Int) {
    let mustDrain = state.withLock { state in
      let wasFull = state.queuedOutput >= limits.highWaterMark
      state.bytesInDriver -= count
      return wasFull && state.queuedOutput < limits.highWaterMark
    }
    if mustDrain { drainWaiting() }
  }

  /// Takes the memory of a piece back.
  package func reuse(_ piece: consuming StreamPiece) {
    // Moved in, and not copied.
    var returned = Optional(piece)
    state.withLock { state in
      if let piece = returned.take() { state.output.reuse(piece) }
    }
  }

  // MARK: - Ports to the stream

  /// Begins to send what comes out of ports, and out of those in their messages: in a loop, because a page can put ports into
  /// ports as deep as it likes.
  func drain(_ ports: [(UInt32, PortEnd)]) {
    var pending = ports
    while let (number, end) = pending.popLast() {
      end.setRelay { [weak self] in self?.drain(number) }
      pending += takeWaiting(number)
    }
  }

  /// Sends what waits in a port.
  func drain(_ number: UInt32) { drain(takeWaiting(number)) }

  /// Sends what waits in a port, until the driver has enough; answers the ports that went with it.
  private func takeWaiting(_ number: UInt32) -> [(UInt32, PortEnd)] {
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
          if let numbers = state.ports.number(message.ports) {
            frame = StreamFrame.Message(
              .portMessage, port: number, value: message.message, ports: numbers)
            if mustBeWritten(frame.value.mostBytes) { frame.value.write() }
            next += zip(numbers, message.ports)
          } else {
            // Whoever posts them is not the one whose connection this is: the port ends, not the connection.
            frame = StreamFrame.Message(.portClose, port: number)
            closed = state.ports.remove(number)
          }
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
    return next
  }

  func drainWaiting() {
    while let number = state.withLock({ state in
      state.queuedOutput < limits.highWaterMark ? state.waitingPorts.popFirst() : nil
    }) {
      drain(number)
    }
  }
}
