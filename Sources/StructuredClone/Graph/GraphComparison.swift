/// Compares two values in a loop, with or without their sharing.
struct GraphComparison {
  private enum Correspondence {
    /// Receivers correspond one to one.
    case sameSharing(left: [LookupKey: LookupKey], right: [LookupKey: LookupKey])
    /// Receivers found equal so far (or assumed to be, on a cycle) form classes: union-find.
    case sameContent(parents: [LookupKey: LookupKey])
  }

  private var correspondence: Correspondence
  private var pending: [(left: Receiver, right: Receiver)] = []

  /// Whether two values have the same content, and the same sharing if that counts.
  static func areEqual(_ left: CloneValue, _ right: CloneValue, sharing: Bool) -> Bool {
    switch (left, right) {
    case (.undefined, .undefined), (.null, .null): return true
    case (.boolean(let left), .boolean(let right)): return left == right
    case (.number(let left), .number(let right)): return isSameNumber(left, right)
    case (.bigint(let left), .bigint(let right)): return left == right
    case (.string(let left), .string(let right)): return left == right
    default: break
    }
    guard let left = left.receiver, let right = right.receiver else { return false }
    if left.isSame(as: right) { return true }
    var comparison = GraphComparison(
      correspondence: sharing
        ? .sameSharing(left: [:], right: [:]) : .sameContent(parents: [:]))
    guard comparison.meet(left, right) else { return false }
    while let (left, right) = comparison.pending.popLast() {
      guard comparison.compare(left, right) else { return false }
    }
    return true
  }

  /// `Object.is` for numbers.
  static func isSameNumber(_ left: Double, _ right: Double) -> Bool {
    Cell.double(left) == Cell.double(right)
  }

  private init(correspondence: Correspondence) { self.correspondence = correspondence }

  /// Notes that two receivers should be equal; false if that contradicts what was noted before.
  private mutating func meet(_ left: Receiver, _ right: Receiver) -> Bool {
    guard left.kind == right.kind else { return false }
    let leftKey = LookupKey.receiver(left)
    let rightKey = LookupKey.receiver(right)
    switch correspondence {
    case .sameSharing(var lefts, var rights):
      // The payload is moved out, so that the dictionaries are not copied.
      correspondence = .sameContent(parents: [:])
      defer { correspondence = .sameSharing(left: lefts, right: rights) }
      let known = lefts[leftKey]
      let knownRight = rights[rightKey]
      if known != nil || knownRight != nil { return known == rightKey && knownRight == leftKey }
      lefts[leftKey] = rightKey
      rights[rightKey] = leftKey
    case .sameContent(var parents):
      correspondence = .sameContent(parents: [:])
      defer { correspondence = .sameContent(parents: parents) }
      let leftRoot = GraphComparison.root(of: leftKey, in: &parents)
      let rightRoot = GraphComparison.root(of: rightKey, in: &parents)
      if leftRoot == rightRoot { return true }
      parents[leftRoot] = rightRoot
    }
    pending.append((left, right))
    return true
  }

  private static func root(of key: LookupKey, in parents: inout [LookupKey: LookupKey]) -> LookupKey
  {
    var key = key
    while let parent = parents[key] {
      if let grandparent = parents[parent] { parents[key] = grandparent }
      key = parent
    }
    return key
  }

  private mutating func compare(
    _ left: Cell, _ leftGraph: CloneGraph, _ right: Cell, _ rightGraph: CloneGraph
  ) -> Bool {
    if let number = left.number {
      return right.number.map { GraphComparison.isSameNumber(number, $0) } ?? false
    }
    if let receiver = leftGraph.receiver(of: left) {
      guard let other = rightGraph.receiver(of: right) else { return false }
      return meet(receiver, other)
    }
    if let string = leftGraph.string(of: left) { return string == rightGraph.string(of: right) }
    if let integer = leftGraph.bigint(of: left) { return integer == rightGraph.bigint(of: right) }
    return left == right
  }

  private mutating func compareCells(_ left: Receiver, _ right: Receiver) -> Bool {
    for (leftPosition, rightPosition) in zip(left.record.cells, right.record.cells) {
      guard
        compare(
          left.graph.cells[leftPosition], left.graph, right.graph.cells[rightPosition], right.graph)
      else { return false }
    }
    return true
  }

  private mutating func compare(_ left: Receiver, _ right: Receiver) -> Bool {
    let leftRecord = left.record
    let rightRecord = right.record
    switch leftRecord.kind {
    case .object:
      guard left.entryCount == right.entryCount else { return false }
      for position in left.entryPositions {
        let key = LookupKey(left.graph.cells[position], in: left.graph)
        guard let other = right.findEntry(key),
          compare(
            left.graph.cells[position + 1], left.graph, right.graph.cells[other + 1], right.graph)
        else { return false }
      }
      return true
    case .map, .set:
      guard left.entryCount == right.entryCount else { return false }
      for (position, other) in zip(left.entryPositions, right.entryPositions) {
        for offset in 0..<leftRecord.stride {
          guard
            compare(
              left.graph.cells[position + offset], left.graph, right.graph.cells[other + offset],
              right.graph)
          else { return false }
        }
      }
      return true
    case .array: return compareArrays(left, right)
    case .regExp:
      return leftRecord.extra == rightRecord.extra
        && CloneRegExp(left).escapedSource == CloneRegExp(right).escapedSource
    case .arrayBuffer:
      return leftRecord.flags == rightRecord.flags
        && CloneArrayBuffer(left).maxByteLength == CloneArrayBuffer(right).maxByteLength
        && CloneArrayBuffer(left).bytes == CloneArrayBuffer(right).bytes
    case .arrayBufferView:
      return leftRecord.detail == rightRecord.detail && leftRecord.flags == rightRecord.flags
        && compareCells(left, right)
    case .error, .uncloneable, .wasmMemory:
      return leftRecord.detail == rightRecord.detail && leftRecord.flags == rightRecord.flags
        && compareCells(left, right)
    case .date, .boxedPrimitive, .hostObject, .sharedArrayBuffer, .wasmModule, .sharedObject:
      return leftRecord.extra == rightRecord.extra && compareCells(left, right)
    }
  }

  private mutating func compareArrays(_ left: Receiver, _ right: Receiver) -> Bool {
    guard left.arrayLength == right.arrayLength else { return false }
    let leftElements = left.presentElements
    guard leftElements.count == right.presentElements.count else { return false }
    for (index, position) in leftElements {
      guard let other = right.elementPosition(index),
        compare(left.graph.cells[position], left.graph, right.graph.cells[other], right.graph)
      else { return false }
    }
    switch (left.namedProperties, right.namedProperties) {
    case (nil, nil): return true
    case (let left?, let right?):
      // They are no objects of the value, so nothing else can be the same object.
      pending.append((left, right))
      return true
    case (let one?, nil), (nil, let one?): return one.entryCount == 0
    }
  }
}

extension Receiver {
  /// Index and cell position of each element that is no hole, ascending.
  var presentElements: [(index: Int, position: Int)] {
    let record = self.record
    var elements: [(index: Int, position: Int)] = []
    elements.reserveCapacity(Int(record.count))
    for offset in 0..<Int(record.count) {
      if record.flags.contains(.pairs) {
        let position = Int(record.start) + 1 + 2 * offset
        if !graph.cells[position + 1].isHole {
          elements.append((Int(graph.cells[position].number ?? 0), position + 1))
        }
      } else {
        let position = Int(record.start) + 1 + offset
        if !graph.cells[position].isHole { elements.append((offset, position)) }
      }
    }
    return elements
  }
}
