/// Copies what is reachable from a receiver into one frozen graph of its own.
///
/// The first walk numbers the receivers and counts what they need, the second fills arrays of exactly that
/// size: nothing grows by doubling.
struct GraphCopier {
  /// What happens to long content: strings, big integers and the bytes of buffers.
  enum Content {
    /// It is copied: the copy lets go of everything.
    case copied
    /// It stays where it is until one side changes it.
    case shared
  }

  private struct Place {
    let graph: UInt32
    let record: UInt32
  }

  private struct LongString: Hashable {
    let address: UInt
    let count: Int
    let isTwoByte: Bool
  }

  /// Content of more bytes has storage of its own, so that the offsets of the rest stay small.
  private static let shortLength = 64
  /// Where short content ends to be gathered, because offsets have 32 bits.
  private static let mostBytes = Int(UInt32.max) - 256

  private let content: Content
  private let editor: CloneGraphEditor?
  /// The records of the copy, from 0 on, and the buffers in graphs of their own, from the greatest number
  /// down.
  private var numbers = ReceiverTable()
  /// Where each record of the copy comes from, and each buffer.
  private var sources: [Place] = []
  private var buffers: [Place] = []
  private var sharesReceivers = false
  private var cellCount = 0
  private var byteCount = 0
  private var slotCount = 0

  private var cells: [Cell] = []
  private var records: [Record] = []
  private var slots: [CloneGraph.Slot] = []
  private var bytes: [UInt8] = []
  private var longStrings: [LongString: Cell] = [:]

  /// - Parameter editor: the editor whose objects are copied; nothing but values otherwise.
  init(_ content: Content, editor: CloneGraphEditor? = nil) {
    self.content = content
    self.editor = editor
  }

  /// Copies a receiver and everything it reaches; sharing and cycles stay.
  mutating func copy(_ receiver: Receiver, origin: CloneFormat? = nil) -> GraphCopy {
    let root = number(resolve(receiver))
    var next = 0
    while next < sources.count {
      measure(source(sources[next]))
      next += 1
    }
    fill()
    let graph = CloneGraph(
      input: bytes, cells: cells, records: RecordList(records), slots: slots, origin: origin,
      mayShare: sharesReceivers)
    if case .copied = content { noteOrigin(origin) }
    return GraphCopy(graph: graph, root: cell(root))
  }

  /// The cell of the copy that a receiver became; `nil` if it was not reached.
  func copied(_ receiver: Receiver) -> Cell? { numbers.known(receiver).map { cell($0) } }

  private func noteOrigin(_ origin: CloneFormat?) {
    for case .receiver(let buffer) in slots.prefix(buffers.count) { buffer.graph.origin = origin }
  }

  // MARK: - Numbers

  private func source(_ place: Place) -> Receiver {
    Receiver(graph: numbers.graphs[Int(place.graph)], index: place.record)
  }

  /// The cell of what has a number: a record, or the slot of a buffer.
  private func cell(_ number: UInt32) -> Cell {
    let slot = UInt32.max - 1 - number
    return slot < UInt32(buffers.count) ? .slot(slot) : .receiver(number)
  }

  private mutating func number(_ receiver: Receiver) -> UInt32 {
    let graph = numbers.ordinal(of: receiver.graph)
    if let known = numbers[graph, receiver.index] {
      sharesReceivers = true
      return known
    }
    let place = Place(graph: UInt32(graph), record: receiver.index)
    let number: UInt32
    if receiver.kind == .arrayBuffer, receiver.record.count > GraphCopier.shortLength {
      number = UInt32.max - 1 - UInt32(buffers.count)
      buffers.append(place)
    } else {
      number = UInt32(sources.count)
      sources.append(place)
    }
    numbers.assign(number, graph: graph, record: receiver.index)
    return number
  }

  /// The receiver a cell means; the editor's own object if the editor has made one of it.
  private func child(_ cell: Cell, of graph: CloneGraph) -> Receiver? {
    guard let editor else { return graph.receiver(of: cell) }
    if graph.isEditable, cell.isReceiver { return editor.receiver(ofNode: Int(cell.payload)) }
    return graph.receiver(of: cell).map { editor.current($0) }
  }

  private func resolve(_ receiver: Receiver) -> Receiver { editor?.current(receiver) ?? receiver }

  // MARK: - The first walk

  private mutating func measure(_ source: Receiver) {
    let record = source.record
    let graph = source.graph
    cellCount += record.cellCount
    if record.kind == .arrayBuffer { byteCount += Int(record.count) }
    for position in record.cells {
      let cell = graph.cells[position]
      switch cell.tag {
      case .receiver, .slot, .string, .bigint:
        if let child = child(cell, of: graph) {
          _ = number(child)
        } else if let string = graph.string(of: cell) {
          measure(length: string.content.count)
        } else if let integer = graph.bigint(of: cell) {
          measure(length: integer.count)
        }
      case .nan: if case .copied = content { byteCount += 8 }
      case nil, .int32, .constant: break
      }
    }
  }

  private mutating func measure(length: Int) {
    if length > GraphCopier.shortLength {
      slotCount += 1
    } else {
      // A tag and a length of one byte, or a field of two.
      byteCount += 2 + length
    }
  }

  // MARK: - The second walk

  private mutating func fill() {
    records.reserveCapacity(sources.count)
    cells.reserveCapacity(cellCount)
    bytes.reserveCapacity(min(byteCount, GraphCopier.mostBytes))
    slots.reserveCapacity(buffers.count + slotCount)
    for buffer in buffers {
      let copy = copyBuffer(source(buffer))
      _ = copy.graph.noteMention()
      slots.append(.receiver(copy))
    }
    for place in sources { fill(from: source(place)) }
  }

  private func copyBuffer(_ buffer: Receiver) -> Receiver {
    if case .copied = content { return buffer.shallowCopy() }
    var record = buffer.record
    record.start = 0
    let graph = CloneGraph(
      input: buffer.graph.input, cells: Array(buffer.graph.cells[buffer.record.cells]),
      records: RecordList(record), isEditable: true)
    return Receiver(graph: graph, index: 0)
  }

  private mutating func fill(from source: Receiver) {
    var record = source.record
    let graph = source.graph
    let start = cells.count
    for position in record.cells {
      let cell = graph.cells[position]
      switch cell.tag {
      case .receiver, .string, .bigint, .slot: cells.append(copyCell(cell, of: graph))
      case .nan: cells.append(copyNaN(cell, of: graph))
      case nil, .int32, .constant: cells.append(cell)
      }
    }
    record.start = UInt32(start)
    if record.kind == .arrayBuffer {
      let content = graph.input[Int(record.extra)..<(Int(record.extra) + Int(record.count))]
      record.extra = UInt32(bytes.count)
      bytes.append(contentsOf: content)
    }
    records.append(record)
  }

  private mutating func copyNaN(_ cell: Cell, of graph: CloneGraph) -> Cell {
    guard case .copied = content, bytes.count < GraphCopier.mostBytes else { return .double(.nan) }
    let copy = Cell.nan(at: UInt32(bytes.count))
    bytes.append(contentsOf: graph.input[Int(cell.payload)..<(Int(cell.payload) + 8)])
    return copy
  }

  private mutating func copyCell(_ cell: Cell, of graph: CloneGraph) -> Cell {
    if let child = child(cell, of: graph) {
      return numbers.known(child).map { self.cell($0) } ?? .undefined
    }
    if let string = graph.string(of: cell) { return copyString(string) }
    guard let integer = graph.bigint(of: cell) else { return .undefined }
    if !isGathered(length: integer.count) {
      guard case .copied = content else { return addSlot(.bigint(integer)) }
      return addSlot(.bigint(CloneBigInt(integer.content.detached())))
    }
    let offset = bytes.count
    Varint.append(UInt64(integer.count) << 1 | (integer.signBit ? 1 : 0), to: &bytes)
    // The bytes are read within the closure only.
    unsafe integer.content.withBytes { unsafe bytes.append(contentsOf: $0) }
    return .bigint(at: UInt32(offset))
  }

  private func isGathered(length: Int) -> Bool {
    length <= GraphCopier.shortLength && bytes.count < GraphCopier.mostBytes
  }

  /// Short strings are gathered; a long one is copied once, however often it is mentioned.
  private mutating func copyString(_ string: CloneString) -> Cell {
    guard !isGathered(length: string.content.count) else {
      let offset = bytes.count
      bytes.append(string.isTwoByte ? WireTag.twoByteString : WireTag.oneByteString)
      Varint.append(UInt64(string.content.count), to: &bytes)
      unsafe string.content.withBytes { unsafe bytes.append(contentsOf: $0) }
      return .string(at: UInt32(offset))
    }
    guard case .copied = content else { return addSlot(.string(string)) }
    // The address is a key and nothing else. The source graphs keep the bytes where they are meanwhile.
    let address = unsafe string.content.withBytes { UInt(bitPattern: $0.baseAddress) }
    let key = LongString(address: address, count: string.content.count, isTwoByte: string.isTwoByte)
    if let known = longStrings[key] { return known }
    let cell = addSlot(.string(CloneString(string.content.detached())))
    longStrings[key] = cell
    return cell
  }

  private mutating func addSlot(_ slot: CloneGraph.Slot) -> Cell {
    slots.append(slot)
    return .slot(UInt32(slots.count - 1))
  }
}
