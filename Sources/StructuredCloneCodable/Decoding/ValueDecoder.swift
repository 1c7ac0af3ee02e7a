import StructuredClone

/// The decoder that a type's `init(from:)` gets: a cell, and the path to it. It fits in an existential without memory of its
/// own.
struct ValueDecoder: Decoder {
  let state: DecodingState
  let cell: Cell
  let path: PathStack.Reference

  var codingPath: [any CodingKey] { state.codingPath(path) }
  var userInfo: [CodingUserInfoKey: Any] { state.options.userInfo }

  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    KeyedDecodingContainer(try state.keyedContainer(cell, path))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    try state.unkeyedContainer(cell, path)
  }

  func singleValueContainer() throws -> any SingleValueDecodingContainer { self }
}

extension DecodingState {
  func keyedContainer<Key: CodingKey>(
    _ cell: Cell, _ path: PathStack.Reference
  ) throws -> KeyedContainer<Key> {
    guard cell.isReceiver, reader.record(cell.payload).kind == .object else {
      throw error(
        isNil(cell)
          ? .noValue(KeyedDecodingContainer<Key>.self) : .type([String: Any].self), cell,
        codingPath(path))
    }
    return KeyedContainer(self, cell, path)
  }

  func unkeyedContainer(
    _ cell: Cell, _ path: PathStack.Reference
  ) throws -> any UnkeyedDecodingContainer {
    if cell.isReceiver {
      let record = reader.record(cell.payload)
      switch record.kind {
      case .array where !record.flags.contains(.pairs), .set:
        return UnkeyedContainer(state: self, record: cell.payload, path: path)
      case .array, .map: return try ListedContainer(self, cell, path)
      default: break
      }
    }
    if case .arrayBufferView(let view) = reader.value(of: cell) {
      return try ListedContainer(self, cell, view, path)
    }
    throw error(
      isNil(cell) ? .noValue((any UnkeyedDecodingContainer).self) : .type([Any].self), cell,
      codingPath(path))
  }
}
