/// Copies what is reachable from a receiver into one frozen graph of its own.
struct GraphCopier {
  private var cells: [Cell] = []
  private var records: [Record] = []
  private var slots: [CloneGraph.Slot] = []
  private var bytes: [UInt8] = []
  private var copies: [LookupKey: UInt32] = [:]
  private var pending: [(source: Receiver, copy: UInt32)] = []
  private var sharesReceivers = false

  /// Copies a receiver and everything it reaches; sharing and cycles stay.
  static func copy(_ receiver: Receiver) -> Receiver {
    var copier = GraphCopier()
    _ = copier.copyIndex(of: receiver)
    while let (source, copy) = copier.pending.popLast() { copier.fill(copy, from: source) }
    let graph = CloneGraph(
      input: copier.bytes, cells: copier.cells, records: copier.records, slots: copier.slots,
      origin: receiver.graph.origin, mayShare: copier.sharesReceivers)
    return Receiver(graph: graph, index: 0)
  }

  private mutating func copyIndex(of receiver: Receiver) -> UInt32 {
    let key = LookupKey.receiver(receiver)
    if let known = copies[key] {
      sharesReceivers = true
      return known
    }
    let index = UInt32(records.count)
    copies[key] = index
    records.append(receiver.record)
    pending.append((receiver, index))
    return index
  }

  private mutating func fill(_ copy: UInt32, from source: Receiver) {
    var record = source.record
    let graph = source.graph
    let start = cells.count
    cells.append(contentsOf: graph.cells[record.cells])
    for position in start..<cells.count {
      let cell = cells[position]
      switch cell.tag {
      case .receiver, .string, .bigint, .slot:
        cells[position] = copyCell(cell, of: graph)
      case .nan:
        cells[position] = .nan(at: UInt32(bytes.count))
        bytes.append(contentsOf: graph.input[Int(cell.payload)..<(Int(cell.payload) + 8)])
      default: break
      }
    }
    if record.kind == .arrayBuffer {
      let content = CloneArrayBuffer(source).bytes
      record.extra = UInt32(bytes.count)
      bytes.append(contentsOf: content)
    }
    record.start = UInt32(start)
    records[Int(copy)] = record
  }

  private mutating func copyCell(_ cell: Cell, of graph: CloneGraph) -> Cell {
    if let receiver = graph.receiver(of: cell) { return .receiver(copyIndex(of: receiver)) }
    if let string = graph.string(of: cell) {
      let offset = bytes.count
      bytes.append(string.isTwoByte ? WireTag.twoByteString : WireTag.oneByteString)
      Varint.append(UInt64(string.content.count), to: &bytes)
      bytes.append(contentsOf: string.content)
      return .string(at: UInt32(offset))
    }
    guard let integer = graph.bigint(of: cell) else { return .undefined }
    let offset = bytes.count
    Varint.append(
      UInt64(integer.magnitude.count) << 1 | (integer.signBit ? 1 : 0), to: &bytes)
    bytes.append(contentsOf: integer.magnitude)
    return .bigint(at: UInt32(offset))
  }
}
