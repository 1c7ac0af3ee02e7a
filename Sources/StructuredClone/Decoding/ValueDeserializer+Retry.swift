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
        let end = frame.base + min(frame.length, stack.count - frame.base)
        storeArray(
          elements: frame.base..<end, pairs: end..<(stack.count - hasKey), of: frame)
        storeAsPairs(frame)
      case .sparseArray:
        storeArray(
          elements: nil, pairs: frame.base..<(stack.count - hasKey), of: frame)
      case .map, .set:
        storeEntries(frame.base..<(stack.count - hasKey), of: frame)
      case .error: storeError(frame)
      case .hostPayload, .hostValue: hostObjectDepth -= 1
      case .stringObject, .regExp, .wasmMemory: break
      }
      _ = close(frame)
    }
  }

  /// Gives a half-read dense array its declared length without a cell for each missing element.
  private mutating func storeAsPairs(_ frame: Frame) {
    var record = records[Int(frame.record)]
    guard !record.flags.contains(.pairs), record.count < frame.length else { return }
    let elements = Int(record.start) + 1..<Int(record.start) + record.cellCount
    reserveCells(1 + 2 * elements.count)
    record.start = UInt32(cells.count)
    cells.append(cells[elements.lowerBound - 1])
    for (index, position) in zip(0..., elements) where !cells[position].isHole {
      cells.append(.number(Double(index)))
      cells.append(cells[position])
    }
    record.count = UInt32((cells.count - Int(record.start) - 1) / 2)
    record.flags.formUnion([.pairs, .holey])
    record.extra = UInt32(frame.length)
    records[Int(frame.record)] = record
  }

  /// Forgets everything about a value that could not be read.
  mutating func discardOpenFrames() {
    frames.removeAll()
    hostObjectDepth = 0
    stack = []
    keyTables = []
    keyTableSize = 0
    cells = []
    records = []
    slots = []
    engine?.discardOpenObjects()
    for id in firstID..<objects.count where objects[id] & 1 == 0 { objects[id] = 0 }
  }
}
