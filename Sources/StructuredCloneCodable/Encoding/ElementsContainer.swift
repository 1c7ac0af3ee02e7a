import StructuredClone

/// The elements of an array or a `Set`. It fits in an existential without memory of its own.
struct ElementsContainer: UnkeyedEncodingContainer {
  let state: EncodingState
  let handle: EncodingState.Handle
  let path: PathStack.Reference

  var codingPath: [any CodingKey] { state.codingPath(path) }
  var count: Int { state.nodes?.count(of: handle) ?? state.count(of: handle) }

  /// The key of the element that is written next.
  private var nextKey: CloneCodingKey { .index(count) }

  @inline(__always)
  private func write<Value>(
    _ value: Value, _ body: (EncodingState) throws(Refusal) -> Void
  ) throws {
    do throws(Refusal) {
      if state.nodes == nil {
        guard state.beginElement(handle) else { throw Refusal.derailment }
        try body(state)
      } else {
        try state.writeElement(handle, body)
      }
    } catch {
      throw failure(error, value)
    }
  }

  @inline(never)
  private func failure<Value>(_ refusal: Refusal, _ value: Value) -> any Error {
    state.spoil()
    return refusal.isDerailment
      ? EncodingState.Derailment()
      // The element was counted.
      : refusal.encodingError(
        of: value, at: codingPath + [CloneCodingKey.index(max(0, count - 1))])
  }

  func encodeNil() throws {
    try write(Never?.none) { state throws(Refusal) in state.leaves.writeNil() }
  }

  func encode<T: Encodable>(_ value: T) throws {
    let key = nextKey
    if let nodes = state.nodes {
      let inner = state.push(key, behind: path)
      defer { state.pop() }
      try state.encode(value, at: nodes.element(handle), in: nodes, inner)
    } else {
      guard state.beginElement(handle) else { throw EncodingState.Derailment() }
      try state.encode(value, key, behind: path)
    }
  }

  // MARK: - Containers

  func nestedContainer<NestedKey: CodingKey>(
    keyedBy type: NestedKey.Type
  ) -> KeyedEncodingContainer<NestedKey> {
    let inner = state.keep(nextKey, behind: path)
    return state.keyedContainer(at: state.elementPlace(handle), inner)
  }

  func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
    let inner = state.keep(nextKey, behind: path)
    let place = state.elementPlace(handle)
    return ElementsContainer(
      state: state, handle: state.elementsHandle(at: place), path: inner)
  }

  func superEncoder() -> any Encoder {
    let inner = state.keep(nextKey, behind: path)
    return ValueEncoder(state: state, place: state.laterElementPlace(handle), path: inner)
  }

  // MARK: - Primitives

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
