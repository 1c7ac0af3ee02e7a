/// A key as the look-up in objects, maps and sets sees it: equal by SameValueZero.
///
/// Index keys of objects are numbers here. Strings and big integers are equal by content, receivers by
/// identity.
enum LookupKey: Hashable {
  case number(UInt64)
  case constant(UInt64)
  case string(CloneString)
  case bigint(CloneBigInt)
  /// Old releases read a zero with a sign, and then tell it from zero.
  case negativeZeroBigInt
  case receiver(ObjectIdentifier, UInt32)

  static func number(_ value: Double) -> LookupKey {
    .number(value.isNaN ? Cell.double(.nan).bits : (value == 0 ? 0 : value.bitPattern))
  }

  static func integer(_ value: CloneBigInt) -> LookupKey {
    value.isNegativeZero ? .negativeZeroBigInt : .bigint(value)
  }

  static func receiver(_ receiver: Receiver) -> LookupKey {
    .receiver(ObjectIdentifier(receiver.graph), receiver.index)
  }

  init(_ cell: Cell, in graph: CloneGraph) {
    if let number = cell.number {
      self = .number(number)
    } else if let string = graph.string(of: cell) {
      self = .string(string)
    } else if let receiver = graph.receiver(of: cell) {
      self = .receiver(receiver)
    } else if let integer = graph.bigint(of: cell) {
      self = .integer(integer)
    } else {
      self = .constant(cell.bits)
    }
  }

  init(_ value: CloneValue) {
    switch value {
    case .undefined: self = .constant(Cell.undefined.bits)
    case .null: self = .constant(Cell.null.bits)
    case .boolean(let value): self = .constant(Cell.boolean(value).bits)
    case .number(let value): self = .number(value)
    case .string(let string): self = .string(string)
    case .bigint(let integer): self = .integer(integer)
    default: self = value.receiver.map { .receiver($0) } ?? .constant(Cell.undefined.bits)
    }
  }

  init(_ key: ClonePropertyKey) {
    switch key.form {
    case .index(let index): self = .number(Double(index))
    case .name(let name): self = .string(name)
    }
  }
}

/// Where each key of an object, map or set stands among its entries.
///
/// Entries that are gone or have another key leave their ordinals behind, which then lead to other keys or to
/// none: what is found is compared, and a table that is full is made anew.
struct KeyIndex: Sendable {
  /// Records with fewer entries are searched one by one.
  static let threshold = 9

  private var ordinals: PositionTable

  init(of index: UInt32, in graph: CloneGraph) {
    let count = graph.records[Int(index)].count
    ordinals = PositionTable(minimumCapacity: Int(count) + Int(count) / 4)
    for ordinal in 0..<count {
      if let key = KeyIndex.key(at: ordinal, of: index, in: graph) {
        ordinals.insert(ordinal, hash: key.hashValue)
      }
    }
  }

  /// The ordinal of a key's entry.
  func ordinal(of key: LookupKey, of index: UInt32, in graph: CloneGraph) -> UInt32? {
    ordinals.find(hash: key.hashValue) { ordinal in
      KeyIndex.key(at: ordinal, of: index, in: graph) == key
    }
  }

  /// Enters the ordinal of a new entry, or of one that has a new key.
  mutating func insert(
    _ ordinal: UInt32, key: LookupKey, of index: UInt32, in graph: CloneGraph
  ) {
    if ordinals.isFull {
      self = KeyIndex(of: index, in: graph)
    } else {
      ordinals.insert(ordinal, hash: key.hashValue)
    }
  }

  private static func key(
    at ordinal: UInt32, of index: UInt32, in graph: CloneGraph
  ) -> LookupKey? {
    let record = graph.records[Int(index)]
    guard ordinal < record.count else { return nil }
    let cell = graph.cells[Int(record.start) + Int(ordinal) * record.stride]
    return cell.isHole ? nil : LookupKey(cell, in: graph)
  }
}
