/// What the bytes of a payload show and a value does not, for forms that keep it.

/// How a number travels.
package enum NumberForm: Hashable, Sendable {
  /// As an integer of 32 bits.
  case integer(Int32)
  /// As a double.
  case double(Double)
  /// As a NaN that is not the usual one, by its bits.
  case nan(UInt64)
}

extension CloneGraph {
  /// How the number of a cell travels; `nil` if the cell is none.
  fileprivate func numberForm(of cell: Cell) -> NumberForm? {
    if cell.isInt32 { return .integer(cell.int32Value) }
    if cell.isDouble { return .double(cell.doubleValue) }
    guard cell.tag == .nan else { return nil }
    var bits: UInt64 = 0
    for offset in 0..<8 {
      bits |= UInt64(input[Int(cell.payload) + offset]) << UInt64(8 * offset)
    }
    return .nan(bits)
  }
}

extension ContentWalk.Item {
  /// How the value travels if it is a number.
  package var numberForm: NumberForm? { graph.numberForm(of: cell) }
  /// How the key of a property or the index of an element travels, if it is an index and stored.
  package var keyForm: NumberForm? { graph.numberForm(of: keyCell) }
}

extension Receiver {
  /// The keys of an object in the order in which engines list them, each with how it travels if it is an index.
  package var keyForms: some Sequence<(key: ClonePropertyKey, form: NumberForm?)> {
    let graph = graph
    return entryPositions.lazy.map { position in
      let cell = graph.cells[position]
      return (graph.propertyKey(of: cell), graph.numberForm(of: cell))
    }
  }

  /// Whether the keys of an object travel as their text alone tells: indices as integers if they have 32 bits, names in as
  /// few bytes as they need.
  package var hasUsualKeys: Bool {
    keyForms.allSatisfy { key, form in
      form?.isUsual ?? !key.name.isNeedlesslyTwoByte
    }
  }
}

extension NumberForm {
  /// Whether the number travels as its value alone tells.
  fileprivate var isUsual: Bool {
    switch self {
    case .integer: true
    case .double(let number): Cell.number(number) == .double(number)
    case .nan: false
    }
  }
}

extension CloneArray {
  /// The named properties as they are, not a copy; `nil` if there are none.
  package var propertiesReceiver: Receiver? { receiver.namedProperties }

  /// Whether the indices of a sparse array travel as their values alone tell.
  package var hasUsualIndices: Bool {
    let record = receiver.record
    guard record.flags.contains(.pairs) else { return true }
    return stride(from: 1, to: record.cellCount, by: 2).allSatisfy {
      receiver.graph.numberForm(of: receiver.cell($0))?.isUsual ?? true
    }
  }
}

extension CloneBoxedPrimitive {
  /// How the primitive travels if it is a number.
  package var numberForm: NumberForm? { receiver.graph.numberForm(of: receiver.cell(0)) }
}

extension CloneArrayBufferView {
  /// The length that the view has while its buffer is long enough; 0 if it tracks that.
  package var declaredByteLength: Int { Int(receiver.cell(2).number ?? 0) }
  /// The flags that stood in the payload, without those that view and buffer tell.
  package var unusualWireFlags: UInt32 {
    var told: UInt32 = isLengthTracking ? 1 : 0
    if case .arrayBuffer(let buffer) = buffer, buffer.isResizable { told |= 2 }
    return receiver.record.extra & ~told
  }
}

extension CloneString {
  /// Calls a function with the stored bytes, one or two for each unit.
  @inline(__always)
  package func withStoredBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    // The pointer does not leave the closure.
    unsafe content.withBytes { unsafe body($0) }
  }

  /// Whether a string that is stored in two bytes a unit needs only one.
  package var isNeedlesslyTwoByte: Bool { isTwoByte && isLatin1 }
}

extension CloneValue {
  /// The layout of the payload that an object was decoded from and is still that of.
  package var format: CloneFormat? { receiver?.graph.origin }
}

extension ClonePayload {
  /// How the value travels if it is a number.
  package var rootForm: NumberForm? {
    guard case .number(let number) = value else { return nil }
    guard let rootDouble, isNumber(number, writtenAs: rootDouble) else {
      return Cell.number(number).isInt32 ? .integer(Int32(number)) : .double(number)
    }
    guard number.isNaN else { return .double(number) }
    var bits: UInt64 = 0
    for byte in rootDouble.reversed() { bits = bits << 8 | UInt64(byte) }
    return bits == Cell.double(.nan).bits ? .double(number) : .nan(bits)
  }
}
