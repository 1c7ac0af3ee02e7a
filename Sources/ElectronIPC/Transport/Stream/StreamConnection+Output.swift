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

  func write(_ frame: StreamFrame.Message, _ state: inout State) -> Sending {
    encoder.encode(frame, into: &state.output)
    state.output.endMessage()
    guard state.queuedOutput <= limits.outputBytes else {
      return .failed(.outputLimit(limits.outputBytes))
    }
    guard let driver = state.driver, state.output.isBatch || !state.isOutputAnnounced else {
      return .done
    }
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
  package func takeOutput() -> [[UInt8]] {
    state.withLock { state in
      state.isOutputAnnounced = false
      state.bytesInDriver += state.output.count
      return state.output.take()
    }
  }

  /// Whether ``takeOutput()`` would give as much as is worth a call of the system.
  package var hasBatch: Bool { state.withLock { $0.output.isBatch } }

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

  // MARK: - Ports to the stream

  /// Begins to send what comes out of ports.
  func drain(_ ports: [(UInt32, PortEnd)]) {
    for (number, end) in ports {
      end.setWake({ [weak self] in self?.drain(number) }, isRelay: true)
    }
  }

  /// Sends what waits in a port, until the driver has enough.
  func drain(_ number: UInt32) {
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

  func drainWaiting() {
    while let number = state.withLock({ state in
      state.queuedOutput < limits.highWaterMark ? state.waitingPorts.popFirst() : nil
    }) {
      drain(number)
    }
  }
}
