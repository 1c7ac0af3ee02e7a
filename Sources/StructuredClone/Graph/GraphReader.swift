/// A graph that is kept, with its arrays as addresses, for iterators: nothing is retained or checked for each cell,
/// which was half of the time of visiting a decoded object (Documentation/Performance.md).
///
/// The addresses hold as long as the graph lives and is not changed. It lives because it is kept here, and it is not
/// changed for the same reason: a graph that two can reach never is (see ``CloneGraph``). All indices in a graph are
/// those of its own arrays; debug builds check them.
@safe package struct GraphReader {
  let graph: CloneGraph
  let cells: UnsafeBufferPointer<Cell>
  let access: GraphAccess
  let input: UnsafeBufferPointer<UInt8>

  init(_ graph: CloneGraph) {
    let access = graph.access
    self.graph = graph
    unsafe cells = access.cells
    self.access = access
    unsafe input = access.input
  }

  /// A receiver of the graph.
  func receiver(_ index: UInt32) -> Receiver { Receiver(graph: graph, index: index) }

  /// The cell at a position.
  @inline(__always)
  package func cell(at position: Int) -> Cell { unsafe cells[position] }

  /// The value of a cell; a hole reads as undefined.
  @inline(__always)
  package func value(of cell: Cell) -> CloneValue {
    if cell.isDouble { return .number(cell.doubleValue) }
    if cell.isInt32 { return .number(Double(cell.int32Value)) }
    if cell.isString, let string = shortString(at: Int(cell.payload)) { return .string(string) }
    if cell.tag == .bigint, let integer = shortInteger(at: Int(cell.payload)) {
      return .bigint(integer)
    }
    if cell.isReceiver {
      let receiver = Receiver(graph: graph, index: cell.payload)
      switch access.record(cell.payload).kind {
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

  /// The string at an offset of the input if it is short.
  @inline(__always)
  private func shortString(at offset: Int) -> CloneString? {
    unsafe CloneString(shortIn: input, at: offset)
  }

  /// The big integer at an offset of the input if it is short.
  @inline(__always)
  private func shortInteger(at offset: Int) -> CloneBigInt? {
    unsafe CloneBigInt(shortIn: input, at: offset)
  }
}
