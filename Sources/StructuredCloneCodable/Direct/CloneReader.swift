import StructuredClone

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Reads values for types that read themselves (``CloneReadable``).
///
/// There are two ways. As long as properties come in the order in which they are asked for and values are of the usual forms,
/// values are taken from the bytes one behind the other. Whatever is otherwise (other properties, references, rare forms,
/// errors) ends that, and the payload is read as ``CloneDecoder`` reads it: validated as a whole first, then property by
/// property. So both ways and `Decodable` read the same, and there is one place for each error.
@safe public struct CloneReader: ~Copyable {
  /// Of the first way; on the second it finds nothing.
  var direct: DirectReader
  /// Of the second way.
  let state: DecodingState?
  private let options: CloneDecoder
  /// Properties of the open object that were read, on the first way.
  private var count: UInt32 = 0
  /// How many containers are open, on the first way, and how many may be.
  private var depth = 0
  private let mostOpen: Int
  /// The value that is read next and the container it is in, on the second way.
  private var open = Open()
  private var outer: [Open] = []

  private struct Open {
    /// The record of the container.
    var record: UInt32 = 0
    var container = DecodingState.root
    var containerPath = PathStack.Reference.root
    var prediction = 0
    var converted: [String: Int]?
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
  private(set) var isDerailed = false

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
    @usableFromInline init(outerCount: Int, pathCount: Int) {
      self.outerCount = outerCount
      self.pathCount = pathCount
    }
  }

  private mutating func begin(
    _ position: DecodingState.Position, _ key: CloneCodingKey, _ state: DecodingState
  ) -> Mark {
    let mark = Mark(outerCount: outer.count, pathCount: state.depth)
    open.position = position
    open.path = state.push(key, behind: open.containerPath)
    return mark
  }

  /// Begins the value of a property; ``end(_:)`` ends it.
  public mutating func begin(_ name: StaticString) throws -> Mark {
    if takeName(name) { return Mark(outerCount: 0, pathCount: 0) }
    let state = try general()
    return begin(try position(of: name, state), .name("\(name)"), state)
  }

  /// Begins the value of a property, if there is one that is not `null` or `undefined`.
  public mutating func beginIfPresent(_ name: StaticString) throws -> Mark? {
    guard let state else {
      return takeName(name) && !direct.takeNil() ? Mark(outerCount: 0, pathCount: 0) : nil
    }
    guard let position = find(name, state), !state.isNil(state.cell(at: position)) else {
      return nil
    }
    return begin(position, .name("\(name)"), state)
  }

  /// Begins an element of the open array; ``end(_:)`` ends it.
  @inlinable
  public mutating func beginElement<Value>(_ index: Int, as type: Value.Type) throws -> Mark {
    isDirect
      ? Mark(outerCount: 0, pathCount: 0) : try beginListedElement(index, as: type)
  }

  @usableFromInline
  mutating func beginListedElement(_ index: Int, as type: any Any.Type) throws -> Mark {
    let state = try general()
    guard index < open.elements.count else {
      throw state.atEnd(type, open.container, state.codingPath(open.containerPath), index)
    }
    return begin(open.elements[index], .index(index), state)
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
  public mutating func beginObject() throws -> UInt32 {
    if depth < mostOpen, direct.beginObject() {
      depth += 1
      let outerCount = count
      count = 0
      return outerCount
    }
    let state = try general()
    try checkDepth(state)
    let record = try state.object(at: open.position, open.path)
    let prediction = state.makePrediction(Int(state.reader.record(record).start))
    enter(record, state)
    open.prediction = prediction
    open.converted =
      state.usesDefaultKeys ? nil : state.convertedKeys(of: record, open.containerPath)
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
  public mutating func endObject(_ outerCount: UInt32) throws {
    if state != nil {
      open = outer.removeLast()
      return
    }
    guard direct.endObject(count: count) else {
      _ = try general()
      return
    }
    depth -= 1
    count = outerCount
  }

  /// Begins an array; answers how many elements it has.
  public mutating func beginArray() throws -> Int {
    if depth <= options.maximumDepth, let count = direct.beginArray() {
      depth += 1
      return count
    }
    let state = try general()
    try checkDepth(state)
    let elements = try state.elements(at: open.position, open.path)
    enter(elements.record, state)
    open.elements = elements.positions
    return elements.positions.count
  }

  /// Ends an array of so many elements.
  public mutating func endArray(_ count: Int) throws {
    if state != nil {
      open = outer.removeLast()
      return
    }
    guard direct.endArray(count: count) else {
      _ = try general()
      return
    }
    depth -= 1
  }

  // MARK: - Properties

  @inline(__always)
  private mutating func takeName(_ name: StaticString) -> Bool {
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
      prediction: open.prediction, converted: open.converted)
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
  @inline(never)
  private mutating func readListed<Value: Decodable>(_ name: StaticString) throws -> Value {
    let state = try general()
    return try state.decode(
      Value.self, at: position(of: name, state), CloneCodingKey.name("\(name)"),
      behind: open.containerPath, in: open.record)
  }

  /// Reads a property that may be missing on the second way.
  @inline(never)
  private mutating func readListedIfPresent<Value: Decodable>(
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

  @inline(__always)
  private mutating func read<Value: Decodable>(
    _ name: StaticString, isArray: Bool = false, _ take: (inout DirectReader) -> Value?
  ) throws -> Value {
    if !isArray || depth < mostOpen, takeName(name), let value = take(&direct) { return value }
    return try readListed(name)
  }

  @inline(__always)
  private mutating func readIfPresent<Value: Decodable>(
    _ name: StaticString, isArray: Bool = false, _ take: (inout DirectReader) -> Value?
  ) throws -> Value? {
    if isDirect, !isDerailed {
      guard takeName(name), !direct.takeNil() else { return nil }
      if !isArray || depth < mostOpen, let value = take(&direct) { return value }
    }
    return try readListedIfPresent(name)
  }

  /// Reads a property.
  @inlinable
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
  public mutating func readNil() -> Bool {
    guard let state else { return direct.takeNil() }
    return state.isNil(state.cell(at: open.position))
  }

  /// Reads a property.
  public mutating func read(_ name: StaticString) throws -> Bool {
    try read(name) { $0.takeBoolean() }
  }

  /// Reads a property; `nil` if it is missing, `null` or `undefined`.
  public mutating func readIfPresent(_ name: StaticString) throws -> Bool? {
    try readIfPresent(name) { $0.takeBoolean() }
  }

  /// Reads a property.
  public mutating func read(_ name: StaticString) throws -> Int {
    try read(name) { $0.takeInteger() }
  }

  /// Reads a property; `nil` if it is missing, `null` or `undefined`.
  public mutating func readIfPresent(_ name: StaticString) throws -> Int? {
    try readIfPresent(name) { $0.takeInteger() }
  }

  /// Reads a property.
  public mutating func read(_ name: StaticString) throws -> Double {
    try read(name) { $0.takeNumber() }
  }

  /// Reads a property; `nil` if it is missing, `null` or `undefined`.
  public mutating func readIfPresent(_ name: StaticString) throws -> Double? {
    try readIfPresent(name) { $0.takeNumber() }
  }

  /// Reads a property.
  public mutating func read(_ name: StaticString) throws -> String {
    try read(name) { $0.takeText() }
  }

  /// Reads a property; `nil` if it is missing, `null` or `undefined`.
  public mutating func readIfPresent(_ name: StaticString) throws -> String? {
    try readIfPresent(name) { $0.takeText() }
  }

  /// Reads a property.
  public mutating func read(_ name: StaticString) throws -> [Int] {
    try read(name, isArray: true) { $0.takeIntegers() }
  }

  /// Reads a property; `nil` if it is missing, `null` or `undefined`.
  public mutating func readIfPresent(_ name: StaticString) throws -> [Int]? {
    try readIfPresent(name, isArray: true) { $0.takeIntegers() }
  }

  /// Reads a property.
  public mutating func read(_ name: StaticString) throws -> [Double] {
    try read(name, isArray: true) { $0.takeNumbers() }
  }

  /// Reads a property; `nil` if it is missing, `null` or `undefined`.
  public mutating func readIfPresent(_ name: StaticString) throws -> [Double]? {
    try readIfPresent(name, isArray: true) { $0.takeNumbers() }
  }

  /// Reads a property.
  public mutating func read(_ name: StaticString) throws -> [String] {
    try read(name, isArray: true) { $0.takeTexts() }
  }

  /// Reads a property; `nil` if it is missing, `null` or `undefined`.
  public mutating func readIfPresent(_ name: StaticString) throws -> [String]? {
    try readIfPresent(name, isArray: true) { $0.takeTexts() }
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
