import StructuredClone

/// The properties of an object.
struct KeyedContainer<Key: CodingKey>: StateKeyedDecodingContainer {
  private let state: DecodingState
  private let record: UInt32
  private let position: DecodingState.Position
  private let path: PathStack.Reference
  private let object: Record
  /// Where the position of the next key is kept: containers do not change. They are copied for each property, so that they
  /// hold one reference and no more.
  private let prediction: Int

  init(
    _ state: DecodingState, _ record: UInt32, _ position: DecodingState.Position,
    _ path: PathStack.Reference
  ) {
    self.state = state
    self.record = record
    self.position = position
    self.path = path
    object = state.content.record(record)
    prediction = state.makePrediction(Int(object.start))
  }

  /// The same object as that of a sequential container.
  init(
    _ state: DecodingState, levelInGraph level: Int, at start: UInt32, _ path: PathStack.Reference
  ) {
    record = state.record(ofLevel: level, at: start)
    self.state = state
    self.position = DecodingState.position(inSequence: start)
    self.path = path
    let isFound = state.failure == nil
    object = isFound ? state.content.record(record) : .vacant
    if isFound, state.sequence.isOpen(level, at: start) {
      prediction = state.sequence[level].prediction
    } else {
      prediction = state.makePrediction(Int(object.start))
    }
  }

  var codingPath: [any CodingKey] { state.codingPath(path) }

  var allKeys: [Key] {
    guard state.failure == nil else { return [] }
    guard state.usesDefaultKeys else {
      return state.convertedKeys(of: record, path)
        .sorted { $0.value < $1.value }.compactMap { Key(stringValue: $0.key) }
    }
    return state.reader.entries(of: record).compactMap { position in
      guard let (name, index) = state.reader.keyName(at: position) else { return nil }
      return Key(stringValue: name) ?? index.flatMap { Key(intValue: $0) }
    }
  }

  // MARK: - Looking up

  /// The position of a property's value; `nil` if there is none.
  @inline(__always)
  private func find(_ key: Key) -> DecodingState.Position? {
    state.property(
      key.stringValue, of: object, index: record, prediction: prediction, path)
  }

  @inline(never)
  private func missing(_ key: Key) -> any Error {
    state.missingKey(key, inObjectAt: position, codingPath)
  }

  @inline(never)
  private func failure(
    _ mismatch: Mismatch, _ position: DecodingState.Position, _ key: Key
  ) -> any Error {
    state.error(mismatch, at: position, codingPath + [key])
  }

  @inline(__always)
  private func read<Value>(
    _ key: Key, _ body: (Cell) throws(Mismatch) -> Value
  ) throws -> Value {
    guard let position = find(key) else { throw missing(key) }
    do throws(Mismatch) {
      return try body(state.content.cell(at: Int(position)))
    } catch {
      throw failure(error, position, key)
    }
  }

  @inline(__always)
  private func readIfPresent<Value>(
    _ key: Key, _ body: (Cell) throws(Mismatch) -> Value
  ) throws -> Value? {
    guard let position = find(key), case let cell = state.content.cell(at: Int(position)),
      !state.isNil(cell)
    else { return nil }
    do throws(Mismatch) {
      return try body(cell)
    } catch {
      throw failure(error, position, key)
    }
  }

  // MARK: - Values

  func contains(_ key: Key) -> Bool { find(key) != nil }

  func decodeNil(forKey key: Key) throws -> Bool {
    guard let value = find(key) else { throw missing(key) }
    return state.isNil(state.cell(at: value))
  }

  func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
    guard let value = find(key) else { throw missing(key) }
    return try state.decode(type, at: value, key, behind: path, in: record)
  }

  func decodeIfPresent<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T? {
    guard let value = find(key), !state.isNil(state.cell(at: value)) else { return nil }
    return try state.decode(type, at: value, key, behind: path, in: record)
  }

  // MARK: - Containers

  func nestedContainer<NestedKey: CodingKey>(
    keyedBy type: NestedKey.Type, forKey key: Key
  ) throws -> KeyedDecodingContainer<NestedKey> {
    guard let value = find(key) else { throw missing(key) }
    return try state.keyedContainer(at: value, state.keep(key, behind: path))
  }

  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
    guard let value = find(key) else { throw missing(key) }
    return try state.unkeyedContainer(at: value, state.keep(key, behind: path))
  }

  func superDecoder() throws -> any Decoder { superDecoder(named: CloneCodingKey.super) }

  func superDecoder(forKey key: Key) throws -> any Decoder { superDecoder(named: key) }

  /// A decoder of a property, which is nothing if it is missing.
  private func superDecoder(named key: some CodingKey) -> any Decoder {
    let value = state.property(
      key.stringValue, of: object, index: record, prediction: prediction, path)
    return ValueDecoder(
      state: state, position: value ?? UInt32(state.addCells([.undefined])),
      path: state.keep(key, behind: path))
  }

  // MARK: - Primitives

  func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool {
    try read(key) { cell throws(Mismatch) in try state.boolean(cell) }
  }
  func decodeIfPresent(_ type: Bool.Type, forKey key: Key) throws -> Bool? {
    try readIfPresent(key) { cell throws(Mismatch) in try state.boolean(cell) }
  }

  func decode(_ type: String.Type, forKey key: Key) throws -> String {
    try read(key) { cell throws(Mismatch) in try state.string(cell) }
  }
  func decodeIfPresent(_ type: String.Type, forKey key: Key) throws -> String? {
    try readIfPresent(key) { cell throws(Mismatch) in try state.string(cell) }
  }

  func decode(_ type: Double.Type, forKey key: Key) throws -> Double {
    try read(key) { cell throws(Mismatch) in try state.double(cell) }
  }
  func decodeIfPresent(_ type: Double.Type, forKey key: Key) throws -> Double? {
    try readIfPresent(key) { cell throws(Mismatch) in try state.double(cell) }
  }

  func decode(_ type: Float.Type, forKey key: Key) throws -> Float {
    try read(key) { cell throws(Mismatch) in try state.float(cell) }
  }
  func decodeIfPresent(_ type: Float.Type, forKey key: Key) throws -> Float? {
    try readIfPresent(key) { cell throws(Mismatch) in try state.float(cell) }
  }

  func decode(_ type: Int.Type, forKey key: Key) throws -> Int {
    try read(key) { cell throws(Mismatch) in try state.integer(cell) }
  }
  func decodeIfPresent(_ type: Int.Type, forKey key: Key) throws -> Int? {
    try readIfPresent(key) { cell throws(Mismatch) in try state.integer(cell) }
  }

  func decode(_ type: Int8.Type, forKey key: Key) throws -> Int8 {
    try read(key) { cell throws(Mismatch) in try state.integer(cell) }
  }
  func decodeIfPresent(_ type: Int8.Type, forKey key: Key) throws -> Int8? {
    try readIfPresent(key) { cell throws(Mismatch) in try state.integer(cell) }
  }

  func decode(_ type: Int16.Type, forKey key: Key) throws -> Int16 {
    try read(key) { cell throws(Mismatch) in try state.integer(cell) }
  }
  func decodeIfPresent(_ type: Int16.Type, forKey key: Key) throws -> Int16? {
    try readIfPresent(key) { cell throws(Mismatch) in try state.integer(cell) }
  }

  func decode(_ type: Int32.Type, forKey key: Key) throws -> Int32 {
    try read(key) { cell throws(Mismatch) in try state.integer(cell) }
  }
  func decodeIfPresent(_ type: Int32.Type, forKey key: Key) throws -> Int32? {
    try readIfPresent(key) { cell throws(Mismatch) in try state.integer(cell) }
  }

  func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 {
    try read(key) { cell throws(Mismatch) in try state.integer(cell) }
  }
  func decodeIfPresent(_ type: Int64.Type, forKey key: Key) throws -> Int64? {
    try readIfPresent(key) { cell throws(Mismatch) in try state.integer(cell) }
  }

  func decode(_ type: UInt.Type, forKey key: Key) throws -> UInt {
    try read(key) { cell throws(Mismatch) in try state.integer(cell) }
  }
  func decodeIfPresent(_ type: UInt.Type, forKey key: Key) throws -> UInt? {
    try readIfPresent(key) { cell throws(Mismatch) in try state.integer(cell) }
  }

  func decode(_ type: UInt8.Type, forKey key: Key) throws -> UInt8 {
    try read(key) { cell throws(Mismatch) in try state.integer(cell) }
  }
  func decodeIfPresent(_ type: UInt8.Type, forKey key: Key) throws -> UInt8? {
    try readIfPresent(key) { cell throws(Mismatch) in try state.integer(cell) }
  }

  func decode(_ type: UInt16.Type, forKey key: Key) throws -> UInt16 {
    try read(key) { cell throws(Mismatch) in try state.integer(cell) }
  }
  func decodeIfPresent(_ type: UInt16.Type, forKey key: Key) throws -> UInt16? {
    try readIfPresent(key) { cell throws(Mismatch) in try state.integer(cell) }
  }

  func decode(_ type: UInt32.Type, forKey key: Key) throws -> UInt32 {
    try read(key) { cell throws(Mismatch) in try state.integer(cell) }
  }
  func decodeIfPresent(_ type: UInt32.Type, forKey key: Key) throws -> UInt32? {
    try readIfPresent(key) { cell throws(Mismatch) in try state.integer(cell) }
  }

  func decode(_ type: UInt64.Type, forKey key: Key) throws -> UInt64 {
    try read(key) { cell throws(Mismatch) in try state.integer(cell) }
  }
  func decodeIfPresent(_ type: UInt64.Type, forKey key: Key) throws -> UInt64? {
    try readIfPresent(key) { cell throws(Mismatch) in try state.integer(cell) }
  }

  func decode(_ type: Int128.Type, forKey key: Key) throws -> Int128 {
    try read(key) { cell throws(Mismatch) in try state.integer(cell) }
  }
  func decodeIfPresent(_ type: Int128.Type, forKey key: Key) throws -> Int128? {
    try readIfPresent(key) { cell throws(Mismatch) in try state.integer(cell) }
  }

  func decode(_ type: UInt128.Type, forKey key: Key) throws -> UInt128 {
    try read(key) { cell throws(Mismatch) in try state.integer(cell) }
  }
  func decodeIfPresent(_ type: UInt128.Type, forKey key: Key) throws -> UInt128? {
    try readIfPresent(key) { cell throws(Mismatch) in try state.integer(cell) }
  }
}
