/// Elements that do not stand side by side in the graph: those of an array with holes, keys and values of a `Map` in turn,
/// elements of a typed array.
struct ListedContainer: UnkeyedDecodingContainer {
  private let state: DecodingState
  private let record: UInt32
  private let position: DecodingState.Position
  private let elements: [DecodingState.Position]
  private let path: PathStack.Reference
  private(set) var currentIndex: Int

  init(
    _ state: DecodingState, _ list: ElementList, _ position: DecodingState.Position,
    _ path: PathStack.Reference, next: Int
  ) {
    self.state = state
    currentIndex = next
    record = list.record
    elements = list.positions
    self.position = position
    self.path = path
  }

  var codingPath: [any CodingKey] { state.codingPath(path) }
  var count: Int? { elements.count }
  var isAtEnd: Bool { currentIndex >= elements.count }

  private func element(_ type: any Any.Type) throws -> DecodingState.Position {
    guard !isAtEnd else { throw state.atEnd(type, position, codingPath, currentIndex) }
    return elements[currentIndex]
  }

  mutating func decodeNil() throws -> Bool {
    guard state.isNil(state.cell(at: try element(Never?.self))) else { return false }
    currentIndex += 1
    return true
  }

  mutating func decode<T: Decodable>(_ type: T.Type) throws -> T {
    let value = try state.decode(
      type, at: element(type), CloneCodingKey.index(currentIndex), behind: path, in: record)
    currentIndex += 1
    return value
  }

  mutating func nestedContainer<NestedKey: CodingKey>(
    keyedBy type: NestedKey.Type
  ) throws -> KeyedDecodingContainer<NestedKey> {
    let container: KeyedDecodingContainer<NestedKey> = try state.keyedContainer(
      at: element(KeyedDecodingContainer<NestedKey>.self), keep())
    currentIndex += 1
    return container
  }

  mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
    let container = try state.unkeyedContainer(
      at: element((any UnkeyedDecodingContainer).self), keep())
    currentIndex += 1
    return container
  }

  mutating func superDecoder() throws -> any Decoder {
    let decoder = ValueDecoder(
      state: state, position: try element((any Decoder).self), path: keep())
    currentIndex += 1
    return decoder
  }

  private func keep() -> PathStack.Reference {
    state.keep(CloneCodingKey.index(currentIndex), behind: path)
  }
}
