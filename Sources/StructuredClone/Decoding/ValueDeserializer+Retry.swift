/// What becomes of containers that are open when a value cannot be read.
extension ValueDeserializer {
  /// Stores every open container as it stands, since the second attempt can refer to it (wire-format.md
  /// 4.3).
  mutating func closeOpenFrames() {
    while !frames.isEmpty {
      let frame = frames.top
      let hasKey = frame.hasKey ? 1 : 0
      switch frame.kind {
      case .object:
        let isEmpty = engine?.isOnFastWay ?? false
        engine?.endObject()
        storePairs(frame.base..<(isEmpty ? frame.base : stack.count - hasKey), of: frame)
      case .denseElements, .denseProperties:
        closeDenseArray(frame, pairsEnd: stack.count - hasKey)
      case .sparseArray:
        storeArray(
          elements: nil, pairs: frame.base..<(stack.count - hasKey), of: frame)
      case .map, .set:
        storeEntries(frame.base..<(stack.count - hasKey), of: frame)
      case .hostPayload, .hostValue: hostObjectDepth -= 1
      case .error, .stringObject, .regExp, .wasmMemory: break
      }
      _ = close(frame)
    }
  }

  /// Stores a half-read dense array with its declared length: with holes for what is missing, or as pairs if that
  /// is more than there is.
  private mutating func closeDenseArray(_ frame: Frame, pairsEnd: Int) {
    let end = frame.base + frame.length
    guard stack.count < end else {
      return storeArray(elements: frame.base..<end, pairs: end..<pairsEnd, of: frame)
    }
    let present = frame.base..<stack.count
    if frame.length <= 2 * present.count {
      for _ in stack.count..<end { push(.hole) }
      storeArray(elements: frame.base..<end, pairs: end..<end, of: frame)
    } else {
      records[Int(frame.record)].start = UInt32(cells.count)
      reserveCells(1 + 2 * present.count)
      cells.append(.undefined)
      storeAsPairs(present)
      let count = (cells.count - Int(records[Int(frame.record)].start) - 1) / 2
      records[Int(frame.record)].count = UInt32(count)
      records[Int(frame.record)].flags.insert(.pairs)
      records[Int(frame.record)].extra = UInt32(frame.length)
    }
    records[Int(frame.record)].flags.insert(.holey)
  }

  /// Makes room for as much as the first attempt needed, as long as nothing else is held: arrays that grow later
  /// would hold that twice beside everything.
  mutating func reserveForSecondAttempt(stack height: Int) {
    stack = []
    let count = records.count
    records.reserveCapacity(2 * count)
    objects.reserveCapacity(objects.count + count)
    cells.reserveCapacity(2 * cells.count)
    stack.reserveCapacity(height)
  }

  /// Forgets the graph in the making.
  mutating func forgetGraph() {
    cells = []
    records = []
    slots = []
    trueCell = nil
    falseCell = nil
  }

  /// Forgets everything about a value that could not be read.
  mutating func discardOpenFrames() {
    frames.removeAll()
    hostObjectDepth = 0
    stack = []
    keyTables = []
    keyTableSize = 0
    forgetGraph()
    engine?.discardOpenObjects()
    for id in firstID..<objects.count where objects[id] & 1 == 0 { objects[id] = 0 }
  }
}
