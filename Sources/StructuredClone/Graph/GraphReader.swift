/// A graph that is kept, with its arrays as addresses, for iterators: nothing is retained or checked for each cell,
/// which was half of the time of visiting a decoded object (Documentation/Performance.md).
///
/// The addresses hold as long as the graph lives and is not changed. It lives because it is kept here, and it is not
/// changed for the same reason: a graph that two can reach never is (see ``CloneGraph``). All indices in a graph are
/// those of its own arrays; debug builds check them.
@safe struct GraphReader {
  private let graph: CloneGraph
  private let cells: UnsafeBufferPointer<Cell>
  private let records: UnsafeBufferPointer<Record>
  private let input: UnsafeBufferPointer<UInt8>

  init(_ graph: CloneGraph) {
    let access = graph.access
    self.graph = graph
    unsafe cells = access.cells
    unsafe records = access.records
    unsafe input = access.input
  }

  /// A receiver of the graph.
  func receiver(_ index: UInt32) -> Receiver { Receiver(graph: graph, index: index) }

  /// The cell at a position.
  @inline(__always)
  func cell(at position: Int) -> Cell { unsafe cells[position] }

  /// The value of a cell; a hole reads as undefined.
  @inline(__always)
  func value(of cell: Cell) -> CloneValue {
    if cell.isDouble { return .number(cell.doubleValue) }
    if cell.isInt32 { return .number(Double(cell.int32Value)) }
    if cell.isString, let string = shortString(at: Int(cell.payload)) { return .string(string) }
    if cell.tag == .bigint, let integer = shortInteger(at: Int(cell.payload)) {
      return .bigint(integer)
    }
    if cell.isReceiver {
      let receiver = Receiver(graph: graph, index: cell.payload)
      switch unsafe records[Int(cell.payload)].kind {
      case .object: return .object(CloneObject(receiver))
      case .array: return .array(CloneArray(receiver))
      default: return receiver.value
      }
    }
    return graph.value(of: cell)
  }

  /// The property key that a key cell means.
  @inline(__always)
  func propertyKey(of cell: Cell) -> ClonePropertyKey {
    if cell.isString, let name = shortString(at: Int(cell.payload)) {
      return ClonePropertyKey(form: .name(name))
    }
    return graph.propertyKey(of: cell)
  }

  /// The string at an offset of the input if it is short, and not among the last bytes.
  @inline(__always)
  private func shortString(at offset: Int) -> CloneString? {
    guard unsafe input.count &- offset >= 2 + 16 else { return nil }
    // There are as many bytes, of which the first two are the tag and the length, or its first byte.
    let length = Int(unsafe input[offset &+ 1])
    guard length <= ShortContent.longest else { return nil }
    let content = unsafe ShortContent(
      UnsafeRawBufferPointer(input), from: offset &+ 2, count: length)
    let isTwoByte = unsafe input[offset] == WireTag.twoByteString
    return CloneString(CompactBytes(content, count: length, isMarked: isTwoByte))
  }

  /// The big integer at an offset of the input if it has one digit of eight bytes that is not zero, and is not among the
  /// last bytes.
  @inline(__always)
  private func shortInteger(at offset: Int) -> CloneBigInt? {
    guard unsafe input.count &- offset >= 1 + 16, unsafe input[offset] >> 1 == 8 else { return nil }
    // There are as many bytes, of which the first is the bit field.
    let content = unsafe ShortContent(UnsafeRawBufferPointer(input), from: offset &+ 1, count: 8)
    guard content.first != 0 else { return nil }
    let count = 8 &- content.first.leadingZeroBitCount / 8
    let isNegative = unsafe input[offset] & 1 != 0
    return CloneBigInt(CompactBytes(content, count: count, isMarked: isNegative))
  }
}
