import Synchronization

/// The storage of receivers: flat arrays of records and cells, and the bytes they point into.
///
/// There are two ways to live. A *frozen* graph holds any number of receivers, with cycles as plain
/// indices; a deserializer or an editor made it and it never changes again. An *editable* graph holds
/// exactly one receiver, made by a literal or an initializer or by the first change to a frozen one;
/// what it contains lives in other graphs, which its slots retain, or the literal as long as there are
/// no slots. Both have the same form, so every walk (writing, equality, printing, copying) is one loop
/// for both.
///
/// Sendable is unchecked for one reason: the stored properties are variables. The invariant is that
/// they change only while the graph is reachable from a single place: before it is published (the
/// deserializer, an editor's `finish`), or after `isKnownUniquelyReferenced` said so on a value that is
/// held exclusively (`Receiver.makeEditable`), or in `deinit`. A graph that two values can reach is
/// therefore never written to, and concurrent readers see constants. What readers may add is behind
/// locks: the key indexes, and the cells and slots of a literal, which nobody reads before an atomic flag
/// says that they are there. The mention marks are atomic.
final class CloneGraph: @unchecked Sendable {
  /// A reference out of the graph.
  enum Slot: Sendable {
    case vacant(next: UInt32)
    case string(CloneString)
    case bigint(CloneBigInt)
    case receiver(Receiver)

    /// Whether what it holds may lead to other graphs.
    fileprivate var isReceiverWithSlots: Bool {
      if case .receiver(let receiver) = self { receiver.graph.hasSlots } else { false }
    }
  }

  static let noSlot = UInt32.max

  // What is asked of each graph comes first, near its beginning: many that are written one after the other are in no cache,
  // and each line of memory takes longer than all that is done with it.

  /// How many levels the literal has; 0 if there is none, which is all that most ask.
  private(set) var literalLevels: UInt8 = 0
  /// Whether cells and slots are still to be made of the literal.
  private let lacksCells: Atomic<Bool>
  let isEditable: Bool
  /// Whether a receiver may be reachable in more than one way.
  var mayShare: Bool
  /// How many bytes of the input the graph was read from, if that is known: 0 for graphs of small payloads and others.
  let readCount: UInt32

  // By the same invariant nobody changes an array while another reads it, and by the flag nobody reads one that is not
  // made: checking it for each access took a quarter of the time to write values that were built.
  @exclusivity(unchecked) private var storedInput: [UInt8]
  @exclusivity(unchecked) private var storedCells: [Cell]
  @exclusivity(unchecked) private var storedRecords: RecordList
  @exclusivity(unchecked) private var storedSlots: [Slot]

  @inline(__always)
  var input: [UInt8] {
    _read { yield unsafe storedInput }
    _modify { yield unsafe &storedInput }
  }
  @inline(__always)
  var cells: [Cell] {
    _read {
      makeMissingCells()
      yield unsafe storedCells
    }
    _modify {
      dropLiteral()
      yield unsafe &storedCells
    }
  }
  @inline(__always)
  var records: RecordList {
    _read { yield unsafe storedRecords }
    _modify {
      dropLiteral()
      yield unsafe &storedRecords
    }
  }
  @inline(__always)
  var slots: [Slot] {
    _read {
      makeMissingCells()
      yield unsafe storedSlots
    }
    _modify {
      dropLiteral()
      yield unsafe &storedSlots
    }
  }

  /// The arrays as addresses, which hold as long as the graph lives and is not changed.
  @inline(__always)
  var access: GraphAccess {
    makeMissingCells()
    return accessToCells
  }

  /// The same of a graph that does not lack cells.
  @inline(__always)
  var accessToCells: GraphAccess {
    // The pointers leave the closures; see ``GraphAccess``.
    unsafe GraphAccess(
      self, cells: storedCells.withUnsafeBufferPointer { unsafe $0 },
      slots: storedSlots.withUnsafeBufferPointer { unsafe $0 })
  }

  /// The receiver that is out of this graph to be changed.
  private var taken: ReceiverMark?
  /// The receiver that this graph is a changed copy of.
  var original: ReceiverMark?
  private var vacantSlot = CloneGraph.noSlot
  /// How the payload was written that the graph was read from.
  var origin: CloneFormat?

  /// Marks for `mayShare` of those who embed this graph: 1 = embedded somewhere, 2 = has a changed
  /// copy that shares its contents.
  private let mentions = Atomic<UInt8>(0)
  /// None in most graphs, which a dictionary behind a lock would make slower to free.
  private let indexes = AtomicLazyReference<KeyIndexes>()

  private final class KeyIndexes: Sendable {
    let ofRecord = Mutex<[UInt32: KeyIndex]>([:])
  }

  /// What the literal lists that made the graph, as long as nothing was changed.
  private var literalContent: LiteralContent?
  private let makingCells = Mutex<Void>(())

  init(
    input: [UInt8] = [], cells: [Cell], records: RecordList, slots: [Slot] = [],
    isEditable: Bool = false, origin: CloneFormat? = nil, mayShare: Bool = false,
    readCount: UInt32 = 0
  ) {
    unsafe storedInput = input
    unsafe storedCells = cells
    unsafe storedRecords = records
    unsafe storedSlots = slots
    self.isEditable = isEditable
    self.origin = origin
    self.mayShare = mayShare
    self.readCount = readCount
    lacksCells = Atomic(false)
  }

  /// Makes the graph of a literal.
  init(_ content: consuming LiteralContent, levels: UInt8) {
    unsafe storedInput = []
    unsafe storedCells = []
    unsafe storedRecords = RecordList(content.record)
    unsafe storedSlots = []
    isEditable = true
    origin = nil
    mayShare = false
    literalContent = content
    literalLevels = levels
    readCount = 0
    lacksCells = Atomic(true)
  }

  // MARK: - Literals

  /// What the literal lists that made the graph, as long as nothing was changed.
  @inline(__always)
  var literal: LiteralAccess? { literalContent?.access }

  /// Makes cells and slots if they are still to be made.
  @inline(__always)
  func makeMissingCells() { if lacksCells.load(ordering: .acquiring) { makeCells() } }

  /// Makes the cells of the literal, which stays: somebody else may be reading it.
  @inline(never)
  private func makeCells() {
    makingCells.withLock { _ in
      guard lacksCells.load(ordering: .relaxed), let literalContent else { return }
      // Nothing is shared in a tree, although all in it was mentioned once, by the literal.
      let content = literalContent.cells
      unsafe storedCells = content.cells
      unsafe storedSlots = content.slots
      lacksCells.store(false, ordering: .releasing)
    }
  }

  /// Leaves only the cells, which are going to be changed.
  @inline(__always)
  private func dropLiteral() {
    guard literalLevels > 0 else { return }
    makeMissingCells()
    literalContent = nil
    literalLevels = 0
  }

  /// Whether there are slots already, of which somebody else may be making the first now.
  private var hasSlots: Bool {
    !lacksCells.load(ordering: .acquiring) && (unsafe !storedSlots.isEmpty)
  }

  /// Releases chains of graphs in a loop: a million nested arrays do not overflow the stack.
  deinit {
    // Others hold strings, and literals without slots at most some levels of others, which are released by recursion.
    guard hasSlots, unsafe storedSlots.contains(where: { $0.isReceiverWithSlots }) else { return }
    var pending = unsafe storedSlots
    unsafe storedSlots = []
    while let slot = pending.popLast() {
      guard case .receiver(var receiver) = consume slot else { continue }
      if isKnownUniquelyReferenced(&receiver.graph) {
        unsafe pending.append(contentsOf: receiver.graph.storedSlots)
        unsafe receiver.graph.storedSlots = []
      }
    }
  }

  // MARK: - Cells to values

  /// The receiver a cell means, if it means one.
  func receiver(of cell: Cell) -> Receiver? {
    switch cell.tag {
    case .receiver: return Receiver(graph: self, index: cell.payload)
    case .slot:
      if case .receiver(let receiver) = slots[Int(cell.payload)] { return receiver }
      return nil
    default: return nil
    }
  }

  /// The string a cell means, if it means one.
  func string(of cell: Cell) -> CloneString? {
    switch cell.tag {
    case .string: return CloneString(wireFormIn: input, at: cell.payload)
    case .slot:
      if case .string(let string) = slots[Int(cell.payload)] { return string }
      return nil
    default: return nil
    }
  }

  /// The big integer a cell means, if it means one.
  func bigint(of cell: Cell) -> CloneBigInt? {
    switch cell.tag {
    case .bigint: return CloneBigInt(wireFormIn: input, at: cell.payload)
    case .slot:
      if case .bigint(let integer) = slots[Int(cell.payload)] { return integer }
      return nil
    default: return nil
    }
  }

  /// The value of a cell; a hole reads as undefined.
  func value(of cell: Cell) -> CloneValue {
    switch cell.tag {
    case nil: return .number(cell.doubleValue)
    case .int32: return .number(Double(cell.int32Value))
    case .nan: return .number(.nan)
    case .constant: return cell.constantValue
    case .receiver: return Receiver(graph: self, index: cell.payload).value
    case .string:
      return .string(CloneString(wireFormIn: input, at: cell.payload))
    case .bigint:
      return .bigint(CloneBigInt(wireFormIn: input, at: cell.payload))
    case .slot:
      switch slots[Int(cell.payload)] {
      case .string(let string): return .string(string)
      case .bigint(let integer): return .bigint(integer)
      case .receiver(let receiver): return receiver.value
      case .vacant: return .undefined
      }
    }
  }

  // MARK: - Values to cells (editable graphs)

  /// Makes a cell for a value, with a new slot if it needs one.
  func makeCell(_ value: CloneValue) -> Cell {
    switch value {
    case .undefined: return .undefined
    case .null: return .null
    case .boolean(let value): return .boolean(value)
    case .number(let value): return .number(value)
    case .string(let string): return .slot(addSlot(.string(string)))
    case .bigint(let integer): return .slot(addSlot(.bigint(integer)))
    default:
      guard let receiver = value.receiver else { return .undefined }
      return makeCell(receiver)
    }
  }

  func makeCell(_ string: CloneString) -> Cell { .slot(addSlot(.string(string))) }

  func makeCell(_ receiver: Receiver) -> Cell {
    if receiver.graph.mayShare || receiver.graph.noteMention() { mayShare = true }
    return .slot(addSlot(.receiver(receiver)))
  }

  /// Frees what a cell refers to and answers the cell for a new value.
  func replaceCell(_ old: Cell, with value: CloneValue) -> Cell {
    releaseCell(old)
    return makeCell(value)
  }

  func releaseCell(_ cell: Cell) {
    guard cell.isSlot else { return }
    slots[Int(cell.payload)] = .vacant(next: vacantSlot)
    vacantSlot = cell.payload
  }

  /// Notes which receiver is out of the graph to be changed, if it is one.
  func noteTaken(_ receiver: Receiver?) { taken = receiver.map { ReceiverMark($0) } }

  /// Puts a receiver back that was taken out of the graph to be changed. Changed in place it is the one that
  /// was mentioned here before; a changed copy is new; any other is a new mention.
  func restoreCell(_ receiver: Receiver) -> Cell {
    let graph = receiver.graph
    let isTaken = taken?.isOf(receiver) ?? false
    let isCopy = taken != nil && graph.original == taken
    taken = nil
    let isShared = graph.noteMention(ofCopy: isCopy)
    if graph.mayShare || (isShared && !isTaken) { mayShare = true }
    return .slot(addSlot(.receiver(receiver)))
  }

  func addSlot(_ slot: Slot) -> UInt32 {
    guard vacantSlot != CloneGraph.noSlot else {
      slots.append(slot)
      return UInt32(slots.count - 1)
    }
    let index = vacantSlot
    if case .vacant(let next) = slots[Int(index)] { vacantSlot = next }
    slots[Int(index)] = slot
    return index
  }

  func resetSlots() {
    slots = []
    vacantSlot = CloneGraph.noSlot
  }

  // MARK: - Sharing

  /// Notes that another graph embeds this one; true if it is embedded already or has a changed copy.
  /// A receiver that is put back `ofCopy` may have an original elsewhere.
  func noteMention(ofCopy: Bool = false) -> Bool {
    let old = mentions.bitwiseOr(1, ordering: .relaxed).oldValue
    return ofCopy ? old & 1 != 0 : old != 0
  }

  /// Notes that a changed copy of one of its receivers exists.
  func noteCopy() { _ = mentions.bitwiseOr(2, ordering: .relaxed) }

  // MARK: - Key indexes

  /// The ordinal of a key among a record's entries, from an index that is made at the first use.
  func ordinal(of key: LookupKey, in record: UInt32) -> UInt32? {
    let indexes = self.indexes.load() ?? self.indexes.storeIfNil(KeyIndexes())
    return indexes.ofRecord.withLock { indexes in
      if let index = indexes[record] { return index.ordinal(of: key, of: record, in: self) }
      let index = KeyIndex(of: record, in: self)
      indexes[record] = index
      return index.ordinal(of: key, of: record, in: self)
    }
  }

  /// Enters the ordinal of a new entry, or of one that has a new key, if its record has an index.
  func noteEntry(_ ordinal: UInt32, key: LookupKey, in record: UInt32) {
    indexes.load()?.ofRecord.withLock {
      $0[record]?.insert(ordinal, key: key, of: record, in: self)
    }
  }

  func dropIndex(of record: UInt32) {
    indexes.load()?.ofRecord.withLock { _ = $0.removeValue(forKey: record) }
  }
}
