/// The writing loop: one step writes an item of the innermost container and may open another.
extension ValueSerializer {
  // MARK: - Primitives

  /// A number cell: `I` for a small integer, else `N`.
  mutating func writeNumber(_ cell: Cell) {
    if cell.isInt32,
      profile.smallIntegerBits == 32
        || CloneProfile.isSmallInteger(Double(cell.int32Value), bits: profile.smallIntegerBits)
    {
      output.append(WireTag.int32)
      WireWriter.append(zigZag: cell.int32Value, to: &output)
    } else {
      output.append(WireTag.double)
      WireWriter.append(
        bits: cell.isInt32 ? Double(cell.int32Value).bitPattern : cell.bits, to: &output)
    }
  }

  /// A NaN with the bits it was read with.
  mutating func writeNaN(_ cell: Cell, of graph: CloneGraph) {
    if isFaithful {
      output.append(contentsOf: graph.input[Int(cell.payload)..<(Int(cell.payload) + 8)])
    } else {
      WireWriter.append(.nan, to: &output)
    }
  }

  mutating func writeBigInt(_ integer: CloneBigInt, tag: UInt8) throws(DataCloneError) {
    guard integer.count <= CloneBigInt.longest else {
      throw DataCloneError(.tooLong, message: "Maximum BigInt size exceeded", path: path)
    }
    output.append(tag)
    WireWriter.append(integer, keepsNegativeZero: profile.negativeZeroBigInt, to: &output)
  }

  /// A cell: a primitive, or a receiver that may open a container.
  mutating func write(_ cell: Cell, in graph: CloneGraph) throws(DataCloneError) {
    switch cell.tag {
    case nil, .int32: writeNumber(cell)
    case .nan:
      output.append(WireTag.double)
      writeNaN(cell, of: graph)
    case .constant:
      switch cell {
      case .null: output.append(WireTag.null)
      case .true: output.append(WireTag.true)
      case .false: output.append(WireTag.false)
      case .hole: output.append(WireTag.hole)
      default: output.append(WireTag.undefined)
      }
    case .receiver: try begin(Receiver(graph: graph, index: cell.payload))
    case .string, .bigint, .slot:
      if let receiver = graph.receiver(of: cell) {
        try begin(receiver)
      } else if let string = graph.string(of: cell) {
        WireWriter.append(string, to: &output)
      } else if let integer = graph.bigint(of: cell) {
        try writeBigInt(integer, tag: WireTag.bigint)
      }
    }
  }

  /// Writes the usual primitives straight from a graph's arrays; false, and nothing is written, for any
  /// other cell. The caller holds the arrays, so that reaching into the graph is not checked for each.
  private mutating func writePlain(_ cell: Cell, input: [UInt8]) -> Bool {
    if cell.isDouble || cell.isInt32 {
      writeNumber(cell)
      return true
    }
    guard cell.tag == .string else { return false }
    let offset = Int(cell.payload)
    let length = input[offset + 1]
    guard input[offset] == WireTag.oneByteString, length < 0x80 else { return false }
    output.append(contentsOf: input[offset..<(offset + 2 + Int(length))])
    return true
  }

  // MARK: - Receivers

  /// Writes a receiver: a reference, a leaf, or the beginning of a container.
  mutating func begin(_ receiver: Receiver) throws(DataCloneError) {
    let ordinal = ids.ordinal(of: receiver.graph)
    let record = receiver.record
    if let id = ids[ordinal, receiver.index] {
      output.append(WireTag.objectReference)
      Varint.append(UInt64(id), to: &output)
      return
    }
    if record.kind == .arrayBufferView {
      // The buffer comes first and takes the smaller id.
      try beginBuffer(of: receiver)
    }
    ids.assign(nextID, graph: ordinal, record: receiver.index)
    nextID += 1
    switch record.kind {
    case .object:
      output.append(WireTag.beginObject)
      try push(receiver, ordinal, order: entryOrder(receiver))
    case .map:
      output.append(WireTag.beginMap)
      try push(receiver, ordinal, order: entryOrder(receiver))
    case .set:
      output.append(WireTag.beginSet)
      try push(receiver, ordinal, order: entryOrder(receiver))
    case .array:
      let isSparse = record.flags.contains(.holey)
      output.append(isSparse ? WireTag.beginSparseArray : WireTag.beginDenseArray)
      Varint.append(UInt64(receiver.arrayLength), to: &output)
      try push(receiver, ordinal, order: nil)
    case .error:
      output.append(WireTag.error)
      if let tag = CloneErrorObject(receiver).name.tag { output.append(tag) }
      try push(receiver, ordinal, order: nil)
    case .date:
      output.append(WireTag.date)
      WireWriter.append(CloneDate(receiver).millisecondsSince1970, to: &output)
    case .boxedPrimitive: try writeBoxedPrimitive(receiver)
    case .regExp: try writeRegExp(receiver)
    case .arrayBuffer: try writeArrayBuffer(receiver)
    case .arrayBufferView: try writeView(receiver)
    case .sharedArrayBuffer:
      guard let id = delegate?.cloneID(of: CloneSharedArrayBuffer(receiver)) else {
        throw refusal("#<SharedArrayBuffer>")
      }
      output.append(WireTag.sharedArrayBuffer)
      Varint.append(UInt64(id), to: &output)
      writeWasmBufferTag(CloneSharedArrayBuffer(receiver))
    case .wasmModule:
      // Without an id V8 writes nothing, which nobody can read back.
      if let id = delegate?.transferID(of: CloneWasmModule(receiver)) {
        output.append(WireTag.wasmModule)
        Varint.append(UInt64(id), to: &output)
      }
    case .wasmMemory:
      guard profile.wasmMemories else { throw refusal("#<Memory>") }
      output.append(WireTag.wasmMemory)
      WireWriter.append(zigZag: CloneWasmMemory(receiver).maximumPages, to: &output)
      if profile.memory64Byte != .absent {
        output.append(record.flags.contains(.memory64) ? 1 : 0)
      }
      try beginBuffer(of: receiver)
    case .sharedObject:
      guard let index = delegate?.index(of: CloneSharedObject(receiver)) else {
        throw refusal("#<SharedStruct>")
      }
      output.append(WireTag.sharedObject)
      Varint.append(UInt64(index), to: &output)
    case .hostObject: try writeHostObject(receiver, ordinal)
    case .uncloneable:
      throw refusal(String(CloneUncloneable(receiver).description))
    }
  }

  /// Writes the buffer of a view or a memory, which is a leaf.
  private mutating func beginBuffer(of receiver: Receiver) throws(DataCloneError) {
    guard let buffer = receiver.graph.receiver(of: receiver.cell(0)) else { return }
    do {
      try begin(buffer)
    } catch {
      var error = error
      error.path = error.path.appending(.content("buffer"))
      throw error
    }
  }

  /// What newer engines add to the id of a memory's buffer.
  private mutating func writeWasmBufferTag(_ buffer: CloneSharedArrayBuffer) {
    guard buffer.isWasmMemory, profile.wasmBufferTag != .absent else { return }
    output.append(WireTag.wasmFixedBuffer)
    if profile.wasmBufferTag == .kindAndLength {
      Varint.append(UInt64(buffer.byteLength), to: &output)
    }
  }

  /// The numbers of the entries in the order in which they are written, unless that is the order in which they
  /// are stored.
  private func entryOrder(_ receiver: Receiver) -> [UInt32]? {
    let record = receiver.record
    guard record.extra > 0 || record.flags.contains(.unordered) else { return nil }
    return receiver.entryPositions.map { UInt32(($0 - Int(record.start)) / record.stride) }
  }

  mutating func push(
    _ receiver: Receiver, _ ordinal: Int, order: [UInt32]?
  ) throws(DataCloneError) {
    guard frames.count < limits.depth else {
      throw DataCloneError(
        .limitExceeded("depth", limits.depth), message: "Maximum call stack size exceeded",
        path: path)
    }
    let record = receiver.record
    let end: UInt32 =
      switch record.kind {
      case .error, .hostObject: 3
      default: order.map { UInt32($0.count) } ?? record.count
      }
    frames.append(
      Frame(graph: UInt32(ordinal), record: receiver.index, next: 0, end: end, order: order))
  }

  // MARK: - Steps

  mutating func step() throws(DataCloneError) {
    let top = frames.count - 1
    let graph = ids.graphs[Int(frames[top].graph)]
    let record = graph.records[Int(frames[top].record)]
    switch record.kind {
    case .object, .map: try writePairs()
    case .set: try writeElements(in: graph, start: Int(record.start))
    case .array:
      if frames[top].isInProperties || record.flags.contains(.pairs) {
        try writePairs()
      } else if record.flags.contains(.holey) {
        try writeIndexedElements(in: graph, start: Int(record.start) + 1)
      } else {
        try writeElements(in: graph, start: Int(record.start) + 1)
      }
    case .error: try writeErrorSection(in: graph, record)
    default: try writePayload(in: graph, record)
    }
  }

  /// Ends the innermost container, or goes on to an array's named properties.
  private mutating func end() {
    let frame = frames.removeLast()
    let graph = ids.graphs[Int(frame.graph)]
    let receiver = Receiver(graph: graph, index: frame.record)
    let record = receiver.record
    switch record.kind {
    case .object:
      output.append(WireTag.endObject)
      Varint.append(UInt64(frame.written), to: &output)
    case .map:
      output.append(WireTag.endMap)
      Varint.append(UInt64(frame.written) * 2, to: &output)
    case .set:
      output.append(WireTag.endSet)
      Varint.append(UInt64(frame.written), to: &output)
    case .array:
      let isSparse = record.flags.contains(.holey)
      if !frame.isInProperties {
        if let properties = receiver.namedProperties {
          let order = entryOrder(properties)
          // The frame still stands for the array, but walks the object that holds its properties.
          frames.append(
            Frame(
              graph: frame.graph, record: frame.record, next: 0,
              end: order.map { UInt32($0.count) } ?? properties.record.count, order: order,
              written: isSparse ? frame.written : 0, isInProperties: true))
          return
        }
      }
      output.append(isSparse ? WireTag.endSparseArray : WireTag.endDenseArray)
      Varint.append(UInt64(isSparse || frame.isInProperties ? frame.written : 0), to: &output)
      Varint.append(UInt64(receiver.arrayLength), to: &output)
    default: output.append(ErrorTag.end)
    }
  }

  /// What a frame's entries belong to: its receiver, or the object that holds an array's named properties.
  private func source(of frame: Frame) -> Receiver {
    let receiver = Receiver(graph: ids.graphs[Int(frame.graph)], index: frame.record)
    return frame.isInProperties ? receiver.namedProperties ?? receiver : receiver
  }

  /// Where the entries of a receiver begin in its graph's cells.
  private func firstEntry(of receiver: Receiver) -> Int {
    let record = receiver.record
    return Int(record.start) + (record.kind == .array ? 1 : 0)
  }

  /// Writes entries of an object, a map or pairs of an array until a container opens.
  private mutating func writePairs() throws(DataCloneError) {
    let depth = frames.count
    let top = depth - 1
    let source = source(of: frames[top])
    let graph = source.graph
    let start = firstEntry(of: source)
    let order = frames[top].order
    let cells = graph.cells
    let input = graph.input
    while frames[top].next < frames[top].end {
      let next = Int(frames[top].next)
      let position = start + 2 * (order.map { Int($0[next]) } ?? next)
      if !frames[top].hasKey {
        frames[top].hasKey = true
        let key = cells[position]
        if !writePlain(key, input: input) {
          try write(key, in: graph)
          if frames.count > depth { return }
        }
      }
      frames[top].hasKey = false
      frames[top].written += 1
      frames[top].next += 1
      let value = cells[position + 1]
      if writePlain(value, input: input) { continue }
      try write(value, in: graph)
      if frames.count > depth { return }
    }
    end()
  }

  /// Writes elements of a packed array or a set until a container opens.
  private mutating func writeElements(
    in graph: CloneGraph, start: Int
  ) throws(DataCloneError) {
    let depth = frames.count
    let top = depth - 1
    let order = frames[top].order
    let cells = graph.cells
    let input = graph.input
    while frames[top].next < frames[top].end {
      let next = Int(frames[top].next)
      frames[top].next += 1
      frames[top].written += 1
      let cell = cells[start + (order.map { Int($0[next]) } ?? next)]
      if writePlain(cell, input: input) { continue }
      try write(cell, in: graph)
      if frames.count > depth { return }
    }
    end()
  }

  /// Writes elements of a holey array, each behind its index, until a container opens.
  private mutating func writeIndexedElements(
    in graph: CloneGraph, start: Int
  ) throws(DataCloneError) {
    let depth = frames.count
    let top = depth - 1
    while frames[top].next < frames[top].end {
      let next = Int(frames[top].next)
      frames[top].next += 1
      let cell = graph.cells[start + next]
      if cell.isHole { continue }
      frames[top].written += 1
      writeNumber(.number(Double(next)))
      try write(cell, in: graph)
      if frames.count > depth { return }
    }
    end()
  }

  private mutating func writeErrorSection(
    in graph: CloneGraph, _ record: Record
  ) throws(DataCloneError) {
    let top = frames.count - 1
    let number = Int(frames[top].next)
    guard number < Int(frames[top].end) else { return end() }
    frames[top].next += 1
    let order: [CloneErrorObject.Section] =
      format.stackBeforeCause ? [.message, .stack, .cause] : [.message, .cause, .stack]
    let section = order[number]
    let cell = graph.cells[Int(record.start) + section.rawValue]
    guard !cell.isHole else { return }
    switch section {
    case .message: output.append(ErrorTag.message)
    case .stack: output.append(ErrorTag.stack)
    case .cause:
      guard profile.errorsHaveCauses else { return }
      output.append(ErrorTag.cause)
    }
    try write(cell, in: graph)
  }

  // MARK: - Errors

  func refusal(_ description: String) -> DataCloneError {
    DataCloneError.uncloneable(description, path: path)
  }

  func unsupported(_ what: String, _ description: String) -> DataCloneError {
    DataCloneError(
      .unsupportedByProfile("\(profile.engine) has no such value: \(what)"),
      message: "\(description) could not be cloned.", path: path)
  }

  /// The path to what is being written.
  var path: ClonePath {
    var steps: [ClonePath.Step] = []
    for frame in frames {
      let graph = ids.graphs[Int(frame.graph)]
      let receiver = Receiver(graph: graph, index: frame.record)
      let record = receiver.record
      // The item that is being written is the one before `next`, or the key at `next`.
      let item = Int(frame.next) - (frame.hasKey ? 0 : 1)
      let hasKeys =
        record.kind == .object
        || (record.kind == .array && (frame.isInProperties || record.flags.contains(.pairs)))
      switch record.kind {
      case _ where hasKeys:
        guard item >= 0 else { continue }
        let source = source(of: frame)
        let number = frame.order.map { Int($0[item]) } ?? item
        let key = source.graph.cells[firstEntry(of: source) + 2 * number]
        if record.kind == .array, let number = key.number {
          steps.append(.element(Int(number)))
        } else {
          steps.append(.property(source.graph.propertyKey(of: key)))
        }
      case .array: steps.append(.element(item))
      case .map:
        steps.append(
          frame.hasKey ? .mapKey(Int(frame.written)) : .mapValue(Int(frame.written) - 1))
      case .set: steps.append(.setElement(Int(frame.written) - 1))
      case .error:
        let names =
          format.stackBeforeCause ? ["message", "stack", "cause"] : ["message", "cause", "stack"]
        if frame.next > 0 { steps.append(.section(names[item])) }
      default: steps.append(.content("payload"))
      }
    }
    return ClonePath(steps)
  }
}
