/// The positions of the key cells of an object, a map or a set in the order in which engines list them, one at a
/// time: of an object, index keys ascending, then names in insertion order.
struct EntryPositions: Sequence, IteratorProtocol {
  let reader: GraphReader
  private let start: UInt32
  private var position: UInt32
  private let end: UInt32
  /// The ordinals of the index keys of an unordered object, the next one last; its names follow. `nil` if all entries are
  /// listed as they are stored.
  private var indexKeys: [UInt32]?
  /// How many cells an entry has.
  private let stride: UInt8
  private let count: UInt32

  /// - Parameter stored: to list all in the order in which they are stored.
  init(of receiver: Receiver, stored: Bool = false) {
    let record = receiver.record
    reader = GraphReader(receiver.graph)
    stride = UInt8(record.stride)
    start = record.start
    position = start
    end = UInt32(record.cells.upperBound)
    count = record.count - record.extra
    let isStoredOrder = stored || !record.flags.contains(.unordered)
    indexKeys = isStoredOrder ? nil : receiver.sortedIndexKeys.reversed()
  }

  /// The number of entries that are not deleted, of which the first were listed.
  var underestimatedCount: Int { Int(count) }

  @inline(__always)
  mutating func next() -> Int? {
    if let ordinal = indexKeys?.popLast() {
      return Int(start) + Int(stride) * Int(ordinal)
    }
    while position < end {
      let position = Int(self.position)
      self.position &+= UInt32(stride)
      let key = reader.cell(at: position)
      if !key.isHole, indexKeys == nil || key.number == nil { return position }
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
