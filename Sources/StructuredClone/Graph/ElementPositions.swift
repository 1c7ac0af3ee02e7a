/// Index and cell position of each element of an array that is no hole, ascending, one at a time.
struct ElementPositions: Sequence, IteratorProtocol {
  private let cells: [Cell]
  private let isPairs: Bool
  private let start: Int
  private let count: Int
  private var offset = 0

  init(of array: Receiver) {
    let record = array.record
    cells = array.graph.cells
    isPairs = record.flags.contains(.pairs)
    start = Int(record.start) + 1
    count = Int(record.count)
  }

  mutating func next() -> (index: Int, position: Int)? {
    while offset < count {
      let offset = self.offset
      self.offset += 1
      if isPairs {
        let position = start + 2 * offset
        if !cells[position + 1].isHole { return (Int(cells[position].number ?? 0), position + 1) }
      } else if !cells[start + offset].isHole {
        return (offset, start + offset)
      }
    }
    return nil
  }
}

extension Receiver {
  /// The elements of an array that are no holes.
  var presentElements: ElementPositions { ElementPositions(of: self) }
}
