extension CloneValue: Hashable {
  /// Whether two values have the same content and the same sharing.
  ///
  /// Receivers must correspond one to one. Numbers, dates and boxed numbers are compared by `Object.is`
  /// (NaN equals NaN, 0 differs from −0), strings by code units, properties of objects in any order, array
  /// elements and entries of maps and sets in order; a hole differs from `undefined`. How values travelled
  /// does not count.
  ///
  /// - Complexity: linear in the value; no recursion.
  public static func == (left: CloneValue, right: CloneValue) -> Bool {
    GraphComparison.areEqual(left, right, sharing: true)
  }

  /// Whether two values have the same content, whatever they share: `[a, a]` equals `[a, b]` if `a` and `b`
  /// do. Ends on cycles.
  ///
  /// - Complexity: nearly linear in the value; no recursion.
  public func isContentEqual(to other: CloneValue) -> Bool {
    GraphComparison.areEqual(self, other, sharing: false)
  }

  /// Hashes a bounded part of the value, in agreement with `==`.
  public func hash(into hasher: inout Hasher) {
    switch self {
    case .undefined: hasher.combine(0)
    case .null: hasher.combine(1)
    case .boolean(let value): hasher.combine(value)
    case .number(let number): hasher.combine(Cell.double(number).bits)
    case .bigint(let integer): hasher.combine(integer)
    case .string(let string): hasher.combine(string)
    default: receiver?.hashShallowly(into: &hasher)
    }
  }
}

extension Receiver {
  /// How many entries and elements a hash looks at.
  private static let hashedItems = 16

  fileprivate func hashShallowly(into hasher: inout Hasher) {
    let record = self.record
    hasher.combine(record.kind)
    switch record.kind {
    case .object:
      hasher.combine(entryCount)
      guard entryCount <= Receiver.hashedItems else { return }
      // Properties are equal in any order.
      var sum = 0
      for position in entryPositions {
        var item = Hasher()
        item.combine(LookupKey(graph.cells[position], in: graph))
        hash(graph.cells[position + 1], into: &item)
        sum ^= item.finalize()
      }
      hasher.combine(sum)
    case .map, .set:
      hasher.combine(entryCount)
      guard entryCount <= Receiver.hashedItems else { return }
      for position in entryPositions {
        for offset in 0..<record.stride { hash(graph.cells[position + offset], into: &hasher) }
      }
    case .array:
      hasher.combine(arrayLength)
      for index in 0..<min(arrayLength, Receiver.hashedItems) {
        if let position = elementPosition(index) { hash(graph.cells[position], into: &hasher) }
      }
    case .arrayBuffer:
      hasher.combine(record.count)
      for byte in CloneArrayBuffer(self).bytes.prefix(Receiver.hashedItems) { hasher.combine(byte) }
    case .date: hasher.combine(record.time.bitPattern)
    case .regExp: hasher.combine(record.extra)
    case .arrayBufferView, .error, .uncloneable:
      hasher.combine(record.detail)
      for position in record.cells { hash(graph.cells[position], into: &hasher) }
    default:
      for position in record.cells { hash(graph.cells[position], into: &hasher) }
    }
  }

  /// A receiver counts by its kind alone.
  private func hash(_ cell: Cell, into hasher: inout Hasher) {
    if let receiver = graph.receiver(of: cell) {
      hasher.combine(receiver.kind)
    } else if let number = cell.number {
      hasher.combine(Cell.double(number).bits)
    } else if let integer = graph.bigint(of: cell) {
      // Zero with a sign is another key, but an equal value.
      hasher.combine(integer)
    } else {
      hasher.combine(LookupKey(cell, in: graph))
    }
  }
}
