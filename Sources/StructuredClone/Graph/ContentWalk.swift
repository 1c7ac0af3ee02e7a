/// A walk through the contents of receivers: which are open, and which item comes next in the innermost.
///
/// The memory is a small frame for each open receiver, never anything for each item; only an object whose index
/// keys are not stored in their order has a list of them meanwhile. A frame has to be small because a level
/// takes as little as one byte of a payload.
package struct ContentWalk {
  /// What stands at one place in a receiver.
  package struct Item {
    package enum Place {
      /// A property of an object, or a named property of an array.
      case property
      case element(Int)
      /// A run of holes, so many.
      case holes(Int)
      case mapKey(Int)
      case mapValue(Int)
      case setElement(Int)
      /// The cause of an error.
      case cause
      /// The buffer of a view or a memory.
      case buffer
      /// The payload of a host object.
      case payload
    }

    package let place: Place
    /// The key of a property, or the index of an element that is stored with it.
    var keyCell = Cell.undefined
    let cell: Cell
    let graph: CloneGraph

    /// The receiver, unless the item is a primitive.
    package var receiver: Receiver? { graph.receiver(of: cell) }
    /// The value; `undefined` for holes.
    package var value: CloneValue { graph.value(of: cell) }
    /// The key of a property.
    package var key: ClonePropertyKey? {
      if case .property = place { return graph.propertyKey(of: keyCell) }
      return nil
    }
  }

  private struct Frame {
    /// The graph by its ordinal in the table.
    let graph: UInt32
    let record: UInt32
    /// The next entry, element, pair or index key.
    var next: UInt32 = 0
    /// How many entries were listed; in an array, the index behind the last element that was.
    var listed: UInt32 = 0
    var state: State = []
  }

  private struct State: OptionSet {
    let rawValue: UInt8
    /// An item was listed.
    static let hasItem = State(rawValue: 1)
    /// An item was listed that is no run of holes.
    static let hasValue = State(rawValue: 32)
    /// The key of a map was listed, and its value was not.
    static let isBehindKey = State(rawValue: 2)
    /// The elements of an array were listed, and now its named properties are.
    static let isInProperties = State(rawValue: 4)
    /// The object is unordered: the first of `orders` is its own.
    static let hasOrder = State(rawValue: 8)
    /// The rest is left out.
    static let isEnded = State(rawValue: 64)
    /// The index keys of an unordered object were listed, and now its names are.
    static let isInNames = State(rawValue: 16)
  }

  /// Numbers of receivers: the walk takes the graphs from it, its user the numbers.
  package var table = ReceiverTable()
  private var frames: [Frame] = []
  /// The index keys of the unordered objects that are open.
  private var orders: [[UInt32]] = []

  package init() {}

  // MARK: - Opening and closing

  /// How many receivers are open.
  package var depth: Int { frames.count }

  /// The innermost receiver that is open.
  package var current: Receiver? { frames.last.map { receiver($0) } }

  private func receiver(_ frame: Frame) -> Receiver {
    Receiver(graph: table.graphs[Int(frame.graph)], index: frame.record)
  }

  /// Begins the contents of a receiver.
  package mutating func open(_ receiver: Receiver) {
    // A growing array holds both sizes for a moment, so it grows by a half and not to its double.
    if frames.count == frames.capacity { frames.reserveCapacity(frames.count + frames.count / 2) }
    frames.append(
      Frame(graph: UInt32(table.ordinal(of: receiver.graph)), record: receiver.index))
    if receiver.kind == .object {
      frames[frames.count - 1].state = beginProperties(of: receiver)
    }
  }

  /// Ends the innermost receiver, whether all of it was listed or not.
  package mutating func close() {
    guard let frame = frames.popLast() else { return }
    if frame.state.contains(.hasOrder) { orders.removeLast() }
  }

  private mutating func beginProperties(of object: Receiver) -> State {
    guard object.record.flags.contains(.unordered) else { return [] }
    orders.append(object.sortedIndexKeys)
    return .hasOrder
  }

  // MARK: - Items

  /// Whether an item of the innermost receiver was listed.
  package var hasListed: Bool { frames.last?.state.contains(.hasItem) ?? false }

  /// Whether an item of the innermost receiver was listed that is no run of holes.
  package var hasListedValue: Bool { frames.last?.state.contains(.hasValue) ?? false }

  /// The next item of the innermost receiver; `nil` if there is none.
  package mutating func next() -> Item? {
    guard let top = frames.indices.last, !frames[top].state.contains(.isEnded) else { return nil }
    var frame = frames[top]
    let receiver = receiver(frame)
    var item = nextItem(of: receiver, &frame)
    if item == nil, receiver.kind == .array, !frame.state.contains(.isInProperties) {
      frame.state.insert(.isInProperties)
      frame.next = 0
      if let properties = receiver.namedProperties {
        frame.state.formUnion(beginProperties(of: properties))
        item = nextProperty(of: properties, &frame)
      }
    }
    if let item {
      frame.state.insert(.hasItem)
      if !item.cell.isHole { frame.state.insert(.hasValue) }
    }
    frames[top] = frame
    return item
  }

  private func nextItem(of receiver: Receiver, _ frame: inout Frame) -> Item? {
    switch receiver.kind {
    case .object: nextProperty(of: receiver, &frame)
    case .array:
      frame.state.contains(.isInProperties)
        ? receiver.namedProperties.flatMap { nextProperty(of: $0, &frame) }
        : nextElement(of: receiver, &frame)
    case .map, .set: nextEntry(of: receiver, &frame)
    case .error: only(.cause, of: receiver, CloneErrorObject.Section.cause.rawValue, &frame)
    case .arrayBufferView, .wasmMemory: only(.buffer, of: receiver, 0, &frame)
    case .hostObject: only(.payload, of: receiver, 1, &frame)
    case .date, .boxedPrimitive, .regExp, .arrayBuffer, .sharedArrayBuffer, .wasmModule,
      .sharedObject, .uncloneable:
      nil
    }
  }

  private func only(
    _ place: Item.Place, of receiver: Receiver, _ position: Int, _ frame: inout Frame
  ) -> Item? {
    let cell = receiver.cell(position)
    guard frame.next == 0, !cell.isHole else { return nil }
    frame.next = 1
    return Item(place: place, cell: cell, graph: receiver.graph)
  }

  private func nextProperty(of object: Receiver, _ frame: inout Frame) -> Item? {
    let record = object.record
    let graph = object.graph
    func item(_ entry: UInt32) -> Item {
      let position = Int(record.start) + 2 * Int(entry)
      return Item(
        place: .property, keyCell: graph.cells[position], cell: graph.cells[position + 1],
        graph: graph)
    }
    let isOrdered = !frame.state.contains(.hasOrder)
    if !isOrdered, !frame.state.contains(.isInNames), let order = orders.last {
      if Int(frame.next) < order.count {
        defer { frame.next += 1 }
        return item(order[Int(frame.next)])
      }
      frame.state.insert(.isInNames)
      frame.next = 0
    }
    while frame.next < record.count {
      let entry = frame.next
      frame.next += 1
      let key = graph.cells[Int(record.start) + 2 * Int(entry)]
      if !key.isHole, isOrdered || key.number == nil { return item(entry) }
    }
    return nil
  }

  private func nextEntry(of receiver: Receiver, _ frame: inout Frame) -> Item? {
    let record = receiver.record
    let graph = receiver.graph
    while frame.next < record.count {
      let position = Int(record.start) + record.stride * Int(frame.next)
      let number = Int(frame.listed)
      let key = graph.cells[position]
      if frame.state.contains(.isBehindKey) {
        frame.state.remove(.isBehindKey)
        frame.next += 1
        frame.listed += 1
        return Item(place: .mapValue(number), cell: graph.cells[position + 1], graph: graph)
      }
      if !key.isHole, record.kind == .map {
        frame.state.insert(.isBehindKey)
        return Item(place: .mapKey(number), cell: key, graph: graph)
      }
      frame.next += 1
      if !key.isHole {
        frame.listed += 1
        return Item(place: .setElement(number), cell: key, graph: graph)
      }
    }
    return nil
  }

  private func nextElement(of array: Receiver, _ frame: inout Frame) -> Item? {
    let record = array.record
    let graph = array.graph
    let start = Int(record.start) + 1
    let isPairs = record.flags.contains(.pairs)
    while frame.next < record.count {
      let next = Int(frame.next)
      let cell = graph.cells[isPairs ? start + 2 * next + 1 : start + next]
      if cell.isHole {
        frame.next += 1
        continue
      }
      let index = isPairs ? Int(graph.cells[start + 2 * next].number ?? 0) : next
      if index > Int(frame.listed) { return holes(upTo: index, &frame, graph) }
      frame.next += 1
      frame.listed = UInt32(index + 1)
      return Item(
        place: .element(index), keyCell: isPairs ? graph.cells[start + 2 * next] : .undefined,
        cell: cell, graph: graph)
    }
    let length = array.arrayLength
    return length > Int(frame.listed) ? holes(upTo: length, &frame, graph) : nil
  }

  /// A run of holes is one item, however long.
  private func holes(upTo index: Int, _ frame: inout Frame, _ graph: CloneGraph) -> Item {
    let count = index - Int(frame.listed)
    frame.listed = UInt32(index)
    return Item(place: .holes(count), cell: .hole, graph: graph)
  }

  /// Leaves out the elements or entries of the innermost receiver that were not listed yet; answers how many
  /// those are. Of an array the named properties remain. A value whose key was listed is not left out.
  package mutating func skipEntries() -> Int {
    guard let top = frames.indices.last, !frames[top].state.contains(.isBehindKey) else { return 0 }
    let receiver = receiver(frames[top])
    let count: Int
    switch receiver.kind {
    case .array where !frames[top].state.contains(.isInProperties): count = receiver.arrayLength
    case .map, .set: count = receiver.entryCount
    default: return 0
    }
    let listed = Int(frames[top].listed)
    frames[top].next = receiver.record.count
    frames[top].listed = UInt32(count)
    return count - listed
  }

  /// Leaves out all of the innermost receiver that was not listed yet.
  package mutating func skipContents() {
    guard let top = frames.indices.last else { return }
    frames[top].state.insert(.isEnded)
  }

  // MARK: - Paths

  /// The path to the item that was listed last in the innermost receiver. Asked for rarely, it walks the
  /// receivers that are open once more instead of keeping a step for each.
  package var path: ClonePath { path(through: frames.count) }

  /// The path to the innermost receiver.
  package var pathToCurrent: ClonePath { path(through: max(0, frames.count - 1)) }

  private func path(through count: Int) -> ClonePath {
    var ordersBefore = 0
    var orderOf: [Int: Int] = [:]
    for (position, frame) in frames.enumerated() where frame.state.contains(.hasOrder) {
      orderOf[position] = ordersBefore
      ordersBefore += 1
    }
    return ClonePath(count: count) { position in
      lastStep(frames[position], order: orderOf[position].map { orders[$0] })
    }
  }

  private func lastStep(_ frame: Frame, order: [UInt32]?) -> ClonePath.Step {
    let receiver = receiver(frame)
    let last = max(0, Int(frame.next) - 1)
    switch receiver.kind {
    case .array where !frame.state.contains(.isInProperties):
      return .element(max(0, Int(frame.listed) - 1))
    case .object, .array:
      let object = receiver.kind == .array ? receiver.namedProperties ?? receiver : receiver
      var entry = last
      if let order, !frame.state.contains(.isInNames), last < order.count {
        entry = Int(order[last])
      }
      return .property(
        object.graph.propertyKey(of: object.graph.cells[Int(object.record.start) + 2 * entry]))
    case .map:
      return frame.state.contains(.isBehindKey)
        ? .mapKey(Int(frame.listed)) : .mapValue(max(0, Int(frame.listed) - 1))
    case .set: return .setElement(max(0, Int(frame.listed) - 1))
    case .error: return .section("cause")
    case .hostObject: return .content("payload")
    default: return .content("buffer")
    }
  }
}
