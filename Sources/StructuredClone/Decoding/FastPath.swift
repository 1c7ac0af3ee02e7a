/// The reader's loop over what most payloads are made of: objects with short names, dense arrays, maps, sets, numbers,
/// strings, dates, big integers, plain regular expressions, errors and references.
///
/// It works on the reader's own state and can stop before any item. Whatever is rare, wrong or limited is left to the
/// general way, which reads the same item from its beginning: so there is one place for each error.
///
/// Pointers instead of arrays are what makes objects several times as fast (Documentation/Performance.md). They are
/// sound because the cursor compares every read with the end of the input, because every write is preceded by a
/// question for room, and because the offsets and indices in cells and records were checked when those were made.
struct FastPath {
  typealias Frame = ValueDeserializer.Frame

  /// Why the loop stopped.
  enum Exit {
    /// The next item is not for this loop.
    case general
    /// An array is full, or has no room for so many cells.
    case room(cells: Int)
    /// A value is complete whose container is not for this loop, or which has none.
    case value(Cell)
  }

  /// What the reader's limits say, and where its value begins.
  struct Rules {
    let depth: Int
    let nodes: Int
    let arrayLength: Int
    let sparseArrayLength: Int
    let stringLength: Int
    let bigIntSize: Int
    let hasMemoryLimit: Bool
    let regExpLength: Int
    /// Flags of regular expressions that are read here.
    let regExpFlags: UInt32
    /// Whether sections of errors come in any order, and an error has an id from its beginning.
    let readsErrors: Bool
    /// The first id that belongs to the value that is read.
    let firstID: Int
  }

  /// How many objects can be models; a power of two. Short inputs hold too few objects for one to be a model of another.
  static func modelCount(forInputOf byteCount: Int) -> Int { byteCount < 1024 ? 1 : 64 }

  var cursor: WireCursor
  var stack: Room<Cell>
  var cells: Room<Cell>
  var records: Room<Record>
  var objects: Room<UInt32>
  /// Objects whose names are known to differ, as models for those that begin with the same name: records plus 1.
  var models: Room<UInt32>
  let rules: Rules
  /// The names of the innermost object that has many; no other container has a table further in.
  var keyTable: PositionTable
  /// Elements that open arrays have announced and that were not read yet.
  var owedElements: Int
  var frames = FrameStack()
  var sawReference = false
  var sawCauseBeforeStack = false
  var sawStackBeforeCause = false

  // MARK: - The loop

  enum Step {
    /// The container awaits a value.
    case item
    /// Something was read that is no value.
    case next
    case value(Cell)
    case exit(Exit)
  }

  /// Reads until something comes that is not for this loop.
  mutating func run() -> Exit {
    while true {
      guard stack.has(2) else { return .room(cells: 1) }
      var step = beginItem()
      if case .item = step { step = readValue() }
      switch step {
      case .item, .next: continue
      case .exit(let exit): return exit
      case .value(let value): if let exit = deliver(value) { return exit }
      }
    }
  }

  /// Whether contents of such a container are for this loop.
  static func reads(_ kind: Frame.Kind) -> Bool {
    switch kind {
    case .object, .denseElements, .denseProperties, .sparseArray, .map, .set, .error: true
    case .claimedElements, .stringObject, .regExp, .wasmMemory, .hostPayload, .hostValue: false
    }
  }

  /// Reads what the innermost container expects other than one value.
  @inline(__always)
  mutating func beginItem() -> Step {
    switch frames.top.kind {
    case .object:
      if !frames.top.hasKey {
        readProperties()
        guard !cursor.isAtEnd else { return .exit(.general) }
        if !frames.top.hasKey {
          return cursor.byte(at: cursor.position) == WireTag.endObject ? closeObject() : endItem()
        }
      }
      return frames.top.isKeyChecked ? .item : .exit(.general)
    case .denseElements:
      readElements()
      guard !cursor.isAtEnd else { return .exit(.general) }
      guard frames.top.count == frames.top.length else { return .item }
      frames.top.kind = .denseProperties
      frames.top.count = 0
      return cursor.byte(at: cursor.position) == WireTag.endDenseArray ? closeArray() : .next
    case .denseProperties:
      guard !frames.top.hasKey, !cursor.isAtEnd else { return .exit(.general) }
      return cursor.byte(at: cursor.position) == WireTag.endDenseArray ? closeArray() : endItem()
    case .map:
      guard !cursor.isAtEnd else { return .exit(.general) }
      guard !frames.top.hasKey, cursor.byte(at: cursor.position) == WireTag.endMap else {
        return .item
      }
      return closeEntries(stride: 2)
    case .set:
      guard !cursor.isAtEnd else { return .exit(.general) }
      guard cursor.byte(at: cursor.position) == WireTag.endSet else { return .item }
      return closeEntries(stride: 1)
    case .error:
      guard rules.readsErrors else { return .exit(.general) }
      return frames.top.section == nil ? readErrorSections() : .exit(.general)
    case .sparseArray:
      if !frames.top.hasKey { readIndexedElements() }
      return frames.top.isKeyChecked ? .item : .exit(.general)
    case .claimedElements, .stringObject, .regExp, .wasmMemory, .hostPayload,
      .hostValue:
      return .exit(.general)
    }
  }

  /// Passes over padding; anything else is for the general way.
  @inline(__always)
  mutating func endItem() -> Step {
    guard cursor.byte(at: cursor.position) == WireTag.padding else { return .exit(.general) }
    cursor.position += 1
    return .next
  }

  /// Gives a complete value to the innermost container.
  @inline(__always)
  mutating func deliver(_ value: Cell) -> Exit? {
    guard !frames.isEmpty else { return .value(value) }
    switch frames.top.kind {
    case .object where frames.top.isKeyChecked, .sparseArray where frames.top.isKeyChecked:
      frames.top.hasKey = false
      frames.top.count += 1
      stack.push(value)
    case .denseElements:
      let start = Int(records[Int(frames.top.record)].start)
      cells.set(start + 1 + Int(frames.top.count), value)
      frames.top.count += 1
      owedElements -= 1
    case .map:
      frames.top.count &+= 1
      let isKey = !frames.top.hasKey
      frames.top.hasKey = isKey
      stack.push(isKey ? ValueDeserializer.entryKey(value) : value)
    case .set:
      frames.top.count &+= 1
      stack.push(ValueDeserializer.entryKey(value))
    case .error where rules.readsErrors && frames.top.section == .cause: deliverCause(value)
    default: return .value(value)
    }
    return nil
  }
}
