/// What a writing loop holds while it runs.
struct WritingWalk: ~Copyable {
  var writer: WireWriter
  /// The containers that are being written, the innermost last.
  var frames = AddressStack<Frame>()
  /// How many frames stand for the named properties of an array, whose own frame is before them.
  var propertyFrames = 0
  /// The cells of entries of ordered frames, in the order in which they are written.
  var orders: [[UInt32]] = []
  /// Whether ids are noted: not for a single value that shares nothing.
  let tracksIdentity: Bool

  init(_ writer: consuming WireWriter, tracksIdentity: Bool) {
    self.writer = writer
    self.tracksIdentity = tracksIdentity
  }

  /// How a container goes on when its run of cells is written.
  enum Form: UInt8 {
    /// It ends.
    case object, map, set, array
    /// More runs of cells, or an end of another kind.
    case orderedEntries, properties, holeyArray, otherArray, arrayEnd, error, payload
  }

  /// A container that is being written. Frames are small: a level takes as little as two bytes of a payload.
  @safe struct Frame: BitwiseCopyable {
    /// Kept by the value that is written.
    let graph: Unmanaged<CloneGraph>
    let record: UInt32
    /// The next cell of the run that is being written, and where the run ends.
    var position: UInt32
    var end: UInt32
    /// The number of the next entry, element or section.
    var next: UInt32 = 0
    /// Entries and elements: of a plain form all of them, else those written so far.
    var written: UInt32
    var form: Form
    /// Properties: whether they are ordered.
    var isOrdered = false

    /// Its receiver, as long as the loop runs.
    var receiver: Receiver {
      unsafe Receiver(graph: graph.takeUnretainedValue(), index: record)
    }
  }
}

/// The arrays of a graph as addresses, so that nothing is retained, checked for exclusivity or for bounds for each
/// cell: that took two thirds of the time.
///
/// They hold as long as the graph lives and is not changed. The value that is written keeps all graphs that it can
/// reach, and a graph that a value can reach never changes (see ``CloneGraph``). All indices in a graph are those
/// of its own arrays; debug builds check them.
@safe struct GraphAccess {
  let graph: Unmanaged<CloneGraph>
  let cells: UnsafeBufferPointer<Cell>
  let records: UnsafeBufferPointer<Record>
  let slots: UnsafeBufferPointer<CloneGraph.Slot>
  let input: UnsafeBufferPointer<UInt8>

  @inline(__always)
  init(
    _ graph: CloneGraph, cells: UnsafeBufferPointer<Cell>, records: UnsafeBufferPointer<Record>,
    slots: UnsafeBufferPointer<CloneGraph.Slot>, input: UnsafeBufferPointer<UInt8>
  ) {
    unsafe self.graph = Unmanaged.passUnretained(graph)
    unsafe self.cells = cells
    unsafe self.records = records
    unsafe self.slots = slots
    unsafe self.input = input
  }

  @inline(__always)
  init(_ graph: Unmanaged<CloneGraph>) {
    self = unsafe graph._withUnsafeGuaranteedRef { $0.access }
  }

  @inline(__always)
  var address: UInt { unsafe UInt(bitPattern: graph.toOpaque()) }

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
      return unsafe content.withBytes {
        guard let start = $0.baseAddress else { return .other }
        return unsafe .string(start, count: $0.count, isTwoByte: string.isTwoByte)
      }
    case .bigint(let integer):
      guard let short = integer.content.short, integer.count > 0 else { return .other }
      return .shortInteger(short, count: integer.count, isNegative: integer.signBit)
    case .vacant: return .other
    }
  }
}
