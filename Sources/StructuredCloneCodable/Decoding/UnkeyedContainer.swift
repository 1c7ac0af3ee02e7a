import StructuredClone

/// The elements of an array or a `Set`. It fits in an existential without memory of its own.
struct UnkeyedContainer: UnkeyedDecodingContainer {
  let state: DecodingState
  let record: UInt32
  private var next: UInt32 = 0
  let path: PathStack.Reference

  init(state: DecodingState, record: UInt32, path: PathStack.Reference) {
    self.state = state
    self.record = record
    self.path = path
  }

  var codingPath: [any CodingKey] { state.codingPath(path) }
  var count: Int? { Int(state.reader.record(record).count) }
  var isAtEnd: Bool { next >= state.reader.record(record).count }
  var currentIndex: Int { Int(next) }

  /// The next element, without passing it.
  @inline(__always)
  private func element(_ type: any Any.Type) throws -> Cell {
    let array = state.reader.record(record)
    guard next < array.count else { throw state.atEnd(type, .receiver(record), codingPath, Int(next)) }
    // The properties of an array are before its elements.
    let first = Int(array.start) &+ (array.kind == .array ? 1 : 0)
    return state.reader.cell(at: first &+ Int(next))
  }

  @inline(__always)
  private mutating func read<Value>(
    _ body: (DecodingState, Cell) throws(Mismatch) -> Value
  ) throws -> Value {
    let cell = try element(Value.self)
    do throws(Mismatch) {
      let value = try body(state, cell)
      next &+= 1
      return value
    } catch {
      throw failure(error, cell)
    }
  }

  @inline(never)
  private func failure(_ mismatch: Mismatch, _ cell: Cell) -> any Error {
    state.error(mismatch, cell, codingPath + [CloneCodingKey.index(Int(next))])
  }

  mutating func decodeNil() throws -> Bool {
    guard state.isNil(try element(Never?.self)) else { return false }
    next += 1
    return true
  }

  mutating func decode<T: Decodable>(_ type: T.Type) throws -> T {
    let cell = try element(type)
    let value = try state.decode(
      type, cell, CloneCodingKey.index(Int(next)), behind: path, in: record)
    next &+= 1
    return value
  }

  mutating func nestedContainer<NestedKey: CodingKey>(
    keyedBy type: NestedKey.Type
  ) throws -> KeyedDecodingContainer<NestedKey> {
    let cell = try element(KeyedDecodingContainer<NestedKey>.self)
    let container: KeyedContainer<NestedKey> = try state.keyedContainer(
      cell, state.keep(CloneCodingKey.index(Int(next)), behind: path))
    next += 1
    return KeyedDecodingContainer(container)
  }

  mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
    let cell = try element((any UnkeyedDecodingContainer).self)
    let container = try state.unkeyedContainer(
      cell, state.keep(CloneCodingKey.index(Int(next)), behind: path))
    next += 1
    return container
  }

  mutating func superDecoder() throws -> any Decoder {
    let cell = try element((any Decoder).self)
    defer { next += 1 }
    return ValueDecoder(
      state: state, cell: cell, path: state.keep(CloneCodingKey.index(Int(next)), behind: path))
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
