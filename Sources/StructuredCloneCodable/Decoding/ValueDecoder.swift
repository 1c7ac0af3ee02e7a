import StructuredClone

/// The decoder that a type's `init(from:)` gets: the position of a value, and the path to it. It fits in an existential without memory of its
/// own.
struct ValueDecoder: Decoder {
  let state: DecodingState
  let position: DecodingState.Position
  let path: PathStack.Reference

  var codingPath: [any CodingKey] { state.codingPath(path) }
  var userInfo: [CodingUserInfoKey: Any] { state.options.userInfo }

  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    try state.keyedContainer(at: position, path)
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    try state.unkeyedContainer(at: position, path)
  }

  func singleValueContainer() throws -> any SingleValueDecodingContainer { self }
}

extension DecodingState {
  /// The record of an object.
  func object(at position: Position, _ path: PathStack.Reference) throws -> UInt32 {
    let cell = self.cell(at: position)
    guard cell.isReceiver, content.record(cell.payload).kind == .object else {
      throw error(
        isNil(cell) ? .noValue([String: Any].self) : .type([String: Any].self), at: position,
        codingPath(path))
    }
    return cell.payload
  }

  /// A container for the properties of an object.
  func keyedContainer<Key: CodingKey>(
    at position: Position, _ path: PathStack.Reference
  ) throws -> KeyedDecodingContainer<Key> {
    if isSequential, let start = DecodingState.offset(inSequence: position),
      let level = beginObject(at: start)
    {
      return sequentialContainer(start, level, path)
    }
    return KnownKeys.of(Key.self).maker(for: Key.self)
      .decodingContainer(self, try object(at: position, path), position, path)
  }

  func unkeyedContainer(
    at position: Position, _ path: PathStack.Reference
  ) throws -> any UnkeyedDecodingContainer {
    if isSequential, let start = DecodingState.offset(inSequence: position),
      let container = nextUnkeyedContainer(at: start, path)
    {
      return container
    }
    return try unkeyedContainer(at: position, path, next: 0)
  }

  /// A container for the elements of an array in the graph that goes on with one of them.
  func unkeyedContainer(
    at position: Position, _ path: PathStack.Reference, next: Int
  ) throws -> any UnkeyedDecodingContainer {
    let cell = self.cell(at: position)
    if let elements = adjacentElements(of: cell) {
      return UnkeyedContainer(self, cell.payload, elements, position, path, next: next)
    }
    return ListedContainer(self, try elements(at: position, path), position, path, next: next)
  }

  /// Where the elements of an array or a `Set` are, if they stand side by side.
  func adjacentElements(of cell: Cell) -> Range<Position>? {
    guard cell.isReceiver else { return nil }
    let record = content.record(cell.payload)
    switch record.kind {
    case .set: return record.start..<(record.start + record.count)
    // The properties of an array are before its elements.
    case .array where !record.flags.contains(.pairs):
      return (record.start + 1)..<(record.start + 1 + record.count)
    default: return nil
    }
  }
}
