/// What becomes of containers that are open when a value cannot be read.
extension ValueDeserializer {
  /// Stores every open container as it stands, since the second attempt can refer to it (wire-format.md
  /// 4.3).
  mutating func closeOpenFrames() {
    while !frames.isEmpty { _ = closeOpenFrame() }
    owedElements = 0
  }

  /// Stores the innermost container as it stands; a key without a value is left out.
  mutating func closeOpenFrame() -> Cell {
    let frame = frames.top
    let hasKey = frame.hasKey ? 1 : 0
    switch frame.kind {
    case .object:
      let isEmpty = engine?.isOnFastWay ?? false
      engine?.endObject()
      storePairs(frame.base..<(isEmpty ? frame.base : stack.count - hasKey), of: frame)
    case .denseElements:
      let start = Int(records[Int(frame.record)].start) + 1
      for index in Int(frame.count)..<frame.length { cells[start + index] = .hole }
      records[Int(frame.record)].flags.insert(.holey)
    case .claimedElements: closeClaimedArray(frame)
    case .denseProperties:
      storeDenseArray(pairs: frame.base..<(stack.count - hasKey), of: frame)
      records[Int(frame.record)].flags.insert(.holey)
    case .sparseArray:
      storeSparseArray(pairs: frame.base..<(stack.count - hasKey), of: frame)
    case .map, .set:
      storeEntries(frame.base..<(stack.count - hasKey), of: frame)
    case .hostPayload, .hostValue: hostObjectDepth -= 1
    case .error, .stringObject, .regExp, .wasmMemory: break
    }
    return close(frame)
  }

  /// Stores the elements of an array that announces too many of them with the length that it announces.
  private mutating func closeClaimedArray(_ frame: Frame) {
    let elements = frame.base..<stack.count
    let start = cells.count
    reserveCells(1 + 2 * elements.count)
    cells.append(.undefined)
    for (index, position) in zip(0..., elements) { storePair(index, stack[position]) }
    records[Int(frame.record)].start = UInt32(start)
    records[Int(frame.record)].count = UInt32((cells.count - start - 1) / 2)
    records[Int(frame.record)].flags.formUnion([.pairs, .holey])
    records[Int(frame.record)].extra = UInt32(frame.length)
  }

  /// Makes room for as much as the first attempt needed, as long as nothing else is held: arrays that grow later
  /// would hold that twice beside everything. The largest comes first, while the others are small.
  mutating func reserveForSecondAttempt(stack height: Int) {
    stack.removeAll()
    // The second attempt is made because it gets further, and there is room to ask for where it does not.
    func reserve<Element>(_ array: inout ReservedArray<Element>, for count: Int) {
      array.reserve(count + count / 16 + 64)
    }
    let count = records.count
    reserve(&records, for: count)
    reserve(&cells, for: cells.count)
    reserve(&objects, for: count)
    stack.reserve(height)
    forgetModels()
  }

  /// Forgets which objects are models: their names come before what is read.
  private mutating func forgetModels() {
    for place in 0..<models.count { models[place] = 0 }
  }

  /// Forgets the graph in the making.
  mutating func forgetGraph() {
    cells.removeAll(keepingCapacity: keepsRoom)
    records.removeAll(keepingCapacity: keepsRoom)
    slots = []
    forgetModels()
    owedElements = 0
    trueCell = nil
    falseCell = nil
    lastInterface = nil
  }

  /// Forgets everything about a value that could not be read.
  mutating func discardOpenFrames() {
    frames.removeAll()
    hostObjectDepth = 0
    stack.removeAll(keepingCapacity: keepsRoom)
    keyTable = .vacant
    outerKeyTables = []
    keyTableSize = 0
    forgetGraph()
    engine?.discardOpenObjects()
    for id in firstID..<objects.count where objects[id] & 1 == 0 { objects[id] = 0 }
  }
}
