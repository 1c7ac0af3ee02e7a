/// What a new receiver consists of, until it has a graph of its own: a graph asks for more with each cell
/// (Documentation/Performance.md).
struct BuiltContent {
  private(set) var cells: [Cell] = []
  private(set) var slots: [CloneGraph.Slot] = []
  private(set) var mayShare = false

  /// - Parameter number: about how many cells are going to be appended.
  init(reserving number: Int) {
    // What a sequence promises is not believed beyond a point.
    cells.reserveCapacity(max(0, min(number, 1 << 20)))
  }

  /// Begins an array of about so many elements.
  init(elements number: Int) {
    self.init(reserving: 1 + min(number, 1 << 20))
    // No named properties.
    cells.append(.undefined)
  }

  mutating func append(_ cell: Cell) { cells.append(cell) }

  mutating func append(_ string: CloneString) { append(slot: .string(string)) }

  mutating func append(_ value: CloneValue) {
    switch value {
    case .undefined: cells.append(.undefined)
    case .null: cells.append(.null)
    case .boolean(let value): cells.append(.boolean(value))
    case .number(let value): cells.append(.number(value))
    case .string(let string): append(slot: .string(string))
    case .bigint(let integer): append(slot: .bigint(integer))
    case .object(let object): append(object.receiver)
    case .array(let array): append(array.receiver)
    default: if let receiver = value.receiver { append(receiver) }
    }
  }

  private mutating func append(_ receiver: Receiver) {
    if receiver.graph.mayShare || receiver.graph.noteMention() { mayShare = true }
    append(slot: .receiver(receiver))
  }

  private mutating func append(slot: CloneGraph.Slot) {
    // Of a small receiver, one for each cell that there is still room for.
    if slots.isEmpty { slots.reserveCapacity(min(8, max(1, cells.capacity - cells.count))) }
    cells.append(.slot(UInt32(slots.count)))
    slots.append(slot)
  }

  /// Whether one of the names that were appended, at every other place, is this one.
  func hasName(_ name: CloneString) -> Bool {
    var position = 0
    while position < cells.count {
      if case .string(let other) = slots[Int(cells[position].payload)], other == name {
        return true
      }
      position += 2
    }
    return false
  }
}

extension Receiver {
  /// Makes a new receiver in an editable graph of its own.
  init(_ kind: Record.Kind, flags: Record.Flags = [], count: Int, _ content: BuiltContent) {
    let record = Record(kind: kind, flags: flags, start: 0, count: UInt32(count))
    graph = CloneGraph(
      cells: content.cells, records: RecordList(record), slots: content.slots, isEditable: true,
      mayShare: content.mayShare)
    index = 0
  }
}
