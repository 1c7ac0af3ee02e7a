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
    KeyedContainerMakers.of(Key.self)
      .decodingContainer(self, try object(at: position, path), position, path)
  }

  func unkeyedContainer(
    at position: Position, _ path: PathStack.Reference
  ) throws -> any UnkeyedDecodingContainer {
    let cell = self.cell(at: position)
    if let elements = adjacentElements(of: cell) {
      return UnkeyedContainer(self, cell.payload, elements, position, path)
    }
    return ListedContainer(self, try elements(at: position, path), position, path)
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

  /// Whether so many elements may be made room for before they are read: no more than is about what was read.
  func hasRoom(for count: Int, of stride: Int) -> Bool {
    count <= (1 << 16 + 64 * content.cellCount) / max(1, stride)
  }
}
