import StructuredClone

/// Reading values as their bytes come, and going on with the graph.
extension DecodingState {
  /// What tells the position of a value in the bytes from that of a cell.
  private static var sequenceMark: Position { 1 << 31 }

  /// The position of a value in the bytes.
  @inline(__always)
  static func position(inSequence offset: UInt32) -> Position { offset | sequenceMark }

  /// Where a value begins in the bytes; `nil` if it is a cell of the graph.
  @inline(__always)
  static func offset(inSequence position: Position) -> UInt32? {
    position & sequenceMark != 0 && position != root ? position ^ sequenceMark : nil
  }

  /// Whether a value is the next one of the sequence.
  @inline(__always)
  func isNextInSequence(_ position: Position) -> Bool {
    isSequential && position == DecodingState.position(inSequence: sequence.position)
  }

  /// Whether the next one of the sequence is an array in the dense form, at a position.
  func isArrayInSequence(_ position: Position) -> Bool {
    guard isSequential, let start = DecodingState.offset(inSequence: position) else { return false }
    return sequence.isArray(at: start)
  }

  // MARK: - Values

  /// Whether the next value may be read by a decoder.
  @inline(__always)
  func mayRead(_ kind: TypeKind) -> Bool {
    if kind == .optional { return sequence.isPlain || sequence.isNil }
    // Dictionaries are read from the graph.
    return sequence.isPlain && kind != .dictionary && depth < options.maximumDepth
  }

  /// Reads the next value behind a key: one that has a decoder.
  ///
  /// - Parameter level: that of the container it is in.
  func decodeNext<T: Decodable>(
    _ type: T.Type, _ kind: TypeKind, _ key: some CodingKey, behind path: PathStack.Reference,
    in level: Int
  ) throws -> T {
    let inner = push(key, behind: path)
    let start = sequence.beginValue()
    defer { endValue(start, in: level) }
    do {
      let value = try read(type, kind, DecodingState.position(inSequence: start), inner)
      if isSequential, sequence.position != start, sequence.close(to: level + 1) { return value }
      enterGraph()
      if let failure { throw failure }
      return value
    } catch {
      // Nobody knows how far it came.
      enterGraph()
      throw failure ?? error
    }
  }

  @inline(__always)
  private func endValue(_ start: UInt32, in level: Int) {
    pop()
    if sequence.endValue(start, in: level) { endShared(in: sequence[level].record) }
  }

  /// Begins the next value if it is an object, or goes on with one for a type that asks for it again; answers its level.
  @inline(__always)
  func beginObject(at start: UInt32) -> Int? {
    sequence.beginObject(at: start, prediction: depth)
  }

  /// A container for the properties of an object that was begun.
  @inline(__always)
  func sequentialContainer<Key: CodingKey>(
    _ start: UInt32, _ level: Int, _ path: PathStack.Reference
  ) -> KeyedDecodingContainer<Key> {
    let keys = KnownKeys.of(Key.self)
    let place = SequentialObjectPlace(start: start, level: UInt32(truncatingIfNeeded: level))
    return containers.container(keys, level, self, place, path, DecodingState.spareContainers) {
      keys.maker(for: Key.self).sequentialContainer($0)
    }
  }

  func nextUnkeyedContainer(
    at start: UInt32, _ path: @autoclosure () -> PathStack.Reference
  ) -> (any UnkeyedDecodingContainer)? {
    guard let (level, count) = sequence.beginArray(at: start, prediction: depth) else {
      return nil
    }
    return SequentialUnkeyedContainer(self, start, level, count: count, path())
  }

  /// Reads the value of the payload.
  func decode<T: Decodable>(_ type: T.Type) throws -> T {
    containers.begin()
    defer {
      sequence.release()
      containers.end(DecodingState.spareContainers)
    }
    let root = UInt32(truncatingIfNeeded: sequence.rootOffset)
    do {
      let value = try decodeSame(type, at: DecodingState.position(inSequence: root), .root)
      if isSequential, sequence.position == root || !sequence.close(to: 0) { enterGraph() }
      if let failure { throw failure }
      return value
    } catch {
      // What is wrong with the payload is said before anything else.
      enterGraph()
      throw failure ?? error
    }
  }

  // MARK: - Graph

  /// Reads the whole payload, and goes on with its graph.
  ///
  /// Containers and decoders that types have go on where they are: what was open is found in the graph by the way to it. If
  /// the payload is none, ``failure`` says why, and there is no value.
  @inline(never)
  func enterGraph() {
    guard isSequential else { return }
    leaveSequence()
    guard failure == nil else { return }
    var cell = cell(at: DecodingState.root)
    for number in 0..<sequence.levelCount {
      let level = sequence[number]
      guard cell.isReceiver, case let record = content.record(cell.payload),
        record.kind == (level.isObject ? .object : .array)
      else { return noteMistake() }
      // Behind its elements an array may have properties that are elements, too.
      guard level.isObject || !record.flags.contains(.pairs) && record.count == level.count else {
        return noteMistake()
      }
      let position = valuePosition(of: level, record)
      sequence.update(number) {
        $0.record = cell.payload
        $0.valuePosition = position
      }
      guard let position else {
        if level.taken > 0 { noteMistake() }
        return makePrediction(Int(record.start), at: level.prediction)
      }
      makePrediction(Int(position) + 1, at: level.prediction)
      let value = self.cell(at: position)
      if level.value != 0, reader.mayShare, value.isReceiver {
        beginShared(in: cell.payload)
        sequence.update(number) { $0.isShared = true }
      }
      cell = value
    }
  }

  /// The position in the graph of what was taken last from a container that was open.
  private func valuePosition(
    of level: SequentialReader.Level, _ record: Record
  ) -> Position? {
    guard level.isObject else { return level.taken > 0 ? record.start + level.taken : nil }
    guard let name = sequence.lastName(of: level) else { return nil }
    // Names are in the order of the bytes, behind indices.
    var key = record.start + 2 * (level.taken - 1)
    while key < record.start + 2 * record.count {
      let cell = content.cell(at: Int(key))
      if cell.isString, cell.payload == name { return key + 1 }
      key += 2
    }
    return nil
  }

  /// The position in the graph of a value by where it begins in the bytes.
  @inline(never)
  func graphPosition(ofValueAt offset: UInt32) -> Position {
    enterGraph()
    if failure != nil || Int(offset) == sequence.rootOffset { return DecodingState.root }
    for number in (0..<sequence.levelCount).reversed() {
      let isValue = sequence[number].value == offset
      let isNested = sequence.isOpen(number + 1, at: offset)
      if isValue || isNested, let position = sequence[number].valuePosition { return position }
    }
    return otherPosition(ofValueAt: offset)
  }

  /// The position of a value that nobody reads any more, by where it begins in the bytes.
  private func otherPosition(ofValueAt offset: UInt32) -> Position {
    if let position = offsets.cell(at: Int(offset)) { return Position(position) }
    noteMistake()
    return DecodingState.root
  }

  /// The record of an object that is or was open; if it is not to be found that of another, and a ``failure``.
  func record(ofLevel number: Int, at offset: UInt32) -> UInt32 {
    enterGraph()
    if sequence.isOpen(number, at: offset) { return sequence[number].record }
    let cell = cell(at: graphPosition(ofValueAt: offset))
    return cell.isReceiver ? cell.payload : 0
  }
}
