import StructuredClone

/// Elements that do not stand side by side in the graph: those of an array with holes, keys and values of a `Map` in turn,
/// elements of a typed array.
struct ListedContainer: UnkeyedDecodingContainer {
  private let state: DecodingState
  private let cell: Cell
  private let elements: [Cell]
  private let path: PathStack.Reference
  private(set) var currentIndex = 0

  /// Holes beyond this number and that of the elements are not counted out one by one.
  private static let mostHoles = 1024

  init(_ state: DecodingState, _ cell: Cell, _ path: PathStack.Reference) throws {
    self.state = state
    self.cell = cell
    self.path = path
    let reader = state.reader
    let record = reader.record(cell.payload)
    if record.kind == .map {
      elements = reader.entries(of: cell.payload).flatMap {
        [reader.cell(at: $0), reader.cell(at: $0 + 1)]
      }
    } else {
      let length = Int(record.extra)
      guard length <= 4 * Int(record.count) + ListedContainer.mostHoles else {
        throw state.error(
          .corrupted("an array of \(length) elements, of which only \(record.count) are there"),
          cell, state.codingPath(path))
      }
      elements = (0..<length).map { reader.pairElement($0, of: cell.payload) ?? .hole }
    }
  }

  /// The elements of a typed array.
  init(
    _ state: DecodingState, _ cell: Cell, _ view: CloneArrayBufferView,
    _ path: PathStack.Reference
  ) throws {
    self.state = state
    self.cell = cell
    self.path = path
    var elements: [Cell] = []
    elements.reserveCapacity(view.count)
    for element in view.elements {
      switch element {
      case .number(let number): elements.append(.number(number))
      case .bigint(let integer):
        guard let number = Int64(exactly: integer).flatMap({ Double(exactly: $0) }) else {
          throw state.error(
            .corrupted("an element of the \(view.kind) is beyond 2^53; decode CloneArrayBufferView"),
            cell, state.codingPath(path))
        }
        elements.append(.number(number))
      default: break
      }
    }
    self.elements = elements
  }

  var codingPath: [any CodingKey] { state.codingPath(path) }
  var count: Int? { elements.count }
  var isAtEnd: Bool { currentIndex >= elements.count }
  private var record: UInt32 { cell.payload }

  private func element(_ type: any Any.Type) throws -> Cell {
    guard !isAtEnd else { throw state.atEnd(type, cell, codingPath, currentIndex) }
    return elements[currentIndex]
  }

  mutating func decodeNil() throws -> Bool {
    guard state.isNil(try element(Never?.self)) else { return false }
    currentIndex += 1
    return true
  }

  mutating func decode<T: Decodable>(_ type: T.Type) throws -> T {
    let value = try state.decode(
      type, element(type), CloneCodingKey.index(currentIndex), behind: path, in: record)
    currentIndex += 1
    return value
  }

  mutating func nestedContainer<NestedKey: CodingKey>(
    keyedBy type: NestedKey.Type
  ) throws -> KeyedDecodingContainer<NestedKey> {
    let container: KeyedContainer<NestedKey> = try state.keyedContainer(
      element(KeyedDecodingContainer<NestedKey>.self), keep())
    currentIndex += 1
    return KeyedDecodingContainer(container)
  }

  mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
    let container = try state.unkeyedContainer(
      element((any UnkeyedDecodingContainer).self), keep())
    currentIndex += 1
    return container
  }

  mutating func superDecoder() throws -> any Decoder {
    let decoder = ValueDecoder(state: state, cell: try element((any Decoder).self), path: keep())
    currentIndex += 1
    return decoder
  }

  private func keep() -> PathStack.Reference {
    state.keep(CloneCodingKey.index(currentIndex), behind: path)
  }
}
