import StructuredClone

/// What a keyed container reads: an object of the payload.
final class KeyedObject {
  let state: DecodingState
  fileprivate(set) var index: UInt32
  fileprivate(set) var record: Record
  fileprivate(set) var position: DecodingState.Position
  fileprivate(set) var path: PathStack.Reference
  /// Where the next key probably is.
  private var next = 0
  /// Where its keys end; nothing is before it where names are converted.
  private var end = 0
  /// The positions of keys by what the strategy makes of their names.
  fileprivate(set) var converted: [String: Int]?

  init(
    _ state: DecodingState, _ index: UInt32, _ position: DecodingState.Position,
    _ path: PathStack.Reference
  ) {
    self.state = state
    self.index = index
    self.position = position
    self.path = path
    record = state.content.record(index)
    begin()
  }

  /// Goes on with another object.
  @inline(__always)
  func open(
    _ index: UInt32, _ position: DecodingState.Position, _ path: PathStack.Reference
  ) {
    self.index = index
    self.position = position
    self.path = path
    record = state.content.record(index)
    begin()
  }

  @inline(__always)
  private func begin() {
    next = Int(record.start)
    end = next &+ 2 &* Int(record.count)
    if !state.usesDefaultKeys { convert() }
  }

  @inline(never)
  private func convert() {
    end = 0
    converted = state.convertedKeys(of: index, path)
  }

  /// The position of a property's value; `nil` if there is none.
  @inline(__always)
  func find(_ name: String) -> DecodingState.Position? {
    if next < end, state.content.isKey(at: next, name) {
      let position = next &+ 1
      next = position &+ 1
      return DecodingState.Position(truncatingIfNeeded: position)
    }
    return findOther(name)
  }

  @inline(never)
  private func findOther(_ name: String) -> DecodingState.Position? {
    if let converted { return converted[name].map { DecodingState.Position($0 + 1) } }
    guard
      let position = state.reader.position(of: name, in: record, index: index, predicted: next)
    else { return nil }
    next = position &+ 2
    return DecodingState.Position(truncatingIfNeeded: position &+ 1)
  }
}

/// The properties of an object.
struct KeyedContainer<Key: CodingKey>: KeyedDecodingContainerProtocol {
  private let object: KeyedObject

  init(_ object: KeyedObject) { self.object = object }

  private var state: DecodingState { object.state }
  private var path: PathStack.Reference { object.path }

  var codingPath: [any CodingKey] { state.codingPath(path) }

  var allKeys: [Key] {
    if let converted = object.converted {
      return converted.sorted { $0.value < $1.value }.compactMap { Key(stringValue: $0.key) }
    }
    return state.reader.entries(of: object.index).compactMap { position in
      guard let (name, index) = state.reader.keyName(at: position) else { return nil }
      return Key(stringValue: name) ?? index.flatMap { Key(intValue: $0) }
    }
  }

  // MARK: - Looking up

  /// The position of a property's value; `nil` if there is none.
  @inline(__always)
  private func find(_ key: Key) -> DecodingState.Position? { object.find(key.stringValue) }

  @inline(never)
  private func missing(_ key: Key) -> any Error {
    state.missingKey(key, inObjectAt: object.position, codingPath)
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
    return try state.decode(type, at: value, key, behind: path, in: object.index)
  }

  func decodeIfPresent<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T? {
    guard let value = find(key), !state.isNil(state.cell(at: value)) else { return nil }
    return try state.decode(type, at: value, key, behind: path, in: object.index)
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
    let value = object.find(key.stringValue)
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
