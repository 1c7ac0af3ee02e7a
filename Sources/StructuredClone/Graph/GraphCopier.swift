/// Copies what is reachable from a receiver into one frozen graph of its own.
struct GraphCopier {
  private var cells: [Cell] = []
  private var records: [Record] = []
  private var slots: [CloneGraph.Slot] = []
  private var bytes: [UInt8] = []
  private var copies: [LookupKey: Cell] = [:]
  private var longStrings: [LongString: Cell] = [:]
  private var pending: [(source: Receiver, copy: UInt32)] = []
  private var sharesReceivers = false

  private struct LongString: Hashable {
    let address: UInt
    let count: Int
    let isTwoByte: Bool
  }

  /// Strings and big integers of more bytes have storage of their own, so that the offsets of the others
  /// stay small.
  private static let shortLength = 64

  /// Whether the offsets of what is gathered still have 32 bits; once they would not, everything has storage of its
  /// own.
  private var hasRoom: Bool { bytes.count < Int(UInt32.max) - 1024 }

  /// Copies a receiver and everything it reaches; sharing and cycles stay.
  static func copy(_ receiver: Receiver) -> Receiver {
    var copier = GraphCopier()
    let root = copier.copyReceiver(receiver)
    while let (source, copy) = copier.pending.popLast() { copier.fill(copy, from: source) }
    let graph = CloneGraph(
      input: copier.bytes, cells: copier.cells, records: copier.records, slots: copier.slots,
      origin: receiver.graph.origin, mayShare: copier.sharesReceivers)
    return graph.receiver(of: root) ?? receiver
  }

  private mutating func copyReceiver(_ receiver: Receiver) -> Cell {
    let key = LookupKey.receiver(receiver)
    if let known = copies[key] {
      sharesReceivers = true
      return known
    }
    let cell: Cell
    if receiver.kind == .arrayBuffer {
      // A buffer keeps its bytes in a graph of its own.
      let copy = receiver.shallowCopy()
      copy.graph.origin = receiver.graph.origin
      _ = copy.graph.noteMention()
      cell = addSlot(.receiver(copy))
    } else {
      cell = .receiver(UInt32(records.count))
      pending.append((receiver, UInt32(records.count)))
      records.append(receiver.record)
    }
    copies[key] = cell
    return cell
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
      case .nan where !hasRoom: cells[position] = .double(.nan)
      case .nan:
        cells[position] = .nan(at: UInt32(bytes.count))
        bytes.append(contentsOf: graph.input[Int(cell.payload)..<(Int(cell.payload) + 8)])
      default: break
      }
    }
    record.start = UInt32(start)
    records[Int(copy)] = record
  }

  private mutating func copyCell(_ cell: Cell, of graph: CloneGraph) -> Cell {
    if let receiver = graph.receiver(of: cell) { return copyReceiver(receiver) }
    if let string = graph.string(of: cell) { return copyString(string) }
    guard let integer = graph.bigint(of: cell) else { return .undefined }
    if integer.count > GraphCopier.shortLength || !hasRoom {
      let copy = CloneBigInt(isNegative: integer.isNegative, magnitude: Array(integer.magnitude))
      return addSlot(.bigint(copy))
    }
    let offset = bytes.count
    Varint.append(
      UInt64(integer.magnitude.count) << 1 | (integer.signBit ? 1 : 0), to: &bytes)
    bytes.append(contentsOf: integer.magnitude)
    return .bigint(at: UInt32(offset))
  }

  /// Short strings are gathered; a long one is copied once, however often it is mentioned.
  private mutating func copyString(_ string: CloneString) -> Cell {
    let content = string.content
    guard content.count > GraphCopier.shortLength || !hasRoom else {
      let offset = bytes.count
      bytes.append(string.isTwoByte ? WireTag.twoByteString : WireTag.oneByteString)
      Varint.append(UInt64(content.count), to: &bytes)
      bytes.append(contentsOf: content)
      return .string(at: UInt32(offset))
    }
    // The address is a key and nothing else. The source graphs keep the bytes where they are meanwhile.
    let address = unsafe content.withUnsafeBytes { UInt(bitPattern: $0.baseAddress) }
    let key = LongString(address: address, count: content.count, isTwoByte: string.isTwoByte)
    if let known = longStrings[key] { return known }
    let copy = CloneString(
      bytes: Array(content), start: 0, count: string.utf16Count, isTwoByte: string.isTwoByte)
    let cell = addSlot(.string(copy))
    longStrings[key] = cell
    return cell
  }

  private mutating func addSlot(_ slot: CloneGraph.Slot) -> Cell {
    slots.append(slot)
    return .slot(UInt32(slots.count - 1))
  }
}
