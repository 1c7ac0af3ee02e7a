/// A mention of a receiver: which graph, which record. Two mentions of the same pair are the same object.
package struct Receiver: Sendable {
  var graph: CloneGraph
  var index: UInt32

  init(graph: CloneGraph, index: UInt32) {
    self.graph = graph
    self.index = index
  }

  /// Makes a new receiver in an editable graph of its own.
  init(
    _ kind: Record.Kind, flags: Record.Flags = [], detail: UInt16 = 0, count: Int = 0,
    extra: UInt32 = 0, cells: [Cell] = [], input: [UInt8] = []
  ) {
    let record = Record(
      kind: kind, flags: flags, detail: detail, start: 0, count: UInt32(count), extra: extra)
    self.init(record, cells: cells, input: input)
  }

  /// Makes a new receiver with a record in an editable graph of its own.
  init(_ record: Record, cells: [Cell] = [], input: [UInt8] = []) {
    graph = CloneGraph(input: input, cells: cells, records: RecordList(record), isEditable: true)
    index = 0
  }

  var record: Record { graph.records[Int(index)] }
  var kind: Record.Kind { record.kind }

  /// The cell at a position among the record's own.
  func cell(_ position: Int) -> Cell { graph.cells[Int(record.start) + position] }

  func isSame(as other: Receiver) -> Bool { graph === other.graph && index == other.index }

  /// Gives the receiver an editable graph that nobody else holds: as it is if that is so already, else
  /// by a copy of this one receiver, whose contents stay the same objects.
  mutating func makeEditable() {
    if graph.isEditable, isKnownUniquelyReferenced(&graph) { return }
    self = shallowCopy()
  }

  /// A new receiver of the same content, in an editable graph of its own. The named properties of an array
  /// are part of it and are copied too.
  func shallowCopy() -> Receiver {
    let old = graph
    old.noteCopy()
    var record = self.record
    let source = record.cells
    let copy = CloneGraph(cells: [], records: .none, isEditable: true, mayShare: old.mayShare)
    copy.cells.reserveCapacity(source.count)
    for position in source { copy.cells.append(copy.importCell(old.cells[position], from: old)) }
    if record.kind == .arrayBuffer {
      copy.input = Array(old.input[Int(record.extra)..<Int(record.extra + record.count)])
      record.extra = 0
    }
    record.start = 0
    copy.records = RecordList(record)
    if record.kind == .array, let properties = copy.receiver(of: copy.cells[0]) {
      copy.releaseCell(copy.cells[0])
      copy.cells[0] = .slot(copy.addSlot(.receiver(properties.shallowCopy())))
    }
    copy.noteCopy()
    copy.original = ReceiverMark(self)
    return Receiver(graph: copy, index: 0)
  }

  /// Runs `body` on the only record of an editable graph.
  mutating func edit<R, E: Error>(
    _ body: (CloneGraph, inout Record) throws(E) -> R
  ) throws(E) -> R {
    makeEditable()
    return try body(graph, &graph.records[0])
  }

  package var value: CloneValue { (copy self).intoValue() }

  /// The value, of which this is the only mention then.
  @inline(__always)
  consuming func intoValue() -> CloneValue {
    switch kind {
    case .object: .object(CloneObject(self))
    case .array: .array(CloneArray(self))
    case .map: .map(CloneMap(self))
    case .set: .set(CloneSet(self))
    case .date: .date(CloneDate(self))
    case .boxedPrimitive: .boxedPrimitive(CloneBoxedPrimitive(self))
    case .regExp: .regExp(CloneRegExp(self))
    case .error: .error(CloneErrorObject(self))
    case .arrayBuffer: .arrayBuffer(CloneArrayBuffer(self))
    case .sharedArrayBuffer: .sharedArrayBuffer(CloneSharedArrayBuffer(self))
    case .arrayBufferView: .arrayBufferView(CloneArrayBufferView(self))
    case .hostObject: .hostObject(CloneHostObject(self))
    case .wasmModule: .wasmModule(CloneWasmModule(self))
    case .wasmMemory: .wasmMemory(CloneWasmMemory(self))
    case .sharedObject: .sharedObject(CloneSharedObject(self))
    case .uncloneable: .uncloneable(CloneUncloneable(self))
    }
  }
}

extension CloneGraph {
  /// Makes the bytes of the buffer that is an editable graph's only record its own, from offset 0.
  func ownBytes() {
    let start = Int(records[0].extra)
    let end = start + Int(records[0].count)
    guard start != 0 || end != input.count else { return }
    input = Array(input[start..<end])
    records[0].extra = 0
  }

  /// A cell of this editable graph that means what a cell of another graph means.
  func importCell(_ cell: Cell, from other: CloneGraph) -> Cell {
    switch cell.tag {
    case .receiver:
      return .slot(addSlot(.receiver(Receiver(graph: other, index: cell.payload))))
    case .string, .bigint, .slot:
      if let receiver = other.receiver(of: cell) { return .slot(addSlot(.receiver(receiver))) }
      if let string = other.string(of: cell) { return .slot(addSlot(.string(string))) }
      if let integer = other.bigint(of: cell) { return .slot(addSlot(.bigint(integer))) }
      return .undefined
    case .nan: return .double(.nan)
    default: return cell
    }
  }
}
