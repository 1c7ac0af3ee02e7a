import StructuredClone

typealias ObjectEncodingContext = ContainerContext<EncodingState, EncodingState.Handle>

/// The properties of an object.
struct ObjectContainer<Key: CodingKey>: StateKeyedEncodingContainer {
  private let context: ObjectEncodingContext

  init(_ context: ObjectEncodingContext) { self.context = context }

  var codingPath: [any CodingKey] { context.state.codingPath(path) }

  @inline(__always)
  private var handle: EncodingState.Handle { context.place }
  @inline(__always)
  private var path: PathStack.Reference { context.path }

  /// Writes a leaf behind its key.
  @inline(__always)
  private func write<Value>(
    _ value: Value, _ key: Key, _ body: (EncodingState) throws(Refusal) -> Void
  ) throws {
    try context.withState { state in
      let name = state.name(key, behind: path)
      do throws(Refusal) {
        if state.nodes == nil {
          guard state.beginProperty(handle, name) else { throw Refusal.derailment }
          try body(state)
        } else {
          try state.writeProperty(handle, name, body)
        }
      } catch {
        throw failure(error, value, key)
      }
    }
  }

  @inline(never)
  private func failure<Value>(_ refusal: Refusal, _ value: Value, _ key: Key) -> any Error {
    context.state.spoil()
    return refusal.isDerailment
      ? EncodingState.Derailment() : refusal.encodingError(of: value, at: codingPath + [key])
  }

  func encodeNil(forKey key: Key) throws {
    try write(Never?.none, key) { state throws(Refusal) in state.leaves.writeNil() }
  }

  func encode<T: Encodable>(_ value: T, forKey key: Key) throws {
    try context.withState { state in
      let name = state.name(key, behind: path)
      if let nodes = state.nodes {
        let inner = state.push(key, behind: path)
        defer { state.pop() }
        try state.encode(value, at: nodes.property(handle, name), in: nodes, inner)
      } else {
        guard state.beginProperty(handle, name) else { throw EncodingState.Derailment() }
        try state.encode(value, key, behind: path)
      }
    }
  }

  /// Writes what stands for a value that is missing.
  @inline(never)
  private func encodeMissing(forKey key: Key) throws {
    switch context.state.options.missingValueEncodingStrategy {
    case .absent: break
    case .null: try write(Never?.none, key) { state throws(Refusal) in state.writer.writeNull() }
    case .undefined:
      try write(Never?.none, key) { state throws(Refusal) in state.writer.writeUndefined() }
    }
  }

  func encodeIfPresent<T: Encodable>(_ value: T?, forKey key: Key) throws {
    let isEncoded = try value.withBorrowedValue { try encode($0, forKey: key) }
    if !isEncoded { try encodeMissing(forKey: key) }
  }

  // MARK: - Containers

  func nestedContainer<NestedKey: CodingKey>(
    keyedBy type: NestedKey.Type, forKey key: Key
  ) -> KeyedEncodingContainer<NestedKey> {
    let state = context.state
    let place = state.propertyPlace(handle, state.name(key, behind: path))
    return state.keyedContainer(at: place, state.keep(key, behind: path))
  }

  func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
    let state = context.state
    let place = state.propertyPlace(handle, state.name(key, behind: path))
    return ElementsContainer(
      state: state, handle: state.elementsHandle(at: place), path: state.keep(key, behind: path))
  }

  func superEncoder() -> any Encoder {
    let state = context.state
    return ValueEncoder(
      state: state, place: state.laterPropertyPlace(handle, CloneCodingKey.super.stringValue),
      path: state.keep(CloneCodingKey.super, behind: path))
  }

  func superEncoder(forKey key: Key) -> any Encoder {
    let state = context.state
    return ValueEncoder(
      state: state, place: state.laterPropertyPlace(handle, state.name(key, behind: path)),
      path: state.keep(key, behind: path))
  }

  // MARK: - Primitives

  func encode(_ value: Bool, forKey key: Key) throws {
    try write(value, key) { state throws(Refusal) in state.leaves.write(value) }
  }
  func encodeIfPresent(_ value: Bool?, forKey key: Key) throws {
    if let value { try encode(value, forKey: key) } else { try encodeMissing(forKey: key) }
  }

  func encode(_ value: String, forKey key: Key) throws {
    try write(value, key) { state throws(Refusal) in state.leaves.write(value) }
  }
  func encodeIfPresent(_ value: String?, forKey key: Key) throws {
    if let value { try encode(value, forKey: key) } else { try encodeMissing(forKey: key) }
  }

  func encode(_ value: Double, forKey key: Key) throws {
    try write(value, key) { state throws(Refusal) in try state.leaves.write(value) }
  }
  func encodeIfPresent(_ value: Double?, forKey key: Key) throws {
    if let value { try encode(value, forKey: key) } else { try encodeMissing(forKey: key) }
  }

  func encode(_ value: Float, forKey key: Key) throws {
    try write(value, key) { state throws(Refusal) in try state.leaves.write(value) }
  }
  func encodeIfPresent(_ value: Float?, forKey key: Key) throws {
    if let value { try encode(value, forKey: key) } else { try encodeMissing(forKey: key) }
  }

  func encode(_ value: Int, forKey key: Key) throws {
    try write(value, key) { state throws(Refusal) in try state.leaves.write(value) }
  }
  func encodeIfPresent(_ value: Int?, forKey key: Key) throws {
    if let value { try encode(value, forKey: key) } else { try encodeMissing(forKey: key) }
  }

  func encode(_ value: Int8, forKey key: Key) throws {
    try write(value, key) { state throws(Refusal) in try state.leaves.write(value) }
  }
  func encodeIfPresent(_ value: Int8?, forKey key: Key) throws {
    if let value { try encode(value, forKey: key) } else { try encodeMissing(forKey: key) }
  }

  func encode(_ value: Int16, forKey key: Key) throws {
    try write(value, key) { state throws(Refusal) in try state.leaves.write(value) }
  }
  func encodeIfPresent(_ value: Int16?, forKey key: Key) throws {
    if let value { try encode(value, forKey: key) } else { try encodeMissing(forKey: key) }
  }

  func encode(_ value: Int32, forKey key: Key) throws {
    try write(value, key) { state throws(Refusal) in try state.leaves.write(value) }
  }
  func encodeIfPresent(_ value: Int32?, forKey key: Key) throws {
    if let value { try encode(value, forKey: key) } else { try encodeMissing(forKey: key) }
  }

  func encode(_ value: Int64, forKey key: Key) throws {
    try write(value, key) { state throws(Refusal) in try state.leaves.write(value) }
  }
  func encodeIfPresent(_ value: Int64?, forKey key: Key) throws {
    if let value { try encode(value, forKey: key) } else { try encodeMissing(forKey: key) }
  }

  func encode(_ value: UInt, forKey key: Key) throws {
    try write(value, key) { state throws(Refusal) in try state.leaves.write(value) }
  }
  func encodeIfPresent(_ value: UInt?, forKey key: Key) throws {
    if let value { try encode(value, forKey: key) } else { try encodeMissing(forKey: key) }
  }

  func encode(_ value: UInt8, forKey key: Key) throws {
    try write(value, key) { state throws(Refusal) in try state.leaves.write(value) }
  }
  func encodeIfPresent(_ value: UInt8?, forKey key: Key) throws {
    if let value { try encode(value, forKey: key) } else { try encodeMissing(forKey: key) }
  }

  func encode(_ value: UInt16, forKey key: Key) throws {
    try write(value, key) { state throws(Refusal) in try state.leaves.write(value) }
  }
  func encodeIfPresent(_ value: UInt16?, forKey key: Key) throws {
    if let value { try encode(value, forKey: key) } else { try encodeMissing(forKey: key) }
  }

  func encode(_ value: UInt32, forKey key: Key) throws {
    try write(value, key) { state throws(Refusal) in try state.leaves.write(value) }
  }
  func encodeIfPresent(_ value: UInt32?, forKey key: Key) throws {
    if let value { try encode(value, forKey: key) } else { try encodeMissing(forKey: key) }
  }

  func encode(_ value: UInt64, forKey key: Key) throws {
    try write(value, key) { state throws(Refusal) in try state.leaves.write(value) }
  }
  func encodeIfPresent(_ value: UInt64?, forKey key: Key) throws {
    if let value { try encode(value, forKey: key) } else { try encodeMissing(forKey: key) }
  }

  func encode(_ value: Int128, forKey key: Key) throws {
    try write(value, key) { state throws(Refusal) in try state.leaves.write(value) }
  }
  func encodeIfPresent(_ value: Int128?, forKey key: Key) throws {
    if let value { try encode(value, forKey: key) } else { try encodeMissing(forKey: key) }
  }

  func encode(_ value: UInt128, forKey key: Key) throws {
    try write(value, key) { state throws(Refusal) in try state.leaves.write(value) }
  }
  func encodeIfPresent(_ value: UInt128?, forKey key: Key) throws {
    if let value { try encode(value, forKey: key) } else { try encodeMissing(forKey: key) }
  }
}
