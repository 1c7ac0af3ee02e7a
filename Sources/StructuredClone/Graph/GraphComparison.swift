/// Compares two values in a loop, with or without their sharing.
///
/// What is kept for it is four bytes for each record of the two graphs, and a pair of places for each container
/// that was met and not yet looked into. Two trees need no table: no receiver is met twice.
struct GraphComparison {
  /// Two receivers whose contents are still to be compared, by the ordinals of their graphs.
  private struct Pair {
    let leftGraph: UInt32
    let left: UInt32
    let rightGraph: UInt32
    let right: UInt32
  }

  /// What receivers of two values may be to each other.
  private enum Correspondence {
    /// Each is met once, so there is nothing to remember.
    case trees
    /// They correspond one to one: both have the number of the pair.
    case sameSharing(count: UInt32)
    /// Both are members of classes.
    case sameContent
  }

  private var correspondence: Correspondence
  private var classes = EqualityClasses()
  private var lefts = ReceiverTable()
  private var rights = ReceiverTable()
  private var pending: [Pair] = []

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
    let areTrees = !left.graph.mayShare && !right.graph.mayShare
    var comparison = GraphComparison(
      correspondence: areTrees ? .trees : sharing ? .sameSharing(count: 0) : .sameContent)
    guard comparison.meet(left, right) else { return false }
    while let pair = comparison.pending.popLast() {
      let left = Receiver(
        graph: comparison.lefts.graphs[Int(pair.leftGraph)], index: pair.left)
      let right = Receiver(
        graph: comparison.rights.graphs[Int(pair.rightGraph)], index: pair.right)
      guard comparison.compareContents(left, right) else { return false }
    }
    return true
  }

  /// `Object.is` for numbers.
  static func isSameNumber(_ left: Double, _ right: Double) -> Bool {
    Cell.double(left) == Cell.double(right)
  }

  private init(correspondence: Correspondence) { self.correspondence = correspondence }

  // MARK: - Receivers that should be equal

  /// Notes that two receivers should be equal; false if they cannot be.
  private mutating func meet(_ left: Receiver, _ right: Receiver) -> Bool {
    let record = left.record
    guard record.kind == right.kind else { return false }
    let isNew: Bool
    switch correspondence {
    case .trees: isNew = true
    case .sameSharing(let count):
      let leftGraph = lefts.ordinal(of: left.graph)
      let rightGraph = rights.ordinal(of: right.graph)
      let known = lefts[leftGraph, left.index]
      let knownRight = rights[rightGraph, right.index]
      if known != nil || knownRight != nil { return known == knownRight }
      lefts.assign(count, graph: leftGraph, record: left.index)
      rights.assign(count, graph: rightGraph, record: right.index)
      correspondence = .sameSharing(count: count + 1)
      isNew = true
    case .sameContent:
      // What is small is compared as quickly as it is found in a table.
      isNew =
        record.kind.isSmallLeaf
        || (!left.isSame(as: right)
          && classes.unite(classID(ofLeft: left), classID(ofRight: right)))
    }
    guard isNew else { return true }
    if record.kind.isLeaf { return compareLeaves(left, right) }
    push(left, right)
    return true
  }

  private mutating func classID(ofLeft receiver: Receiver) -> UInt32 {
    if let known = lefts[receiver] { return known }
    let id = classes.add()
    lefts.assign(id, to: receiver)
    return id
  }

  private mutating func classID(ofRight receiver: Receiver) -> UInt32 {
    if let known = rights[receiver] { return known }
    let id = classes.add()
    rights.assign(id, to: receiver)
    return id
  }

  private mutating func push(_ left: Receiver, _ right: Receiver) {
    pending.append(
      Pair(
        leftGraph: UInt32(lefts.ordinal(of: left.graph)), left: left.index,
        rightGraph: UInt32(rights.ordinal(of: right.graph)), right: right.index))
  }

  // MARK: - Content

  private mutating func compare(
    _ left: Cell, _ leftGraph: CloneGraph, _ right: Cell, _ rightGraph: CloneGraph
  ) -> Bool {
    if let receiver = leftGraph.receiver(of: left) {
      guard let other = rightGraph.receiver(of: right) else { return false }
      return meet(receiver, other)
    }
    return GraphComparison.isSamePrimitive(left, leftGraph, right, rightGraph)
  }

  private static func isSamePrimitive(
    _ left: Cell, _ leftGraph: CloneGraph, _ right: Cell, _ rightGraph: CloneGraph
  ) -> Bool {
    if let number = left.number {
      return right.number.map { isSameNumber(number, $0) } ?? false
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

  private mutating func compareContents(_ left: Receiver, _ right: Receiver) -> Bool {
    let leftRecord = left.record
    let rightRecord = right.record
    switch leftRecord.kind {
    case .object: return compareProperties(left, right)
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
    case .arrayBufferView, .error, .wasmMemory:
      return leftRecord.detail == rightRecord.detail && leftRecord.flags == rightRecord.flags
        && compareCells(left, right)
    case .hostObject: return leftRecord.extra == rightRecord.extra && compareCells(left, right)
    case .date, .boxedPrimitive, .regExp, .arrayBuffer, .sharedArrayBuffer, .wasmModule,
      .sharedObject, .uncloneable:
      return compareLeaves(left, right)
    }
  }

  /// Compares what contains no receivers.
  private func compareLeaves(_ left: Receiver, _ right: Receiver) -> Bool {
    let leftRecord = left.record
    let rightRecord = right.record
    switch leftRecord.kind {
    case .date: return leftRecord.time.bitPattern == rightRecord.time.bitPattern
    case .regExp:
      return leftRecord.extra == rightRecord.extra
        && CloneRegExp(left).escapedSource == CloneRegExp(right).escapedSource
    case .arrayBuffer:
      return leftRecord.flags == rightRecord.flags
        && CloneArrayBuffer(left).maxByteLength == CloneArrayBuffer(right).maxByteLength
        && CloneArrayBuffer(left).bytes == CloneArrayBuffer(right).bytes
    case .uncloneable:
      guard leftRecord.detail == rightRecord.detail, leftRecord.flags == rightRecord.flags else {
        return false
      }
    default: guard leftRecord.extra == rightRecord.extra else { return false }
    }
    return zip(leftRecord.cells, rightRecord.cells).allSatisfy { position, other in
      GraphComparison.isSamePrimitive(
        left.graph.cells[position], left.graph, right.graph.cells[other], right.graph)
    }
  }

  /// Compares properties, which may be in different orders. As long as the orders are the same, no key is
  /// looked up, so that equal objects need no index.
  private mutating func compareProperties(_ left: Receiver, _ right: Receiver) -> Bool {
    guard left.entryCount == right.entryCount else { return false }
    var others = right.storedEntryPositions
    for position in left.storedEntryPositions {
      let key = left.graph.cells[position]
      var other = others.next()
      if let candidate = other,
        !GraphComparison.isSamePrimitive(key, left.graph, right.graph.cells[candidate], right.graph)
      {
        other = right.findEntry(LookupKey(key, in: left.graph))
      }
      guard let other,
        compare(
          left.graph.cells[position + 1], left.graph, right.graph.cells[other + 1], right.graph)
      else { return false }
    }
    return true
  }

  private mutating func compareArrays(_ left: Receiver, _ right: Receiver) -> Bool {
    guard left.arrayLength == right.arrayLength else { return false }
    var others = right.presentElements
    for (index, position) in left.presentElements {
      guard let other = others.next(), other.index == index,
        compare(
          left.graph.cells[position], left.graph, right.graph.cells[other.position], right.graph)
      else { return false }
    }
    guard others.next() == nil else { return false }
    switch (left.namedProperties, right.namedProperties) {
    case (nil, nil): return true
    case (let left?, let right?):
      // They are no objects of the value, so nothing else can be the same object.
      push(left, right)
      return true
    case (let one?, nil), (nil, let one?): return one.entryCount == 0
    }
  }
}

extension Record.Kind {
  /// Whether nothing of the kind contains a receiver.
  fileprivate var isLeaf: Bool {
    switch self {
    case .object, .array, .map, .set, .error, .arrayBufferView, .hostObject, .wasmMemory: false
    case .date, .boxedPrimitive, .regExp, .arrayBuffer, .sharedArrayBuffer, .wasmModule,
      .sharedObject, .uncloneable:
      true
    }
  }

  /// Whether everything of the kind is compared in constant time.
  fileprivate var isSmallLeaf: Bool {
    self == .date || self == .wasmModule || self == .sharedObject || self == .sharedArrayBuffer
  }
}
