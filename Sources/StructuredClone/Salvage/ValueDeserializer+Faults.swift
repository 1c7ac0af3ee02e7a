/// Faults whose extent is known: without a list of them they are thrown, else something stands in their place and reading goes
/// on behind them.
extension ValueDeserializer {
  /// Passes over an item that is wrong.
  ///
  /// - Parameters:
  ///   - length: how many bytes are left of it.
  ///   - id: the id that it has.
  ///   - takesID: whether it is given one.
  /// - Returns: what stands in its place.
  /// - Throws: the error.
  mutating func fault(
    _ error: CloneDecodingError, endingIn length: UInt64 = 0, id: UInt32? = nil,
    takesID: Bool = false
  ) throws(CloneDecodingError) -> Cell {
    guard faults != nil else { throw error }
    wire.position += Int(min(length, UInt64(wire.remaining)))
    let record = try addFault(error, from: error.offset)
    if let id = takesID ? takeID() : id { register(record, as: id) }
    return .receiver(record)
  }

  /// Ends the innermost container, of which nothing can be made with its content. If that is a fault, it stands for both.
  mutating func closeFault(
    _ frame: Frame, content: Cell, _ error: CloneDecodingError
  ) throws(CloneDecodingError) -> Cell {
    guard faults != nil else { throw error }
    var record = content.payload
    if !isFault(content) { record = try addFault(error, from: frame.offset) }
    register(record, as: frame.id)
    _ = close(frame)
    return .receiver(record)
  }

  /// Whether a cell stands in the place of something that could not be read.
  func isFault(_ cell: Cell) -> Bool {
    guard faults != nil, cell.isReceiver else { return false }
    return records[Int(cell.payload)].kind == .uncloneable
  }

  /// Notes a fault that leaves nothing out.
  mutating func noteFault(_ error: CloneDecodingError) throws(CloneDecodingError) {
    guard faults?.isFull == false else { throw error }
    note(error, bytes: wire.position..<wire.position)
  }

  /// A name for a property that has none of its own.
  mutating func faultKey(_ error: CloneDecodingError) throws(CloneDecodingError) -> Cell {
    try noteFault(error)
    return addString(CloneString("fault at \(error.offset)"))
  }

  /// Notes a fault and adds what stands in its place.
  private mutating func addFault(
    _ error: CloneDecodingError, from start: Int
  ) throws(CloneDecodingError) -> UInt32 {
    guard faults?.isFull == false else { throw error }
    return addLastFault(error, from: start)
  }

  /// The same, whatever the number of faults.
  mutating func addLastFault(_ error: CloneDecodingError, from start: Int) -> UInt32 {
    let text = addString(CloneString("fault at \(error.offset)"))
    let record = addRecord(
      Record(kind: .uncloneable, detail: UInt16(CloneUncloneable.Kind.fault.rawValue), start: 0),
      cells: [text])
    note(error, bytes: min(start, wire.position)..<wire.position, record: record)
    return record
  }

  /// Notes a fault with the path to what is being read.
  private mutating func note(
    _ error: CloneDecodingError, bytes: Range<Int>, record: UInt32? = nil
  ) {
    let located = CloneDecodingError(
      error.reason, offset: error.offset, tag: error.tag,
      path: path(longestEnd: FaultList.longestPathEnd), message: error.ownMessage)
    faults?.append(FaultList.Item(error: located, bytes: bytes, record: record))
  }
}
