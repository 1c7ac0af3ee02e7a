import StructuredClone

extension ValueEncoder: SingleValueEncodingContainer {
  @inline(__always)
  private func write<Value>(
    _ value: Value, _ body: (EncodingState) throws(Refusal) -> Void
  ) throws {
    do throws(Refusal) {
      if state.nodes == nil {
        guard state.isNext(place) else { throw Refusal.derailment }
        try body(state)
      } else {
        try state.writeSingle(place, body)
      }
    } catch {
      if error.isDerailment {
        state.derail()
        throw EncodingState.Derailment()
      }
      state.spoil()
      throw error.encodingError(of: value, at: codingPath)
    }
  }

  func encodeNil() throws {
    try write(Never?.none) { state throws(Refusal) in state.leaves.writeNil() }
  }

  func encode<T: Encodable>(_ value: T) throws {
    if let nodes = state.nodes {
      try state.encode(value, at: place, in: nodes, path)
    } else {
      guard state.isNext(place) else {
        state.derail()
        throw EncodingState.Derailment()
      }
      try state.encodeSame(value, at: place, path)
    }
  }

  func encode(_ value: Bool) throws {
    try write(value) { state throws(Refusal) in state.leaves.write(value) }
  }
  func encode(_ value: String) throws {
    try write(value) { state throws(Refusal) in state.leaves.write(value) }
  }
  func encode(_ value: Double) throws {
    try write(value) { state throws(Refusal) in try state.leaves.write(value) }
  }
  func encode(_ value: Float) throws {
    try write(value) { state throws(Refusal) in try state.leaves.write(value) }
  }
  func encode(_ value: Int) throws {
    try write(value) { state throws(Refusal) in try state.leaves.write(value) }
  }
  func encode(_ value: Int8) throws {
    try write(value) { state throws(Refusal) in try state.leaves.write(value) }
  }
  func encode(_ value: Int16) throws {
    try write(value) { state throws(Refusal) in try state.leaves.write(value) }
  }
  func encode(_ value: Int32) throws {
    try write(value) { state throws(Refusal) in try state.leaves.write(value) }
  }
  func encode(_ value: Int64) throws {
    try write(value) { state throws(Refusal) in try state.leaves.write(value) }
  }
  func encode(_ value: UInt) throws {
    try write(value) { state throws(Refusal) in try state.leaves.write(value) }
  }
  func encode(_ value: UInt8) throws {
    try write(value) { state throws(Refusal) in try state.leaves.write(value) }
  }
  func encode(_ value: UInt16) throws {
    try write(value) { state throws(Refusal) in try state.leaves.write(value) }
  }
  func encode(_ value: UInt32) throws {
    try write(value) { state throws(Refusal) in try state.leaves.write(value) }
  }
  func encode(_ value: UInt64) throws {
    try write(value) { state throws(Refusal) in try state.leaves.write(value) }
  }
  func encode(_ value: Int128) throws {
    try write(value) { state throws(Refusal) in try state.leaves.write(value) }
  }
  func encode(_ value: UInt128) throws {
    try write(value) { state throws(Refusal) in try state.leaves.write(value) }
  }
}
