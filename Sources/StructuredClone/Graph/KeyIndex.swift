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
struct KeyIndex: Sendable {
  /// Records with fewer entries are searched one by one.
  static let threshold = 9

  private var ordinals: [LookupKey: UInt32] = [:]

  init() {}

  init(of index: UInt32, in graph: CloneGraph) {
    let record = graph.records[Int(index)]
    ordinals.reserveCapacity(Int(record.count))
    for ordinal in 0..<record.count {
      let cell = graph.cells[Int(record.start) + Int(ordinal) * record.stride]
      if !cell.isHole { ordinals[LookupKey(cell, in: graph)] = ordinal }
    }
  }

  subscript(key: LookupKey) -> UInt32? {
    get { ordinals[key] }
    set { ordinals[key] = newValue }
  }
}
