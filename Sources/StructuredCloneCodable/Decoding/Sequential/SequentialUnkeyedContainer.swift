import StructuredClone

/// The elements of an array that is read as its bytes come.
struct SequentialUnkeyedContainer: UnkeyedDecodingContainer {
  private let state: DecodingState
  /// Where the array begins in the bytes.
  private let start: UInt32
  private let level: UInt32
  private let path: PathStack.Reference
  private let elementCount: UInt32
  private var next: UInt32 = 0
  /// The same array in the graph, once that was entered.
  private var general: (any UnkeyedDecodingContainer)?

  init(
    _ state: DecodingState, _ start: UInt32, _ level: Int, count: Int, _ path: PathStack.Reference
  ) {
    self.state = state
    self.start = start
    self.level = UInt32(truncatingIfNeeded: level)
    self.path = path
    elementCount = UInt32(truncatingIfNeeded: count)
  }

  var codingPath: [any CodingKey] { state.codingPath(path) }
  var count: Int? { general == nil ? Int(elementCount) : general?.count }
  /// Also where nothing more can be read: types may go on until the end, whatever fails.
  var isAtEnd: Bool { state.failure != nil || general?.isAtEnd ?? (next >= elementCount) }
  var currentIndex: Int { general?.currentIndex ?? Int(next) }

  /// Goes on with the same array in the graph.
  @inline(never)
  private mutating func readOther<Value>(
    _ body: (inout any UnkeyedDecodingContainer) throws -> Value
  ) throws -> Value {
    var container =
      try general
      ?? state.unkeyedContainer(
        at: DecodingState.position(inSequence: start), path, next: Int(next))
    // Held twice it would be copied.
    general = nil
    defer { general = container }
    return try body(&container)
  }

  @inline(__always)
  private func takeElement() -> Bool {
    state.isSequential && state.sequence.takeElement(Int(next), of: Int(level), at: start)
  }

  @inline(__always)
  private mutating func read<Value: Decodable>(
    _ take: (inout DirectReader) -> Value?
  ) throws -> Value {
    if takeElement(), let value = state.sequence.take(take) {
      next &+= 1
      return value
    }
    return try readOther { try $0.decode(Value.self) }
  }

  mutating func decodeNil() throws -> Bool {
    if state.isSequential,
      let isNil = state.sequence.takeNilElement(Int(next), of: Int(level), at: start)
    {
      if isNil { next &+= 1 }
      return isNil
    }
    return try readOther { try $0.decodeNil() }
  }

  mutating func decode<T: Decodable>(_ type: T.Type) throws -> T {
    if takeElement() {
      let kind = CodedType.kind(of: type)
      if kind.isLeaf {
        do throws(Mismatch) {
          let value = try state.sequence.leaf(type, kind)
          next &+= 1
          return value
        } catch {}
      } else if state.mayRead(kind) {
        let value = try state.decodeNext(
          type, kind, CloneCodingKey.index(Int(next)), behind: path, in: Int(level))
        next &+= 1
        return value
      }
    }
    return try readOther { try $0.decode(type) }
  }

  mutating func nestedContainer<NestedKey: CodingKey>(
    keyedBy type: NestedKey.Type
  ) throws -> KeyedDecodingContainer<NestedKey> {
    guard takeElement(), case let start = state.sequence.position,
      let level = state.beginObject(at: start)
    else { return try readOther { try $0.nestedContainer(keyedBy: type) } }
    let inner = state.keep(CloneCodingKey.index(Int(next)), behind: path)
    next &+= 1
    return state.sequentialContainer(start, level, inner)
  }

  mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
    guard takeElement(),
      let container = state.nextUnkeyedContainer(
        at: state.sequence.position,
        state.keep(CloneCodingKey.index(Int(next)), behind: path))
    else { return try readOther { try $0.nestedUnkeyedContainer() } }
    next &+= 1
    return container
  }

  // Whoever has a decoder may read its value at any time.
  mutating func superDecoder() throws -> any Decoder { try readOther { try $0.superDecoder() } }

  // MARK: - Primitives

  mutating func decode(_ type: Bool.Type) throws -> Bool { try read { $0.takeBoolean() } }
  mutating func decode(_ type: String.Type) throws -> String { try read { $0.takeText() } }
  mutating func decode(_ type: Double.Type) throws -> Double { try read { $0.takeNumber() } }
  mutating func decode(_ type: Float.Type) throws -> Float { try read { $0.takeFloat() } }
  mutating func decode(_ type: Int.Type) throws -> Int { try read { $0.takeInteger() } }
  mutating func decode(_ type: Int8.Type) throws -> Int8 { try read { $0.takeExactly() } }
  mutating func decode(_ type: Int16.Type) throws -> Int16 { try read { $0.takeExactly() } }
  mutating func decode(_ type: Int32.Type) throws -> Int32 { try read { $0.takeExactly() } }
  mutating func decode(_ type: Int64.Type) throws -> Int64 { try read { $0.takeExactly() } }
  mutating func decode(_ type: UInt.Type) throws -> UInt { try read { $0.takeExactly() } }
  mutating func decode(_ type: UInt8.Type) throws -> UInt8 { try read { $0.takeExactly() } }
  mutating func decode(_ type: UInt16.Type) throws -> UInt16 { try read { $0.takeExactly() } }
  mutating func decode(_ type: UInt32.Type) throws -> UInt32 { try read { $0.takeExactly() } }
  mutating func decode(_ type: UInt64.Type) throws -> UInt64 { try read { $0.takeExactly() } }
  mutating func decode(_ type: Int128.Type) throws -> Int128 { try read { $0.takeExactly() } }
  mutating func decode(_ type: UInt128.Type) throws -> UInt128 { try read { $0.takeExactly() } }
}
