import Synchronization

// What arrived and waits: for listeners that are slow, and in ports.

extension StreamConnection {
  /// Whether the driver is to read.
  package var isReading: Bool { state.withLock { $0.isReading } }

  /// Counts what was handed over, until the loop has come past it.
  func countOnLoop(_ count: Int) {
    // Replies that were settled at once leave nothing on the loop.
    if count > 0, let loop = state.withLock({ $0.loop }), !loop.isIdle {
      state.withLock { state in
        state.bytesOnLoop += count
        state.chunksOnLoop += 1
      }
      loop.enqueue { [self] in
        state.withLock { state in
          state.bytesOnLoop -= count
          state.chunksOnLoop -= 1
        }
        updateReading()
      }
    }
    updateReading()
  }

  /// Stops reading while too much waits, unless a `sendSync` does, whose reply may be behind all that.
  func updateReading() {
    let (driver, isTooMuch) = state.withLock { state -> ((any StreamDriver)?, Bool) in
      // Asked with the lock held: a loop that is held up just now would else not be read for.
      let isHeldUp = state.loop?.isPaused ?? false
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

  // MARK: - Ports

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
}
