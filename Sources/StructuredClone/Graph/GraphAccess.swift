/// The arrays of a graph as addresses, so that nothing is retained, checked for exclusivity or for bounds for each
/// cell: that took two thirds of the time.
///
/// They hold as long as the graph lives and is not changed. The value that is written keeps all graphs that it can
/// reach, and a graph that a value can reach never changes (see ``CloneGraph``). All indices in a graph are those
/// of its own arrays; debug builds check them.
@safe struct GraphAccess {
  let graph: Unmanaged<CloneGraph>
  let cells: UnsafeBufferPointer<Cell>
  let slots: UnsafeBufferPointer<CloneGraph.Slot>

  @inline(__always)
  init(
    _ graph: CloneGraph, cells: UnsafeBufferPointer<Cell>,
    slots: UnsafeBufferPointer<CloneGraph.Slot>
  ) {
    unsafe self.graph = Unmanaged.passUnretained(graph)
    unsafe self.cells = cells
    unsafe self.slots = slots
  }

  @inline(__always)
  init(_ graph: Unmanaged<CloneGraph>) {
    self = unsafe graph._withUnsafeGuaranteedRef { $0.access }
  }

  /// Of a graph that does not lack cells.
  @inline(__always)
  init(withCells graph: Unmanaged<CloneGraph>) {
    self = unsafe graph._withUnsafeGuaranteedRef { $0.accessToCells }
  }

  @inline(__always)
  var address: UInt { unsafe UInt(bitPattern: graph.toOpaque()) }

  // Asked of the graph each time: a loop that goes from graph to graph would carry them along for nothing, and an
  // object that was built has neither (Documentation/Performance.md).

  @inline(__always)
  var input: UnsafeBufferPointer<UInt8> {
    unsafe graph._withUnsafeGuaranteedRef { unsafe $0.input.withUnsafeBufferPointer { unsafe $0 } }
  }

  @inline(__always)
  func record(_ index: UInt32) -> Record {
    unsafe graph._withUnsafeGuaranteedRef { graph in
      if let only = graph.records.only { return only }
      return unsafe graph.records.access[Int(index)]
    }
  }

  /// What a slot holds, without retaining it.
  @safe enum SlotContent {
    case receiver(Unmanaged<CloneGraph>, UInt32)
    /// A string that is not short: where its bytes are, and how many.
    case string(UnsafeRawPointer, count: Int, isTwoByte: Bool)
    /// A short string: its bytes, and how many.
    case shortString(ShortContent, count: Int, isTwoByte: Bool)
    /// A short big integer that is not zero: the bytes of its magnitude, and how many.
    case shortInteger(ShortContent, count: Int, isNegative: Bool)
    case other
  }

  /// A short string: its bytes, and how many.
  typealias ShortString = (content: ShortContent, count: Int, isTwoByte: Bool)

  /// What a slot holds, if that is a short string.
  @inline(__always)
  func shortString(ofSlot index: UInt32) -> ShortString? {
    guard case .string(let string) = unsafe slots[Int(index)] else { return nil }
    let content = string.content
    return content.short.map { ($0, content.count, string.isTwoByte) }
  }

  @inline(__always)
  func content(ofSlot index: UInt32) -> SlotContent {
    switch unsafe slots[Int(index)] {
    case .receiver(let receiver):
      return unsafe .receiver(Unmanaged.passUnretained(receiver.graph), receiver.index)
    case .string(let string):
      let content = string.content
      if let short = content.short {
        return .shortString(short, count: content.count, isTwoByte: string.isTwoByte)
      }
      let bytes = unsafe content.longBytes
      guard let start = bytes.baseAddress else { return .other }
      return unsafe .string(start, count: bytes.count, isTwoByte: string.isTwoByte)
    case .bigint(let integer):
      guard let short = integer.content.short, integer.count > 0 else { return .other }
      return .shortInteger(short, count: integer.count, isNegative: integer.signBit)
    case .vacant: return .other
    }
  }
}
