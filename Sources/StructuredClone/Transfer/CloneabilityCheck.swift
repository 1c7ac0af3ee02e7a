/// Finds what cannot be cloned, in the order in which writing would meet it.
struct CloneabilityCheck {
  private struct Visit {
    let receiver: Receiver
    let parent: Int
    let step: ClonePath.Step?
  }

  private var visits: [Visit] = []

  /// - Parameter transferred: buffers that move, which may be detached here: that is reported later.
  static func check(
    _ value: CloneValue, transferred: [LookupKey: Int]
  ) throws(DataCloneError) {
    guard let root = value.receiver else { return }
    var check = CloneabilityCheck()
    var seen: Set<LookupKey> = []
    var pending = [Visit(receiver: root, parent: -1, step: nil)]
    while let visit = pending.popLast() {
      let key = LookupKey.receiver(visit.receiver)
      guard seen.insert(key).inserted else { continue }
      check.visits.append(visit)
      let index = check.visits.count - 1
      try check.check(visit.receiver, isTransferred: transferred[key] != nil)
      for child in visit.receiver.children.reversed() {
        pending.append(Visit(receiver: child.receiver, parent: index, step: child.step))
      }
    }
  }

  /// Checks the receiver that was visited last.
  private func check(_ receiver: Receiver, isTransferred: Bool) throws(DataCloneError) {
    switch receiver.value {
    case .uncloneable(let object): throw refusal(String(object.description))
    case .hostObject(let object): throw refusal("#<\(object.interface)>")
    case .arrayBuffer(let buffer) where buffer.isDetached && !isTransferred:
      throw DataCloneError.detachedBuffer(path: path)
    case .arrayBufferView(let view):
      if case .arrayBuffer(let buffer) = view.buffer, !buffer.isDetached, view.isOutOfBounds {
        throw DataCloneError.outOfBounds(view.kind, path: path)
      }
    default: break
    }
  }

  private func refusal(_ description: String) -> DataCloneError {
    DataCloneError.uncloneable(description, path: path)
  }

  /// The path to the receiver that was visited last.
  private var path: ClonePath {
    var steps: [ClonePath.Step] = []
    var index = visits.count - 1
    while index >= 0 {
      if let step = visits[index].step { steps.append(step) }
      index = visits[index].parent
    }
    return ClonePath(steps.reversed())
  }
}

extension Receiver {
  /// The receivers a receiver contains, in the order in which they are written.
  var children: [(step: ClonePath.Step, receiver: Receiver)] {
    var children: [(step: ClonePath.Step, receiver: Receiver)] = []
    func add(_ cell: Cell, _ step: @autoclosure () -> ClonePath.Step) {
      if let child = graph.receiver(of: cell) { children.append((step(), child)) }
    }
    switch kind {
    case .object:
      for position in entryPositions {
        add(graph.cells[position + 1], .property(graph.propertyKey(of: graph.cells[position])))
      }
    case .map:
      for (index, position) in entryPositions.enumerated() {
        add(graph.cells[position], .mapKey(index))
        add(graph.cells[position + 1], .mapValue(index))
      }
    case .set:
      for (index, position) in entryPositions.enumerated() {
        add(graph.cells[position], .setElement(index))
      }
    case .array:
      for (index, position) in presentElements { add(graph.cells[position], .element(index)) }
      if let properties = namedProperties { children += properties.children }
    case .error: add(cell(CloneErrorObject.Section.cause.rawValue), .section("cause"))
    case .arrayBufferView, .wasmMemory: add(cell(0), .content("buffer"))
    case .hostObject: add(cell(1), .content("payload"))
    case .date, .boxedPrimitive, .regExp, .arrayBuffer, .sharedArrayBuffer, .wasmModule,
      .sharedObject, .uncloneable:
      break
    }
    return children
  }
}
