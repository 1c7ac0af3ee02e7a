import StructuredClone

/// The elements of an array or a `Set`.
struct UnkeyedContainer: UnkeyedDecodingContainer {
  private let state: DecodingState
  private let record: UInt32
  private let position: DecodingState.Position
  private let first: DecodingState.Position
  private let end: DecodingState.Position
  private var next: DecodingState.Position
  private let path: PathStack.Reference

  init(
    _ state: DecodingState, _ record: UInt32, _ elements: Range<DecodingState.Position>,
    _ position: DecodingState.Position, _ path: PathStack.Reference, next: Int
  ) {
    self.state = state
    self.record = record
    self.position = position
    self.path = path
    first = elements.lowerBound
    end = elements.upperBound
    self.next = first + DecodingState.Position(next)
  }

  var codingPath: [any CodingKey] { state.codingPath(path) }
  var count: Int? { Int(end - first) }
  var isAtEnd: Bool { next >= end }
  var currentIndex: Int { Int(next - first) }

  /// The next element, without passing it.
  @inline(__always)
  private func element(_ type: any Any.Type) throws -> DecodingState.Position {
    guard next < end else { throw state.atEnd(type, position, codingPath, currentIndex) }
    return next
  }

  @inline(__always)
  private mutating func read<Value>(
    _ body: (DecodingState, Cell) throws(Mismatch) -> Value
  ) throws -> Value {
    let position = try element(Value.self)
    do throws(Mismatch) {
      let value = try body(state, state.content.cell(at: Int(position)))
      next &+= 1
      return value
    } catch {
      throw failure(error, position)
    }
  }

  @inline(never)
  private func failure(_ mismatch: Mismatch, _ position: DecodingState.Position) -> any Error {
    state.error(mismatch, at: position, codingPath + [CloneCodingKey.index(currentIndex)])
  }

  mutating func decodeNil() throws -> Bool {
    guard state.isNil(state.cell(at: try element(Never?.self))) else { return false }
    next += 1
    return true
  }

  mutating func decode<T: Decodable>(_ type: T.Type) throws -> T {
    let value = try state.decode(
      type, at: element(type), CloneCodingKey.index(currentIndex), behind: path, in: record)
    next &+= 1
    return value
  }

  mutating func nestedContainer<NestedKey: CodingKey>(
    keyedBy type: NestedKey.Type
  ) throws -> KeyedDecodingContainer<NestedKey> {
    let value = try element(KeyedDecodingContainer<NestedKey>.self)
    let container: KeyedDecodingContainer<NestedKey> = try state.keyedContainer(
      at: value, state.keep(CloneCodingKey.index(currentIndex), behind: path))
    next += 1
    return container
  }

  mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
    let value = try element((any UnkeyedDecodingContainer).self)
    let container = try state.unkeyedContainer(
      at: value, state.keep(CloneCodingKey.index(currentIndex), behind: path))
    next += 1
    return container
  }

  mutating func superDecoder() throws -> any Decoder {
    let value = try element((any Decoder).self)
    defer { next += 1 }
    return ValueDecoder(
      state: state, position: value,
      path: state.keep(CloneCodingKey.index(currentIndex), behind: path))
  }

  // MARK: - Primitives

  mutating func decode(_ type: Bool.Type) throws -> Bool {
    try read { state, cell throws(Mismatch) in try state.boolean(cell) }
  }
  mutating func decode(_ type: String.Type) throws -> String {
    try read { state, cell throws(Mismatch) in try state.string(cell) }
  }
  mutating func decode(_ type: Double.Type) throws -> Double {
    try read { state, cell throws(Mismatch) in try state.double(cell) }
  }
  mutating func decode(_ type: Float.Type) throws -> Float {
    try read { state, cell throws(Mismatch) in try state.float(cell) }
  }
  mutating func decode(_ type: Int.Type) throws -> Int {
    try read { state, cell throws(Mismatch) in try state.integer(cell) }
  }
  mutating func decode(_ type: Int8.Type) throws -> Int8 {
    try read { state, cell throws(Mismatch) in try state.integer(cell) }
  }
  mutating func decode(_ type: Int16.Type) throws -> Int16 {
    try read { state, cell throws(Mismatch) in try state.integer(cell) }
  }
  mutating func decode(_ type: Int32.Type) throws -> Int32 {
    try read { state, cell throws(Mismatch) in try state.integer(cell) }
  }
  mutating func decode(_ type: Int64.Type) throws -> Int64 {
    try read { state, cell throws(Mismatch) in try state.integer(cell) }
  }
  mutating func decode(_ type: UInt.Type) throws -> UInt {
    try read { state, cell throws(Mismatch) in try state.integer(cell) }
  }
  mutating func decode(_ type: UInt8.Type) throws -> UInt8 {
    try read { state, cell throws(Mismatch) in try state.integer(cell) }
  }
  mutating func decode(_ type: UInt16.Type) throws -> UInt16 {
    try read { state, cell throws(Mismatch) in try state.integer(cell) }
  }
  mutating func decode(_ type: UInt32.Type) throws -> UInt32 {
    try read { state, cell throws(Mismatch) in try state.integer(cell) }
  }
  mutating func decode(_ type: UInt64.Type) throws -> UInt64 {
    try read { state, cell throws(Mismatch) in try state.integer(cell) }
  }
  mutating func decode(_ type: Int128.Type) throws -> Int128 {
    try read { state, cell throws(Mismatch) in try state.integer(cell) }
  }
  mutating func decode(_ type: UInt128.Type) throws -> UInt128 {
    try read { state, cell throws(Mismatch) in try state.integer(cell) }
  }
}
