/// Reading a damaged payload to the first fault whose extent is not known.
extension ValueDeserializer {
  /// Reads header and value, or what there is of them; answers the graph in which the faults are.
  mutating func salvage() -> (value: CloneValue, graph: CloneGraph?) {
    let root: Cell
    do {
      try salvageHeader()
      root = try readGraph()
    } catch {
      root = closeSalvagedFrames(behind: error)
    }
    let value = finish(root).value
    return (value, lastValue?.graph)
  }

  /// Reads the header, or goes on without.
  private mutating func salvageHeader() throws(CloneDecodingError) {
    do {
      try readHeader()
      guard lacksHeader || version == 0 else { return }
      wire.position = 0
      try noteFault(failure(.legacyVersion(0), at: 0))
    } catch {
      if case .limitExceeded = error.reason { throw error }
      try noteFault(error)
    }
    version = profile.newestVersion
    lacksHeader = false
  }

  /// Delivers what stands in the place of everything from a fault on, and then every open container as it stands.
  private mutating func closeSalvagedFrames(behind error: CloneDecodingError) -> Cell {
    wire.position = wire.bytes.count
    owedElements = 0
    var value = Cell.receiver(addLastFault(error, from: error.offset))
    while !frames.isEmpty {
      if awaitsValue(frames.top), let container = try? deliver(value) {
        value = container
      } else if isLeaf(frames.top) {
        // Nothing can be made of it: it is part of the fault.
        _ = close(frames.top)
      } else {
        value = closeOpenFrame()
      }
    }
    return value
  }

  private func isLeaf(_ frame: Frame) -> Bool {
    switch frame.kind {
    case .stringObject, .regExp, .wasmMemory: true
    default: false
    }
  }

  private func awaitsValue(_ frame: Frame) -> Bool {
    switch frame.kind {
    case .object, .denseProperties, .sparseArray, .map: frame.hasKey
    case .denseElements: Int(frame.count) < frame.length
    case .claimedElements: stack.count - frame.base < frame.length
    case .set, .hostPayload, .hostValue: true
    case .error: frame.section == .cause
    case .stringObject, .regExp, .wasmMemory: false
    }
  }
}
