/// Entries of objects, maps and sets: a key cell, and a value cell except in sets.
extension Receiver {
  /// The number of entries that are not deleted.
  var entryCount: Int { Int(record.count - record.extra) }

  /// The position of a key's cell in the graph's cells.
  func findEntry(_ key: LookupKey) -> Int? {
    graph.findEntry(key, of: index)
  }

  /// The value of an entry, `undefined` if there is none. Setting adds the entry, with the key cell that is
  /// made then, or changes its value in place; changing nothing through an absent entry adds none.
  subscript(entry key: LookupKey, makeKey: (CloneGraph) -> Cell) -> CloneValue {
    get {
      guard let position = findEntry(key) else { return .undefined }
      return graph.value(of: graph.cells[position + 1])
    }
    set {
      makeEditable()
      if let position = graph.findEntry(key, of: 0) {
        graph.cells[position + 1] = graph.replaceCell(graph.cells[position + 1], with: newValue)
      } else {
        graph.appendEntry(key, keyCell: makeKey(graph), valueCell: graph.makeCell(newValue))
      }
    }
    _modify {
      makeEditable()
      let position = findEntry(key)
      var value = position.map { graph.takeValue(at: $0 + 1) } ?? .undefined
      defer {
        if let position {
          graph.putBack(value, at: position + 1)
        } else if !value.isUndefined {
          graph.appendEntry(key, keyCell: makeKey(graph), valueCell: graph.makeCell(value))
        }
      }
      yield &value
    }
  }

  /// Removes an entry with a value and answers the value, or `nil` if there was none.
  mutating func removeEntry(_ key: LookupKey) -> CloneValue? {
    guard findEntry(key) != nil else { return nil }
    makeEditable()
    guard let position = findEntry(key) else { return nil }
    let value = graph.value(of: graph.cells[position + 1])
    graph.removeEntry(at: position)
    return value
  }
}

extension CloneGraph {
  func findEntry(_ key: LookupKey, of index: UInt32) -> Int? {
    let record = records[Int(index)]
    if record.count >= KeyIndex.threshold {
      guard let ordinal = ordinal(of: key, in: index) else { return nil }
      return Int(record.start) + Int(ordinal) * record.stride
    }
    var position = Int(record.start)
    for _ in 0..<record.count {
      if LookupKey(cells[position], in: self) == key, !cells[position].isHole { return position }
      position += record.stride
    }
    return nil
  }

  // MARK: - Changing the entries of an editable graph's only record

  /// Adds an entry whose key is known to be new. A set has no value cell.
  func appendEntry(_ key: LookupKey, keyCell: Cell, valueCell: Cell?) {
    var record = records[0]
    if record.kind == .object, let number = keyCell.number, record.count > 0 {
      // Index keys come first and ascend; anything else is put in order when it is listed.
      let last = cells[Int(record.start) + 2 * Int(record.count - 1)]
      if last.number.map({ $0 > number }) ?? true { record.flags.insert(.unordered) }
    }
    cells.append(keyCell)
    if let valueCell { cells.append(valueCell) }
    record.count += 1
    records[0] = record
    noteEntry(record.count - 1, key: key, in: 0)
  }

  /// Deletes the entry whose key cell is at a position; the order of the others stays.
  func removeEntry(at position: Int) {
    let stride = records[0].stride
    for offset in 0..<stride { releaseCell(cells[position + offset]) }
    if position + stride == cells.count {
      cells.removeLast(stride)
      records[0].count -= 1
    } else {
      for offset in 0..<stride { cells[position + offset] = .hole }
      records[0].extra += 1
    }
    if records[0].extra > 8, records[0].extra > records[0].count / 2 { compactEntries() }
  }

  private func compactEntries() {
    let stride = records[0].stride
    var kept: [Cell] = []
    kept.reserveCapacity(cells.count)
    var position = 0
    while position < cells.count {
      if !cells[position].isHole { kept.append(contentsOf: cells[position..<(position + stride)]) }
      position += stride
    }
    cells = kept
    records[0].count = UInt32(kept.count / stride)
    records[0].extra = 0
    dropIndex(of: 0)
  }

  func removeAllEntries() {
    cells = []
    resetSlots()
    records[0].count = 0
    records[0].extra = 0
    records[0].flags.remove(.unordered)
    dropIndex(of: 0)
  }
}
