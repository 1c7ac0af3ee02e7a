/// Where a visit stands.
///
/// The cells of the innermost container are read through their address. Neither its graph nor those around it are
/// retained: the value that is visited keeps all graphs that it can reach, and such a graph never changes (see
/// ``CloneGraph``).
@usableFromInline
@safe
struct VisitingWalk: ~Copyable {
  /// What the walk has met.
  @usableFromInline
  enum Item {
    case undefined, null
    case boolean(Bool)
    case number(Double)
    case bigint(CloneBigInt)
    case string(CloneString)
    case holes(Int)
    case receiver(Meeting)
  }

  /// What the receiver is that was met last.
  @usableFromInline
  enum Meeting {
    case object, array, map, set, error, hostObject, date
    /// It cannot be opened.
    case leaf
    /// It was met before.
    case reference
  }

  /// What the cells of a container are.
  private enum Form: UInt8 {
    case properties
    /// Keys and values of a map, elements of a set, or what an error or a host object has.
    case values
    /// Behind them there may be named properties.
    case elements
  }

  /// A container around the innermost one.
  @safe private struct Frame: BitwiseCopyable {
    let graph: Unmanaged<CloneGraph>
    let record: UInt32
    let position: UInt32
    let end: UInt32
    let form: Form
    let isOrdered: Bool
  }

  /// The next cell of the innermost container, and where its cells end.
  @usableFromInline var position = 0
  @usableFromInline var end = 0
  /// Whether each value has a key before it.
  @usableFromInline var hasKeys = false
  /// Whether no container is open.
  @usableFromInline var isDone = true
  @usableFromInline var cells: UnsafeRawPointer?
  @usableFromInline var input: UnsafeBufferPointer<UInt8>

  // Each by itself, and not in a frame: what is written in parts and copied as a whole soon after waits for the writes.
  private var graph: Unmanaged<CloneGraph>
  private var record: UInt32
  private var form = Form.values
  /// Whether the cells are not those of the graph but the last of `orders`.
  private var isOrdered = false

  private var frames = AddressStack<Frame>()
  /// Cells that are not told as they are stored: properties whose index keys are not in order, entries some of which were
  /// deleted, elements that are stored with their indices.
  private var orders: [[Cell]] = []

  // The receiver that was met last.
  private var metGraph: Unmanaged<CloneGraph>
  private var metRecord: UInt32
  /// How many things it holds, or its ordinal if it was met before.
  @usableFromInline private(set) var metCount = 0

  /// Whether some may be met more than once, and which were met.
  private let tracksIdentity: Bool
  private var ordinals = WrittenIDs()
  private var ordinal: UInt32 = 0

  /// Begins with a receiver; with a primitive there is nothing to walk through.
  @usableFromInline
  init?(_ root: borrowing CloneValue) {
    guard let receiver = root.receiver else { return nil }
    let graph = unsafe Unmanaged.passUnretained(receiver.graph)
    let access = receiver.graph.access
    unsafe cells = UnsafeRawPointer(access.cells.baseAddress)
    unsafe input = access.input
    unsafe self.graph = graph
    record = receiver.index
    unsafe metGraph = graph
    metRecord = receiver.index
    tracksIdentity = receiver.graph.mayShare
    if tracksIdentity { ordinals.enter(receiver.graph, at: receiver.index) }
  }

  /// Gives back what the walk took: that is compiled here.
  @usableFromInline
  @inline(never)
  consuming func finish() {}

  // MARK: - Cells

  /// A cell of the innermost container.
  @inlinable
  func bits(at position: Int) -> UInt64 {
    assert(position < end)
    // There are cells, as the position is before their end.
    return unsafe cells.unsafelyUnwrapped.load(fromByteOffset: 8 &* position, as: UInt64.self)
  }

  /// The number of a cell in one of the usual forms.
  @inlinable
  static func number(_ bits: UInt64) -> Double? {
    if bits < Cell.firstTagged { return Double(bitPattern: bits) }
    return bits >> 48 == Cell.int32Tag ? Double(Int32(truncatingIfNeeded: bits)) : nil
  }

  /// The string of a cell if it is short.
  @inlinable
  func shortString(_ bits: UInt64) -> CloneString? {
    bits >> 48 == Cell.stringTag
      ? unsafe CloneString(shortIn: input, at: Int(truncatingIfNeeded: bits & 0xFFFF_FFFF)) : nil
  }

  /// The big integer of a cell if it is short.
  @inlinable
  func shortInteger(_ bits: UInt64) -> CloneBigInt? {
    bits >> 48 == Cell.bigintTag
      ? unsafe CloneBigInt(shortIn: input, at: Int(truncatingIfNeeded: bits & 0xFFFF_FFFF)) : nil
  }

  /// The key of a key cell.
  @usableFromInline
  func key(_ bits: UInt64) -> ClonePropertyKey.Form {
    unsafe graph._withUnsafeGuaranteedRef { $0.propertyKey(of: Cell(bits: bits)).form }
  }

  /// What the cell before the position means.
  @usableFromInline
  mutating func item(_ bits: UInt64) -> Item {
    let cell = Cell(bits: bits)
    if cell.tag == .constant {
      switch cell {
      case .null: return .null
      case .true: return .boolean(true)
      case .false: return .boolean(false)
      case .undefined: return .undefined
      default: return holes(cell)
      }
    }
    let value = unsafe graph._withUnsafeGuaranteedRef { $0.value(of: cell) }
    switch value {
    case .number(let number): return .number(number)
    case .bigint(let integer): return .bigint(integer)
    case .string(let string): return .string(string)
    default:
      guard let receiver = value.receiver else { return .undefined }
      return .receiver(
        unsafe meet(Unmanaged.passUnretained(receiver.graph), receiver.index))
    }
  }

  /// A run of holes that begins with a cell.
  private mutating func holes(_ cell: Cell) -> Item {
    var count = cell.isHole ? 1 : Int(cell.payload)
    while position < end, bits(at: position) == Cell.hole.bits {
      position &+= 1
      count &+= 1
    }
    return .holes(count)
  }

  // MARK: - Receivers

  /// Meets the receiver that the walk begins with.
  @usableFromInline
  mutating func meetRoot() -> Meeting { unsafe meet(graph, record) }

  /// Meets a receiver of the innermost container's graph.
  @usableFromInline
  mutating func meet(_ index: UInt32) -> Meeting { unsafe meet(graph, index) }

  private mutating func meet(_ graph: Unmanaged<CloneGraph>, _ index: UInt32) -> Meeting {
    let access = unsafe GraphAccess(graph)
    if tracksIdentity {
      if let known = ordinals.insert(access.address, index, ordinal) {
        metCount = Int(known)
        return .reference
      }
      ordinal &+= 1
    }
    let record = access.record(index)
    unsafe metGraph = graph
    metRecord = index
    switch record.kind {
    case .object:
      metCount = Int(record.count &- record.extra)
      return .object
    case .array:
      metCount = Int(record.flags.contains(.pairs) ? record.extra : record.count)
      return .array
    case .map:
      metCount = Int(record.count &- record.extra)
      return .map
    case .set:
      metCount = Int(record.count &- record.extra)
      return .set
    case .error: return .error
    case .hostObject: return .hostObject
    case .date: return .date
    default: return .leaf
    }
  }

  private var metReceiver: Receiver {
    unsafe Receiver(graph: metGraph.takeUnretainedValue(), index: metRecord)
  }

  /// The error that was met last.
  @usableFromInline var metError: CloneErrorObject { CloneErrorObject(metReceiver) }

  /// The host object that was met last.
  @usableFromInline var metHostObject: CloneHostObject { CloneHostObject(metReceiver) }

  /// The time value of the date that was met last.
  @usableFromInline var metTime: Double {
    unsafe GraphAccess(metGraph).record(metRecord).time
  }

  /// The receiver without contents that was met last.
  @usableFromInline var metLeaf: CloneValue { metReceiver.value }

  /// Opens the container that was met last.
  @usableFromInline
  mutating func open() {
    if !isDone {
      frames.push(
        unsafe Frame(
          graph: graph, record: record, position: UInt32(truncatingIfNeeded: position),
          end: UInt32(truncatingIfNeeded: end), form: form, isOrdered: isOrdered))
    }
    isDone = false
    unsafe begin(metGraph, metRecord)
  }

  /// Begins with the cells of a container.
  private mutating func begin(_ graph: Unmanaged<CloneGraph>, _ index: UInt32) {
    unsafe self.graph = graph
    record = index
    let access = unsafe GraphAccess(graph)
    unsafe input = access.input
    unsafe cells = UnsafeRawPointer(access.cells.baseAddress)
    isOrdered = false
    let record = access.record(index)
    let start = Int(record.start)
    let count = Int(record.count)
    switch record.kind {
    case .object where record.extra == 0 && !record.flags.contains(.unordered):
      setForm(.properties)
      position = start
      end = start &+ 2 &* count
    case .array where !record.flags.contains(.pairs):
      setForm(.elements)
      position = start &+ 1
      end = position &+ count
    case .map where record.extra == 0, .set where record.extra == 0:
      setForm(.values)
      position = start
      end = start &+ record.cellCount
    case .object, .array, .map, .set: beginInOrder(record.kind)
    case .error:
      setForm(.values)
      position = start &+ CloneErrorObject.Section.cause.rawValue
      end = position &+ (unsafe access.cells[position].isHole ? 0 : 1)
    default:
      // The payload of a host object, behind the name.
      setForm(.values)
      position = start &+ 1
      end = start &+ 2
    }
  }

  private mutating func setForm(_ form: Form) {
    self.form = form
    hasKeys = form == .properties
  }

  /// Begins with cells of the innermost container that are not told as they are stored.
  private mutating func beginInOrder(_ kind: Record.Kind) {
    let receiver = unsafe Receiver(graph: graph.takeUnretainedValue(), index: record)
    setForm(kind == .object ? .properties : kind == .array ? .elements : .values)
    orders.append(
      kind == .array ? VisitingWalk.elements(of: receiver) : VisitingWalk.entries(of: receiver))
    isOrdered = true
    takeOrder()
    position = 0
    end = orders[orders.count - 1].count
  }

  /// Reads the cells from the last of the orders.
  private mutating func takeOrder() {
    // They are where they are as long as these are the last of the orders.
    unsafe cells = orders[orders.count - 1].withUnsafeBufferPointer {
      unsafe UnsafeRawPointer($0.baseAddress)
    }
  }

  /// Ends the cells of the innermost container; whether the container ends.
  @usableFromInline
  mutating func endCells() -> Bool {
    if isOrdered { orders.removeLast() }
    if form == .elements, beginNamedProperties() { return false }
    guard frames.count > 0 else {
      isDone = true
      return true
    }
    let outer = frames.top
    frames.pop()
    unsafe graph = outer.graph
    record = outer.record
    setForm(outer.form)
    position = Int(outer.position)
    end = Int(outer.end)
    isOrdered = outer.isOrdered
    let access = unsafe GraphAccess(graph)
    unsafe input = access.input
    unsafe cells = UnsafeRawPointer(access.cells.baseAddress)
    if isOrdered { takeOrder() }
    return true
  }

  /// Begins with the named properties of the innermost container, an array; whether there are any.
  private mutating func beginNamedProperties() -> Bool {
    let access = unsafe GraphAccess(graph)
    let cell = unsafe access.cells[Int(access.record(record).start)]
    guard cell != .undefined,
      let properties = unsafe graph._withUnsafeGuaranteedRef({ $0.receiver(of: cell) })
    else { return false }
    unsafe begin(Unmanaged.passUnretained(properties.graph), properties.index)
    return true
  }

  /// The keys and values of an object or a map, or the elements of a set, in their order.
  private static func entries(of receiver: Receiver) -> [Cell] {
    let cells = receiver.graph.cells
    let stride = receiver.record.stride
    var order: [Cell] = []
    order.reserveCapacity(stride * receiver.entryCount)
    for position in receiver.entryPositions {
      order.append(contentsOf: cells[position..<(position + stride)])
    }
    return order
  }

  /// The elements of an array that are stored with their indices, and holes that stand for as many as they say.
  private static func elements(of array: Receiver) -> [Cell] {
    let cells = array.graph.cells
    var order: [Cell] = []
    var length = 0
    func appendHoles(to index: Int) {
      if index > length { order.append(.holes(UInt32(index - length))) }
    }
    for (index, position) in array.presentElements {
      appendHoles(to: index)
      order.append(cells[position])
      length = index + 1
    }
    appendHoles(to: array.arrayLength)
    return order
  }
}
