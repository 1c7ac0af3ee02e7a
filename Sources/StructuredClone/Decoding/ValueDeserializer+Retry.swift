/// What becomes of containers that are open when a value cannot be read.
extension ValueDeserializer {
  /// Stores every open container as it stands, since the second attempt can refer to it (wire-format.md
  /// 4.3).
  mutating func closeOpenFrames() {
    while let frame = frames.last {
      let hasKey = frame.hasKey ? 1 : 0
      switch frame.kind {
      case .object:
        let isEmpty = engine?.isOnFastWay ?? false
        engine?.endObject()
        storePairs(isEmpty ? [] : stack[frame.base..<(stack.count - hasKey)], of: frame)
      case .denseElements, .denseProperties:
        let end = frame.base + min(Int(frame.length), stack.count - frame.base)
        storeArray(
          elements: stack[frame.base..<end], pairs: stack[end..<(stack.count - hasKey)], of: frame)
        storeAsPairs(frame)
      case .sparseArray:
        storeArray(
          elements: nil, pairs: stack[frame.base..<(stack.count - hasKey)], of: frame)
      case .map, .set:
        storeEntries(stack[frame.base..<(stack.count - hasKey)], of: frame)
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
    // A copy: a slice would make the appending below copy all cells.
    let elements = Array(cells[(Int(record.start) + 1)..<(Int(record.start) + record.cellCount)])
    let properties = cells[Int(record.start)]
    record.start = UInt32(cells.count)
    cells.append(properties)
    for (index, cell) in zip(0..., elements) where !cell.isHole {
      cells.append(contentsOf: [.number(Double(index)), cell])
    }
    record.count = UInt32((cells.count - Int(record.start) - 1) / 2)
    record.flags.formUnion([.pairs, .holey])
    record.extra = frame.length
    records[Int(frame.record)] = record
  }

  /// Forgets everything about a value that could not be read.
  mutating func discardOpenFrames() {
    frames = []
    hostObjectDepth = 0
    stack = []
    keyTables = []
    keyTableEntries = 0
    cells = []
    records = []
    slots = []
    engine?.discardOpenObjects()
    for id in firstID..<objects.count where objects[id] & 1 == 0 { objects[id] = 0 }
  }
}
