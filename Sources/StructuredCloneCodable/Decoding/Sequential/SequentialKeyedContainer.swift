import StructuredClone

/// Where an object is that is read as its bytes come.
struct SequentialObjectPlace: BitwiseCopyable {
  /// Where it begins in the bytes.
  let start: UInt32
  /// How many containers are around it.
  let level: UInt32
}

typealias SequentialObjectContext = ContainerContext<DecodingState, SequentialObjectPlace>

/// The properties of an object that is read as its bytes come.
struct SequentialKeyedContainer<Key: CodingKey>: SequentialStateKeyedContainer {
  private let context: SequentialObjectContext

  init(_ context: SequentialObjectContext) { self.context = context }

  var codingPath: [any CodingKey] { context.state.codingPath(context.path) }

  var allKeys: [Key] { general.allKeys }

  /// Where the object begins in the bytes.
  @inline(__always)
  private var start: UInt32 { context.place.start }
  @inline(__always)
  private var level: Int { Int(context.place.level) }
  @inline(__always)
  private var path: PathStack.Reference { context.path }

  /// The same object in the graph.
  private var general: KeyedContainer<Key> {
    @inline(never)
    get { KeyedContainer(context.state, levelInGraph: level, at: start, path) }
  }

  // MARK: - Looking up

  @inline(__always)
  private func takeName(_ key: Key, _ state: DecodingState) -> Bool {
    state.isSequential && state.sequence.takeName(key.stringValue, in: level, at: start)
  }

  /// Whether the object has a property; `nil` if that is not known.
  @inline(never)
  private func hasProperty(_ key: Key) -> Bool? {
    context.withState { state in
      state.isSequential
        ? state.sequence.hasProperty(key.stringValue, in: level, at: start) : nil
    }
  }

  @inline(__always)
  private func read<Value: Decodable>(
    _ key: Key, _ take: (inout DirectReader) -> Value?
  ) throws -> Value {
    try context.withState { state in
      if takeName(key, state), let value = state.sequence.take(take) { return value }
      return try general.decode(Value.self, forKey: key)
    }
  }

  @inline(__always)
  private func readIfPresent<Value: Decodable>(
    _ key: Key, _ take: (inout DirectReader) -> Value?
  ) throws -> Value? {
    try context.withState { state in
      if takeName(key, state) {
        if state.sequence.takeNil() { return nil }
        if let value = state.sequence.take(take) { return value }
      } else if hasProperty(key) == false {
        return nil
      }
      return try general.decodeIfPresent(Value.self, forKey: key)
    }
  }

  // MARK: - Values

  func contains(_ key: Key) -> Bool { hasProperty(key) ?? general.contains(key) }

  func decodeNil(forKey key: Key) throws -> Bool {
    try context.withState { state in
      if state.isSequential,
        let isNil = state.sequence.takeNil(named: key.stringValue, in: level, at: start)
      {
        return isNil
      }
      return try general.decodeNil(forKey: key)
    }
  }

  func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
    try context.withState { state in
      if takeName(key, state) {
        let kind = CodedType.kind(of: type)
        if kind.isLeaf {
          do throws(Mismatch) { return try state.sequence.leaf(type, kind) } catch {}
        } else if state.mayRead(kind) {
          return try state.decodeNext(type, kind, key, behind: path, in: level)
        }
      }
      return try general.decode(type, forKey: key)
    }
  }

  func decodeIfPresent<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T? {
    try context.withState { state in
      if takeName(key, state) {
        if state.sequence.takeNil() { return nil }
        let kind = CodedType.kind(of: type)
        if kind.isLeaf {
          do throws(Mismatch) { return try state.sequence.leaf(type, kind) } catch {}
        } else if state.mayRead(kind) {
          return try state.decodeNext(type, kind, key, behind: path, in: level)
        }
      } else if hasProperty(key) == false {
        return nil
      }
      return try general.decodeIfPresent(type, forKey: key)
    }
  }

  // MARK: - Containers

  func nestedContainer<NestedKey: CodingKey>(
    keyedBy type: NestedKey.Type, forKey key: Key
  ) throws -> KeyedDecodingContainer<NestedKey> {
    let state = context.state
    guard takeName(key, state), case let start = state.sequence.position,
      let level = state.beginObject(at: start)
    else { return try general.nestedContainer(keyedBy: type, forKey: key) }
    return state.sequentialContainer(start, level, state.keep(key, behind: path))
  }

  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
    let state = context.state
    guard takeName(key, state),
      let container = state.nextUnkeyedContainer(
        at: state.sequence.position, state.keep(key, behind: path))
    else { return try general.nestedUnkeyedContainer(forKey: key) }
    return container
  }

  // Whoever has a decoder may read its value at any time.
  func superDecoder() throws -> any Decoder { try general.superDecoder() }
  func superDecoder(forKey key: Key) throws -> any Decoder {
    try general.superDecoder(forKey: key)
  }

  // MARK: - Primitives

  func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool {
    try read(key) { $0.takeBoolean() }
  }
  func decodeIfPresent(_ type: Bool.Type, forKey key: Key) throws -> Bool? {
    try readIfPresent(key) { $0.takeBoolean() }
  }

  func decode(_ type: String.Type, forKey key: Key) throws -> String {
    try read(key) { $0.takeText() }
  }
  func decodeIfPresent(_ type: String.Type, forKey key: Key) throws -> String? {
    try readIfPresent(key) { $0.takeText() }
  }

  func decode(_ type: Double.Type, forKey key: Key) throws -> Double {
    try read(key) { $0.takeNumber() }
  }
  func decodeIfPresent(_ type: Double.Type, forKey key: Key) throws -> Double? {
    try readIfPresent(key) { $0.takeNumber() }
  }

  func decode(_ type: Float.Type, forKey key: Key) throws -> Float {
    try read(key) { $0.takeFloat() }
  }
  func decodeIfPresent(_ type: Float.Type, forKey key: Key) throws -> Float? {
    try readIfPresent(key) { $0.takeFloat() }
  }

  func decode(_ type: Int.Type, forKey key: Key) throws -> Int {
    try read(key) { $0.takeInteger() }
  }
  func decodeIfPresent(_ type: Int.Type, forKey key: Key) throws -> Int? {
    try readIfPresent(key) { $0.takeInteger() }
  }

  func decode(_ type: Int8.Type, forKey key: Key) throws -> Int8 {
    try read(key) { $0.takeExactly() }
  }
  func decodeIfPresent(_ type: Int8.Type, forKey key: Key) throws -> Int8? {
    try readIfPresent(key) { $0.takeExactly() }
  }

  func decode(_ type: Int16.Type, forKey key: Key) throws -> Int16 {
    try read(key) { $0.takeExactly() }
  }
  func decodeIfPresent(_ type: Int16.Type, forKey key: Key) throws -> Int16? {
    try readIfPresent(key) { $0.takeExactly() }
  }

  func decode(_ type: Int32.Type, forKey key: Key) throws -> Int32 {
    try read(key) { $0.takeExactly() }
  }
  func decodeIfPresent(_ type: Int32.Type, forKey key: Key) throws -> Int32? {
    try readIfPresent(key) { $0.takeExactly() }
  }

  func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 {
    try read(key) { $0.takeExactly() }
  }
  func decodeIfPresent(_ type: Int64.Type, forKey key: Key) throws -> Int64? {
    try readIfPresent(key) { $0.takeExactly() }
  }

  func decode(_ type: UInt.Type, forKey key: Key) throws -> UInt {
    try read(key) { $0.takeExactly() }
  }
  func decodeIfPresent(_ type: UInt.Type, forKey key: Key) throws -> UInt? {
    try readIfPresent(key) { $0.takeExactly() }
  }

  func decode(_ type: UInt8.Type, forKey key: Key) throws -> UInt8 {
    try read(key) { $0.takeExactly() }
  }
  func decodeIfPresent(_ type: UInt8.Type, forKey key: Key) throws -> UInt8? {
    try readIfPresent(key) { $0.takeExactly() }
  }

  func decode(_ type: UInt16.Type, forKey key: Key) throws -> UInt16 {
    try read(key) { $0.takeExactly() }
  }
  func decodeIfPresent(_ type: UInt16.Type, forKey key: Key) throws -> UInt16? {
    try readIfPresent(key) { $0.takeExactly() }
  }

  func decode(_ type: UInt32.Type, forKey key: Key) throws -> UInt32 {
    try read(key) { $0.takeExactly() }
  }
  func decodeIfPresent(_ type: UInt32.Type, forKey key: Key) throws -> UInt32? {
    try readIfPresent(key) { $0.takeExactly() }
  }

  func decode(_ type: UInt64.Type, forKey key: Key) throws -> UInt64 {
    try read(key) { $0.takeExactly() }
  }
  func decodeIfPresent(_ type: UInt64.Type, forKey key: Key) throws -> UInt64? {
    try readIfPresent(key) { $0.takeExactly() }
  }

  func decode(_ type: Int128.Type, forKey key: Key) throws -> Int128 {
    try read(key) { $0.takeExactly() }
  }
  func decodeIfPresent(_ type: Int128.Type, forKey key: Key) throws -> Int128? {
    try readIfPresent(key) { $0.takeExactly() }
  }

  func decode(_ type: UInt128.Type, forKey key: Key) throws -> UInt128 {
    try read(key) { $0.takeExactly() }
  }
  func decodeIfPresent(_ type: UInt128.Type, forKey key: Key) throws -> UInt128? {
    try readIfPresent(key) { $0.takeExactly() }
  }
}
