import StructuredClone

/// What one call of a decoder holds: the bytes or the graph that was read of them, and where in it the reading types are.
///
/// There are two ways. As long as values are asked for in the order in which they stand in the bytes and are of the usual forms, they
/// are taken from the bytes (``SequentialReader``). The first that is asked for otherwise ends that: the payload is read and
/// validated as a whole, and everybody goes on with its graph.
final class DecodingState {
  /// Whether values are taken from the bytes.
  @exclusivity(unchecked) private var storedIsSequential: Bool
  @inline(__always)
  private(set) var isSequential: Bool {
    get { unsafe storedIsSequential }
    set { unsafe storedIsSequential = newValue }
  }
  @exclusivity(unchecked) private var storedSequence: SequentialReader
  @inline(__always)
  var sequence: SequentialReader {
    _read { yield unsafe storedSequence }
    _modify { yield unsafe &storedSequence }
  }
  static let spareContainers = SpareObjects<
    ReusableContainers<DecodingState, SequentialObjectPlace>
  >()
  @exclusivity(unchecked) private var storedContainers = CallContainers<
    DecodingState, SequentialObjectPlace
  >()
  /// Keyed containers of the decoder's call.
  @inline(__always)
  var containers: CallContainers<DecodingState, SequentialObjectPlace> {
    _read { yield unsafe storedContainers }
    _modify { yield unsafe &storedContainers }
  }
  /// What is wrong with the payload, once that is known.
  private(set) var failure: DecodingError?
  /// Whether what was read from the bytes turned out to be something else.
  private(set) var isMistaken = false

  @exclusivity(unchecked) private var storedReader: GraphReader
  @inline(__always)
  private(set) var reader: GraphReader {
    _read { yield unsafe storedReader }
    _modify { yield unsafe &storedReader }
  }
  /// The arrays of the graph, which the reader keeps.
  @exclusivity(unchecked) private var storedContent: GraphContent
  @inline(__always)
  private(set) var content: GraphContent {
    _read { yield unsafe storedContent }
    _modify { yield unsafe &storedContent }
  }
  let options: CloneDecoder
  let usesDefaultKeys: Bool
  @exclusivity(unchecked) private var storedPath: PathStack = PathStack()
  @inline(__always)
  private(set) var path: PathStack {
    _read { yield unsafe storedPath }
    _modify { yield unsafe &storedPath }
  }
  /// Where the next key of the container at each depth probably is.
  @exclusivity(unchecked) private var storedPredictions: AddressStack<Int> = AddressStack()
  @inline(__always)
  private var predictions: AddressStack<Int> {
    _read { yield unsafe storedPredictions }
    _modify { yield unsafe &storedPredictions }
  }
  /// What the strategy makes of keys, if it makes anything.
  var convertedKeys = ConvertedKeys()
  /// For each record how many of its values are being read, where references can lead back to it.
  @exclusivity(unchecked) private var storedOpenRecords: [UInt32: Int] = [:]
  @inline(__always)
  private var openRecords: [UInt32: Int] {
    _read { yield unsafe storedOpenRecords }
    _modify { yield unsafe &storedOpenRecords }
  }
  /// How many more values may be read where references can multiply them.
  private var allowance: Int
  /// How many types are being read that read their value as another type.
  @exclusivity(unchecked) private var storedSameDepth: Int = 0
  @inline(__always)
  private var sameDepth: Int {
    _read { yield unsafe storedSameDepth }
    _modify { yield unsafe &storedSameDepth }
  }
  /// Objects that were made of records, where identity counts.
  private var instances: [InstanceKey: AnyObject] = [:]

  /// Where values of the graph are in the bytes, once there was an error.
  private(set) lazy var offsets = CellOffsets(
    reader, root: cell(at: DecodingState.root), in: bytes)

  private struct InstanceKey: Hashable {
    let record: UInt32
    let type: ObjectIdentifier
  }

  /// The position of a value in the graph's cells, or of one that has none there.
  typealias Position = UInt32

  /// The position of the root.
  static let root = Position.max
  private var rootCell: Cell
  /// Cells of values that are none of the graph's: elements of typed arrays, holes.
  private var otherCells: [Cell] = []

  /// The bytes that were read, if there were any.
  let bytes: [UInt8]

  /// Makes the state of reading a value.
  ///
  /// - Parameters:
  ///   - sequence: what reads the bytes as they come, if anything does; the value is not looked at before it ends.
  ///   - bytes: those that the value was or is read from, if any.
  init(
    _ value: CloneValue, _ sequence: consuming SequentialReader? = nil, of bytes: [UInt8] = [],
    options: CloneDecoder
  ) {
    let (reader, root) = GraphReader.reader(of: value)
    unsafe storedReader = reader
    unsafe storedContent = reader.content
    rootCell = root
    self.bytes = bytes
    self.options = options
    allowance = options.expansionAllowance(byteCount: bytes.count)
    usesDefaultKeys = options.usesDefaultKeys
    if let sequence {
      unsafe storedIsSequential = true
      unsafe storedSequence = sequence
    } else {
      unsafe storedIsSequential = false
      unsafe storedSequence = SequentialReader()
    }
  }

  /// Reads the graph; of a payload that is none there is an object without properties, and no value.
  func leaveSequence() {
    isSequential = false
    sequence.release()
    allowance -= sequence.receiverCount
    do {
      (reader, rootCell) = GraphReader.reader(of: try options.content(of: bytes))
    } catch {
      failure = error
      (reader, _) = GraphReader.reader(of: .object(CloneObject()))
    }
    content = reader.content
  }

  /// Notes that what was read from the sequence is not what the payload holds, or cannot be found in it: all is read again, if
  /// it is not too late. Until then there is no value.
  func noteMistake() {
    isMistaken = true
    rootCell = .undefined
    failure = .dataCorrupted(
      DecodingError.Context(
        codingPath: [],
        debugDescription: "what was read before is not to be found again in the payload"))
  }

  // MARK: - Cells

  /// The cell at a position.
  @inline(__always)
  func cell(at position: Position) -> Cell {
    Int(position) < content.cellCount ? content.cell(at: Int(position)) : otherCell(at: position)
  }

  @inline(never)
  private func otherCell(at position: Position) -> Cell {
    if position == DecodingState.root {
      enterGraph()
      return rootCell
    }
    if let offset = DecodingState.offset(inSequence: position) {
      return cell(at: graphPosition(ofValueAt: offset))
    }
    return otherCells[Int(position) - content.cellCount]
  }

  /// Adds cells that are none of the graph's; answers the position of the first.
  func addCells(_ cells: [Cell]) -> Int {
    otherCells += cells
    return content.cellCount + otherCells.count - cells.count
  }

  // MARK: - Path

  func codingPath(_ path: PathStack.Reference) -> [any CodingKey] { self.path.keys(of: path) }

  func keep(_ key: some CodingKey, behind path: PathStack.Reference) -> PathStack.Reference {
    self.path.keep(key, behind: path)
  }

  func push(_ key: some CodingKey, behind path: PathStack.Reference) -> PathStack.Reference {
    self.path.push(key, behind: path)
  }

  func pop() { path.pop() }
  var depth: Int { path.count }

  /// A place for a prediction.
  func makePrediction(_ position: Int) -> Int {
    let depth = path.count
    makePrediction(position, at: depth)
    return depth
  }

  /// A place for a prediction of a container that was made at a depth.
  @inline(__always)
  func makePrediction(_ position: Int, at depth: Int) {
    while predictions.count <= depth { predictions.push(0) }
    predictions[depth] = position
  }

  @inline(__always)
  func prediction(at place: Int) -> Int { predictions[place] }

  @inline(__always)
  func setPrediction(_ position: Int, at place: Int) { predictions[place] = position }

  // MARK: - Values

  /// Reads a value of any type behind a key.
  ///
  /// - Parameter record: whose value it is.
  func decode<T: Decodable>(
    _ type: T.Type, at position: Position, _ key: some CodingKey,
    behind path: PathStack.Reference, in record: UInt32
  ) throws -> T {
    let kind = CodedType.kind(of: type)
    let cell = self.cell(at: position)
    if kind.isLeaf {
      // No path is needed unless something is wrong.
      do throws(Mismatch) {
        return try leaf(type, kind, cell)
      } catch {
        if !error.isOther { throw self.error(error, at: position, codingPath(path) + [key]) }
      }
    }
    guard kind == .optional || self.path.count < options.maximumDepth else {
      throw tooDeep(at: position, codingPath(path) + [key])
    }
    let inner = self.path.push(key, behind: path)
    defer { self.path.pop() }
    guard reader.mayShare, cell.isReceiver else { return try read(type, kind, position, inner) }
    try beginShared(cell, at: position, inner, in: record)
    defer { endShared(in: record) }
    return try read(type, kind, position, inner)
  }

  /// Counts a value where references may lead to it again, and from within it.
  func beginShared(
    _ cell: Cell, at position: Position, _ path: PathStack.Reference, in record: UInt32
  ) throws {
    allowance -= 1
    guard allowance >= 0 else {
      throw error(
        .limit("expansion", options.expansionAllowance(byteCount: bytes.count)),
        at: position, codingPath(path))
    }
    beginShared(in: record)
    guard openRecords[cell.payload, default: 0] == 0 else {
      openRecords[record, default: 1] -= 1
      throw error(
        .corrupted(
          "the object contains itself: init(from:) cannot refer to an object that is not complete; decode CloneValue here"
        ), at: position, codingPath(path))
    }
  }

  /// Notes that such a value of a record is read.
  func beginShared(in record: UInt32) { openRecords[record, default: 0] += 1 }

  /// Notes that such a value of a record was read.
  func endShared(in record: UInt32) { openRecords[record, default: 1] -= 1 }

  func tooDeep(at position: Position, _ path: [any CodingKey]) -> DecodingError {
    error(.limit("maximumDepth", options.maximumDepth), at: position, path)
  }

  /// Reads a value that is no leaf.
  func read<T: Decodable>(
    _ type: T.Type, _ kind: TypeKind, _ position: Position, _ path: PathStack.Reference
  ) throws -> T {
    switch kind {
    case .array:
      if let array = CodedType.of(type).decodableArray {
        return try array.decode(type, at: position, path, self)
      }
    case .dictionary, .date, .data:
      return try readByStrategy(
        type, kind, ValueDecoder(state: self, position: position, path: path))
    case .instance where options.identityDecodingStrategy == .references:
      return try readInstance(type, ValueDecoder(state: self, position: position, path: path))
    default: break
    }
    return try T(from: ValueDecoder(state: self, position: position, path: path))
  }

  // Functions of their own: what they need to know of types is looked up each time they are called.

  @inline(never)
  private func readByStrategy<T: Decodable>(
    _ type: T.Type, _ kind: TypeKind, _ decoder: ValueDecoder
  ) throws -> T {
    switch kind {
    case .dictionary:
      // The kind says that it is one.
      if let dictionary = type as? any DecodableDictionary.Type,
        let value = try dictionary.decode(from: decoder) as? T
      {
        return value
      }
    case .date:
      if case .custom(let decode) = options.dateDecodingStrategy {
        return unsafe unsafeBitCast(try decode(decoder), to: T.self)
      }
    case .data:
      if case .custom(let decode) = options.dataDecodingStrategy {
        return unsafe unsafeBitCast(try decode(decoder), to: T.self)
      }
    default: break
    }
    return try T(from: decoder)
  }

  @inline(never)
  private func readInstance<T: Decodable>(_ type: T.Type, _ decoder: ValueDecoder) throws -> T {
    let cell = self.cell(at: decoder.position)
    guard cell.isReceiver else { return try T(from: decoder) }
    let key = InstanceKey(record: cell.payload, type: ObjectIdentifier(type))
    if let known = instances[key] as? T { return known }
    let value = try T(from: decoder)
    instances[key] = value as AnyObject
    return value
  }

  /// Reads the value of a single-value container as another type, or the root: not deeper in the payload, but on the stack.
  func decodeSame<T: Decodable>(
    _ type: T.Type, at position: Position, _ path: PathStack.Reference
  ) throws -> T {
    let kind = CodedType.kind(of: type)
    if kind.isLeaf {
      if isNextInSequence(position) {
        do throws(Mismatch) { return try sequence.leaf(type, kind) } catch {}
      }
      do throws(Mismatch) {
        return try leaf(type, kind, cell(at: position))
      } catch {
        if !error.isOther { throw self.error(error, at: position, codingPath(path)) }
      }
    }
    guard max(sameDepth, self.path.count) <= options.maximumDepth else {
      throw tooDeep(at: position, codingPath(path))
    }
    sameDepth += 1
    defer { sameDepth -= 1 }
    return try read(type, kind, position, path)
  }

  /// Reads a value that needs no decoder.
  ///
  /// - Throws: ``Mismatch/other`` if it needs one.
  private func leaf<T>(_ type: T.Type, _ kind: TypeKind, _ cell: Cell) throws(Mismatch) -> T {
    // The kind says what type it is.
    switch kind {
    case .ordinary, .instance, .optional, .array, .dictionary, .set: throw .other
    case .bool: return unsafe unsafeBitCast(try boolean(cell), to: T.self)
    case .string: return unsafe unsafeBitCast(try string(cell), to: T.self)
    case .double: return unsafe unsafeBitCast(try double(cell), to: T.self)
    case .float: return unsafe unsafeBitCast(try float(cell), to: T.self)
    case .int: return unsafe unsafeBitCast(try integer(cell) as Int, to: T.self)
    case .int8: return unsafe unsafeBitCast(try integer(cell) as Int8, to: T.self)
    case .int16: return unsafe unsafeBitCast(try integer(cell) as Int16, to: T.self)
    case .int32: return unsafe unsafeBitCast(try integer(cell) as Int32, to: T.self)
    case .int64: return unsafe unsafeBitCast(try integer(cell) as Int64, to: T.self)
    case .int128: return unsafe unsafeBitCast(try integer(cell) as Int128, to: T.self)
    case .uint: return unsafe unsafeBitCast(try integer(cell) as UInt, to: T.self)
    case .uint8: return unsafe unsafeBitCast(try integer(cell) as UInt8, to: T.self)
    case .uint16: return unsafe unsafeBitCast(try integer(cell) as UInt16, to: T.self)
    case .uint32: return unsafe unsafeBitCast(try integer(cell) as UInt32, to: T.self)
    case .uint64: return unsafe unsafeBitCast(try integer(cell) as UInt64, to: T.self)
    case .uint128: return unsafe unsafeBitCast(try integer(cell) as UInt128, to: T.self)
    case .date: return unsafe unsafeBitCast(try date(cell), to: T.self)
    case .data: return unsafe unsafeBitCast(try data(cell), to: T.self)
    case .url: return unsafe unsafeBitCast(try url(cell), to: T.self)
    case .decimal: return unsafe unsafeBitCast(try decimal(cell), to: T.self)
    case .cloneValue: return try passed(type, cell)
    case .integers: return unsafe unsafeBitCast(try integers(cell), to: T.self)
    case .doubles: return unsafe unsafeBitCast(try doubles(cell), to: T.self)
    case .strings: return unsafe unsafeBitCast(try strings(cell), to: T.self)
    }
  }

  private func integers(_ cell: Cell) throws(Mismatch) -> [Int] {
    try elements(cell) { cell, elements in
      guard let integer = try? integer(cell) as Int else { return false }
      elements.append(integer)
      return true
    }
  }

  private func doubles(_ cell: Cell) throws(Mismatch) -> [Double] {
    try elements(cell) { cell, elements in
      guard let number = try? double(cell) else { return false }
      elements.append(number)
      return true
    }
  }

  private func strings(_ cell: Cell) throws(Mismatch) -> [String] {
    try elements(cell) { cell, elements in
      if let (text, count) = content.shortText(of: cell) {
        elements.append(String(text, count: count))
        return true
      }
      guard let text = try? string(cell) else { return false }
      elements.append(text)
      return true
    }
  }

  @inline(never)
  private func passed<T>(_ type: T.Type, _ cell: Cell) throws(Mismatch) -> T {
    guard let passed = type as? any PassedValue.Type,
      let value = passed.init(passed: reader.value(of: cell)) as? T
    else { throw .type(type) }
    return value
  }

  /// The elements of a plain array.
  ///
  /// - Parameter append: appends the element of a cell, if it is one.
  /// - Throws: ``Mismatch/other`` for anything else and if one is no such element, which the general way tells.
  @inline(__always)
  private func elements<Element>(
    _ cell: Cell, _ append: (Cell, inout OutputSpan<Element>) -> Bool
  ) throws(Mismatch) -> [Element] {
    guard cell.isReceiver else { throw .other }
    let record = content.record(cell.payload)
    guard record.kind == .array, !record.flags.contains(.pairs) else { throw .other }
    let count = Int(record.count)
    var position = Int(record.start) + 1
    let elements = [Element](room: count) { span in
      while !span.isFull, append(content.cell(at: position), &span) { position &+= 1 }
    }
    guard elements.count == count else { throw .other }
    return elements
  }
}
