public import StructuredClone

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Reads values for types that read themselves (``CloneReadable``).
///
/// There are two ways. As long as properties come in the order in which they are asked for and values are of the usual forms,
/// values are taken from the bytes one behind the other. Whatever is otherwise (other properties, references, rare forms,
/// errors) ends that, and the graph of the payload is read from the beginning, as ``CloneDecoder`` reads it: validated as a
/// whole first, then property by property. So both ways and `Decodable` read the same, and there is one place for each error.
@safe public struct CloneReader: ~Copyable {
  /// Of the first way; on the second it finds nothing.
  @usableFromInline var direct: DirectReader
  /// Of the second way.
  let state: DecodingState?
  private let options: CloneDecoder
  /// Properties of the open object that were read, on the first way.
  @usableFromInline var count: UInt32 = 0
  /// How many containers are open, on the first way, and how many may be.
  @usableFromInline var depth = 0
  @usableFromInline let mostOpen: Int
  /// The value that is read next and the container it is in, on the second way.
  private var open = Open()
  private var outer: [Open] = []

  private struct Open {
    /// The record of the container.
    var record: UInt32 = 0
    var container = DecodingState.root
    var containerPath = PathStack.Reference.root
    var prediction = 0
    /// The positions of elements.
    var elements: [DecodingState.Position] = []
    /// The value that is read next.
    var position = DecodingState.root
    var path = PathStack.Reference.root
  }

  /// Thrown when the first way ends; nobody outside sees it.
  struct Derailment: Error {}

  init(_ direct: consuming DirectReader, _ options: CloneDecoder) {
    self.direct = direct
    state = nil
    isDirect = true
    mostOpen = min(max(0, options.maximumDepth) &+ 1, options.limits.depth)
    self.options = options
  }

  init(_ state: DecodingState) {
    direct = DirectReader()
    self.state = state
    isDirect = false
    mostOpen = 0
    options = state.options
  }

  /// Whether values are taken from the bytes directly.
  @usableFromInline let isDirect: Bool

  /// Whether the first way has ended.
  @usableFromInline private(set) var isDerailed = false

  /// Goes on by the second way, or ends the first.
  @inline(never)
  private mutating func general() throws -> DecodingState {
    guard let state else {
      isDerailed = true
      direct = DirectReader()
      throw Derailment()
    }
    return state
  }

  // MARK: - Containers

  /// What there was to come back to before a value was begun.
  @frozen public struct Mark {
    @usableFromInline let outerCount: Int
    @usableFromInline let pathCount: Int
    @usableFromInline let isShared: Bool

    @usableFromInline
    init(outerCount: Int, pathCount: Int, isShared: Bool) {
      self.outerCount = outerCount
      self.pathCount = pathCount
      self.isShared = isShared
    }

    /// Of the first way, which does not come back.
    @usableFromInline
    init() { self.init(outerCount: 0, pathCount: 0, isShared: false) }
  }

  private mutating func begin(
    _ position: DecodingState.Position, _ key: CloneCodingKey, _ state: DecodingState
  ) throws -> Mark {
    let cell = state.cell(at: position)
    let mark = Mark(
      outerCount: outer.count, pathCount: state.depth,
      isShared: state.reader.mayShare && cell.isReceiver)
    open.position = position
    open.path = state.push(key, behind: open.containerPath)
    if mark.isShared {
      do {
        try state.beginShared(cell, at: position, open.path, in: open.record)
      } catch {
        state.pop()
        throw error
      }
    }
    return mark
  }

  /// Begins the value of a property; ``end(_:)`` ends it.
  @inlinable @inline(__always)
  public mutating func begin(_ name: StaticString) throws -> Mark {
    takeName(name) ? Mark() : try beginListed(name)
  }

  @inline(never) @usableFromInline
  mutating func beginListed(_ name: StaticString) throws -> Mark {
    let state = try general()
    return try begin(position(of: name, state), .name("\(name)"), state)
  }

  /// Begins the value of a property, if there is one that is not `null` or `undefined`.
  @inlinable
  public mutating func beginIfPresent(_ name: StaticString) throws -> Mark? {
    guard isDirect else { return try beginListedIfPresent(name) }
    return takeName(name) && !direct.takeNil() ? Mark() : nil
  }

  @inline(never) @usableFromInline
  mutating func beginListedIfPresent(_ name: StaticString) throws -> Mark? {
    let state = try general()
    guard let position = find(name, state), !state.isNil(state.cell(at: position)) else {
      return nil
    }
    return try begin(position, .name("\(name)"), state)
  }

  /// Begins an element of the open array; ``end(_:)`` ends it.
  @inlinable
  public mutating func beginElement<Value>(_ index: Int, as type: Value.Type) throws -> Mark {
    isDirect
      ? Mark() : try beginListedElement(index, as: type)
  }

  @usableFromInline
  mutating func beginListedElement(_ index: Int, as type: any Any.Type) throws -> Mark {
    let state = try general()
    guard index < open.elements.count else {
      throw state.atEnd(type, open.container, state.codingPath(open.containerPath), index)
    }
    return try begin(open.elements[index], .index(index), state)
  }

  /// Ends a value that was begun, also one that could not be read.
  @inlinable
  public mutating func end(_ mark: Mark) { if !isDirect { endListed(mark) } }

  @usableFromInline
  mutating func endListed(_ mark: Mark) {
    guard let state else { return }
    while state.depth > mark.pathCount { state.pop() }
    if outer.count > mark.outerCount {
      open = outer[mark.outerCount]
      outer.removeLast(outer.count - mark.outerCount)
    }
    if mark.isShared { state.endShared(in: open.record) }
  }

  /// Reads an element of the open array.
  @inlinable
  public mutating func readElement<Value: CloneReadable>(
    _ index: Int, as type: Value.Type = Value.self
  ) throws -> Value {
    let mark = try beginElement(index, as: type)
    defer { end(mark) }
    return try Value(reading: &self)
  }

  /// Whether an element of the open array is `null` or `undefined`, which is passed then.
  public mutating func readNilElement(_ index: Int) throws -> Bool {
    let mark = try beginElement(index, as: Never?.self)
    defer { end(mark) }
    return readNil()
  }

  /// Begins an object; answers what ``endObject(_:)`` needs.
  @inlinable
  public mutating func beginObject() throws -> UInt32 {
    guard depth < mostOpen, direct.beginObject() else { return try beginListedObject() }
    depth &+= 1
    let outerCount = count
    count = 0
    return outerCount
  }

  @inline(never) @usableFromInline
  mutating func beginListedObject() throws -> UInt32 {
    let state = try general()
    try checkDepth(state)
    let record = try state.object(at: open.position, open.path)
    let prediction = state.makePrediction(Int(state.reader.record(record).start))
    enter(record, state)
    open.prediction = prediction
    return 0
  }

  private func checkDepth(_ state: DecodingState) throws {
    guard state.depth <= options.maximumDepth else {
      throw state.tooDeep(at: open.position, state.codingPath(open.path))
    }
  }

  private mutating func enter(_ record: UInt32, _ state: DecodingState) {
    outer.append(open)
    open = Open(record: record, container: open.position, containerPath: open.path)
  }

  /// Ends an object.
  @inlinable
  public mutating func endObject(_ outerCount: UInt32) throws {
    guard direct.endObject(count: count) else { return try endListedContainer() }
    depth &-= 1
    count = outerCount
  }

  @inline(never) @usableFromInline
  mutating func endListedContainer() throws {
    _ = try general()
    open = outer.removeLast()
  }

  /// Begins an array; answers how many elements it has.
  @inlinable
  public mutating func beginArray() throws -> Int {
    guard depth < mostOpen, let count = direct.beginArray() else { return try beginListedArray() }
    depth &+= 1
    return count
  }

  @inline(never) @usableFromInline
  mutating func beginListedArray() throws -> Int {
    let state = try general()
    try checkDepth(state)
    let elements = try state.elements(at: open.position, open.path)
    enter(elements.record, state)
    open.elements = elements.positions
    return elements.positions.count
  }

  /// Ends an array of so many elements.
  @inlinable
  public mutating func endArray(_ count: Int) throws {
    guard direct.endArray(count: count) else { return try endListedContainer() }
    depth &-= 1
  }

  /// How many elements of so many the open array gets room for at once.
  @inlinable
  func room<Element>(for count: Int, _ element: Element.Type) -> Int {
    direct.room(for: count, of: MemoryLayout<Element>.stride, open: depth)
  }

  // MARK: - Properties

  @inlinable @inline(__always)
  mutating func takeName(_ name: StaticString) -> Bool {
    guard name.hasPointerRepresentation, name.isASCII,
      // The text of a literal lives for ever.
      unsafe direct.takeName(name.utf8Start, name.utf8CodeUnitCount)
    else { return false }
    count &+= 1
    return true
  }

  private func find(_ name: StaticString, _ state: DecodingState) -> DecodingState.Position? {
    state.property(
      "\(name)", of: state.reader.record(open.record), index: open.record,
      prediction: open.prediction, open.containerPath)
  }

  private func position(
    of name: StaticString, _ state: DecodingState
  ) throws -> DecodingState.Position {
    guard let position = find(name, state) else {
      throw state.missingKey(
        CloneCodingKey.name("\(name)"), inObjectAt: open.container,
        state.codingPath(open.containerPath))
    }
    return position
  }

  /// Reads a property on the second way.
  @inline(never) @usableFromInline
  mutating func readListed<Value: Decodable>(_ name: StaticString) throws -> Value {
    let state = try general()
    return try state.decode(
      Value.self, at: position(of: name, state), CloneCodingKey.name("\(name)"),
      behind: open.containerPath, in: open.record)
  }

  /// Reads a property that may be missing on the second way.
  @inline(never) @usableFromInline
  mutating func readListedIfPresent<Value: Decodable>(
    _ name: StaticString
  ) throws -> Value? {
    let state = try general()
    guard let position = find(name, state), !state.isNil(state.cell(at: position)) else {
      return nil
    }
    return try state.decode(
      Value.self, at: position, CloneCodingKey.name("\(name)"), behind: open.containerPath,
      in: open.record)
  }

  /// Reads the next value on the second way.
  @inline(never)
  mutating func readListed<Value: Decodable>() throws -> Value {
    try general().decodeSame(Value.self, at: open.position, open.path)
  }

  /// Reads the elements of an array.
  @inline(__always)
  mutating func readElements<Value: Decodable>(
    _ take: (inout DirectReader) -> [Value]?
  ) throws -> [Value] {
    if depth < mostOpen, let elements = take(&direct) { return elements }
    return try readListed()
  }

  /// Reads the value of a property whose name was taken.
  @inline(__always)
  private mutating func readValue<Value: Decodable>(
    of name: StaticString, _ take: (inout DirectReader) -> Value?
  ) throws -> Value {
    if let value = take(&direct) { return value }
    return try readListed(name)
  }

  @inlinable @inline(__always)
  mutating func readIfPresent<Value: Decodable>(
    _ name: StaticString, _ take: (inout DirectReader) -> Value?
  ) throws -> Value? {
    if isDirect, !isDerailed {
      guard takeName(name), !direct.takeNil() else { return nil }
      if let value = take(&direct) { return value }
    }
    return try readListedIfPresent(name)
  }

  /// Reads a property.
  @inlinable @inline(__always)
  public mutating func read<Value: CloneReadable>(
    _ name: StaticString, as type: Value.Type = Value.self
  ) throws -> Value {
    let mark = try begin(name)
    defer { end(mark) }
    return try Value(reading: &self)
  }

  /// Reads a property; `nil` if it is missing, `null` or `undefined`.
  @inlinable
  public mutating func readIfPresent<Value: CloneReadable>(
    _ name: StaticString, as type: Value.Type = Value.self
  ) throws -> Value? {
    guard let mark = try beginIfPresent(name) else { return nil }
    defer { end(mark) }
    return try Value(reading: &self)
  }

  /// Reads `null` or `undefined` if it is next.
  @inlinable
  public mutating func readNil() -> Bool { isDirect ? direct.takeNil() : isListedNil() }

  @inline(never) @usableFromInline
  func isListedNil() -> Bool { state.map { $0.isNil($0.cell(at: open.position)) } ?? false }

  /// Reads a property.
  @inlinable @inline(__always)
  public mutating func read(_ name: StaticString) throws -> Bool {
    takeName(name) ? try readValue(of: name) : try readListed(name)
  }

  @usableFromInline
  mutating func readValue(of name: StaticString) throws -> Bool {
    try readValue(of: name) { $0.takeBoolean() }
  }

  /// Reads a property; `nil` if it is missing, `null` or `undefined`.
  @inlinable
  public mutating func readIfPresent(_ name: StaticString) throws -> Bool? {
    try readIfPresent(name) { $0.takeBoolean() }
  }

  /// Reads a property.
  @inlinable @inline(__always)
  public mutating func read(_ name: StaticString) throws -> Int {
    takeName(name) ? try readValue(of: name) : try readListed(name)
  }

  @usableFromInline
  mutating func readValue(of name: StaticString) throws -> Int {
    try readValue(of: name) { $0.takeInteger() }
  }

  /// Reads a property; `nil` if it is missing, `null` or `undefined`.
  @inlinable
  public mutating func readIfPresent(_ name: StaticString) throws -> Int? {
    try readIfPresent(name) { $0.takeInteger() }
  }

  /// Reads a property.
  @inlinable @inline(__always)
  public mutating func read(_ name: StaticString) throws -> Double {
    takeName(name) ? try readValue(of: name) : try readListed(name)
  }

  @usableFromInline
  mutating func readValue(of name: StaticString) throws -> Double {
    try readValue(of: name) { $0.takeNumber() }
  }

  /// Reads a property; `nil` if it is missing, `null` or `undefined`.
  @inlinable
  public mutating func readIfPresent(_ name: StaticString) throws -> Double? {
    try readIfPresent(name) { $0.takeNumber() }
  }

  /// Reads a property.
  @inlinable @inline(__always)
  public mutating func read(_ name: StaticString) throws -> String {
    takeName(name) ? try readValue(of: name) : try readListed(name)
  }

  @usableFromInline
  mutating func readValue(of name: StaticString) throws -> String {
    try readValue(of: name) { $0.takeText() }
  }

  /// Reads a property; `nil` if it is missing, `null` or `undefined`.
  @inlinable
  public mutating func readIfPresent(_ name: StaticString) throws -> String? {
    try readIfPresent(name) { $0.takeText() }
  }
}

extension CloneReader {
  /// A date, where dates are JavaScript's.
  mutating func takeDate() -> Date? {
    guard case .date = options.dateDecodingStrategy,
      let time = direct.takeDate(), !time.isNaN
    else { return nil }
    return Date(timeIntervalSince1970: time / 1000)
  }
}
