/// The positions of the key cells of an object, a map or a set in the order in which engines list them, one at a
/// time: of an object, index keys ascending, then names in insertion order.
struct EntryPositions: Sequence, IteratorProtocol {
  let graph: CloneGraph
  private let stride: Int
  private let end: Int
  private var position: Int
  /// The index keys of an unordered object, the next one last; its names follow.
  private var indexKeys: [UInt32] = []
  private let listsIndexKeys: Bool
  private let start: Int
  /// The number of entries that are not deleted, of which the first were listed.
  let underestimatedCount: Int

  /// - Parameter stored: to list all in the order in which they are stored.
  init(of receiver: Receiver, stored: Bool = false) {
    let record = receiver.record
    graph = receiver.graph
    stride = record.stride
    start = Int(record.start)
    position = start
    end = record.cells.upperBound
    underestimatedCount = receiver.entryCount
    listsIndexKeys = stored || !record.flags.contains(.unordered)
    if !listsIndexKeys {
      indexKeys = receiver.sortedIndexKeys
      indexKeys.reverse()
    }
  }

  mutating func next() -> Int? {
    if !indexKeys.isEmpty, let ordinal = indexKeys.popLast() {
      return start + stride * Int(ordinal)
    }
    while position < end {
      let position = self.position
      self.position += stride
      let key = graph.cells[position]
      if !key.isHole, listsIndexKeys || key.number == nil { return position }
    }
    return nil
  }
}

extension Receiver {
  /// The positions of the key cells in the order in which engines list them.
  var entryPositions: EntryPositions { EntryPositions(of: self) }

  /// The positions of the key cells in the order in which they are stored.
  var storedEntryPositions: EntryPositions { EntryPositions(of: self, stored: true) }

  /// The ordinals of an object's index keys among its entries, in the order of the keys.
  var sortedIndexKeys: [UInt32] {
    let record = self.record
    let cells = graph.cells
    let start = Int(record.start)
    func number(_ ordinal: UInt32) -> Double? { cells[start + 2 * Int(ordinal)].number }
    var count = 0
    for ordinal in 0..<record.count where number(ordinal) != nil { count += 1 }
    var ordinals: [UInt32] = []
    ordinals.reserveCapacity(count)
    for ordinal in 0..<record.count where number(ordinal) != nil { ordinals.append(ordinal) }
    ordinals.sort { number($0) ?? 0 < number($1) ?? 0 }
    return ordinals
  }
}
