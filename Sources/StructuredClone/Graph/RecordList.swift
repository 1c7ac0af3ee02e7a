/// The records of a graph. A single one, which every graph that was built has, takes no memory of its own: that
/// would be asked for with each object and array (Documentation/Performance.md).
struct RecordList: Sendable {
  private enum Storage: Sendable {
    case none
    case one(Record)
    case many([Record])
  }

  private var storage: Storage

  /// No record.
  static let none = RecordList(storage: .none)

  private init(storage: Storage) { self.storage = storage }

  /// A single record.
  init(_ record: Record) { storage = .one(record) }

  /// Those of an array, which is kept unless there is just one.
  init(_ records: [Record]) { storage = records.count == 1 ? .one(records[0]) : .many(records) }

  /// A copy of those in a room.
  @inline(__always)
  init(copying room: FastPath.Room<Record>) {
    storage = room.count == 1 ? .one(room[0]) : .many(room.copy())
  }

  var count: Int {
    switch storage {
    case .none: 0
    case .one: 1
    case .many(let records): records.count
    }
  }

  /// The only record, if there is just one.
  @inline(__always)
  var only: Record? {
    if case .one(let record) = storage { record } else { nil }
  }

  /// The records as addresses, unless there is only one: they hold as long as the list is kept and not changed.
  @inline(__always)
  var access: UnsafeBufferPointer<Record> {
    guard case .many(let records) = storage else {
      return unsafe UnsafeBufferPointer(start: nil, count: 0)
    }
    return unsafe records.withUnsafeBufferPointer { unsafe $0 }
  }

  @inline(__always)
  subscript(position: Int) -> Record {
    get {
      switch storage {
      case .one(let record):
        precondition(position == 0)
        return record
      case .many(let records): return records[position]
      case .none: preconditionFailure("a graph without records has no receiver")
      }
    }
    set {
      switch storage {
      case .one:
        precondition(position == 0)
        storage = .one(newValue)
      case .many(var records):
        // Not held twice while it is changed.
        storage = .none
        records[position] = newValue
        storage = .many(records)
      case .none: preconditionFailure("a graph without records has no receiver")
      }
    }
  }

  mutating func append(_ record: Record) {
    switch storage {
    case .none: storage = .one(record)
    case .one(let first): storage = .many([first, record])
    case .many(var records):
      storage = .none
      // A growing array holds both sizes for a moment, so it grows by a half and not to its double.
      if records.count == records.capacity {
        records.reserveCapacity(records.count + records.count / 2)
      }
      records.append(record)
      storage = .many(records)
    }
  }
}
