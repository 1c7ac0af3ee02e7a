/// A frozen graph that was copied from another, with the receiver that the copy began with.
struct GraphCopy {
  let graph: CloneGraph
  /// A record, or the slot of a buffer.
  let root: Cell

  var receiver: Receiver { graph.receiver(of: root) ?? Receiver(graph: graph, index: 0) }

  /// The same content once more, as other objects, of which some buffers are detached.
  ///
  /// - Parameter buffers: the buffers as cells of the graph.
  func twin(detaching buffers: [Cell]) -> GraphCopy {
    var records = graph.records
    var slots = graph.slots
    for index in slots.indices {
      guard case .receiver(let buffer) = slots[index] else { continue }
      let twin = CloneGraph(
        input: buffer.graph.input, cells: buffer.graph.cells, records: buffer.graph.records,
        isEditable: true)
      _ = twin.noteMention()
      slots[index] = .receiver(Receiver(graph: twin, index: 0))
    }
    for cell in buffers {
      if cell.isSlot, case .receiver(let buffer) = slots[Int(cell.payload)] {
        buffer.graph.input = []
        buffer.graph.records[0].detach()
      } else {
        records[Int(cell.payload)].detach()
      }
    }
    let twin = CloneGraph(
      input: graph.input, cells: graph.cells, records: records, slots: slots,
      mayShare: graph.mayShare)
    return GraphCopy(graph: twin, root: root)
  }
}

extension Record {
  /// Takes the content out of a buffer.
  fileprivate mutating func detach() {
    flags.insert(.detached)
    count = 0
    extra = 0
  }
}
