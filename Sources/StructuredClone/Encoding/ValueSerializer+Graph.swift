/// What the writing loop does not do itself: numbers that are not usual, other kinds of receivers, containers whose
/// cells are not simply written one behind the other, and errors.
///
/// The functions are mutating, whether they change anything or not: else the serializer would be copied for each call,
/// which retained all that it holds and took half of the time of a regular expression.
extension ValueSerializer {
  // MARK: - Primitives

  /// A number cell: `I` for a small integer, else `N`.
  mutating func writeNumber(_ cell: Cell, _ writer: inout WireWriter) {
    if cell.isInt32,
      profile.rules.smallIntegerBits == 32
        || CloneProfile.isSmallInteger(
          Double(cell.int32Value), bits: profile.rules.smallIntegerBits)
    {
      writer.append(WireTag.int32)
      writer.append(zigZag: cell.int32Value)
    } else {
      writer.append(WireTag.double)
      writer.append(bits: cell.isInt32 ? Double(cell.int32Value).bitPattern : cell.bits)
    }
  }

  /// A NaN with the bits it was read with.
  mutating func writeNaN(_ cell: Cell, of graph: CloneGraph, _ writer: inout WireWriter) {
    if isFaithful {
      writer.append(contentsOf: graph.input[Int(cell.payload)..<(Int(cell.payload) + 8)])
    } else {
      writer.append(double: .nan)
    }
  }

  mutating func writeBigInt(
    _ integer: CloneBigInt, tag: UInt8, _ walk: inout WritingWalk
  ) throws(DataCloneError) {
    guard integer.count <= CloneBigInt.longest else {
      throw DataCloneError(
        .tooLong, message: "Maximum BigInt size exceeded", path: path(of: walk))
    }
    walk.writer.append(tag)
    walk.writer.append(integer, keepsNegativeZero: profile.rules.negativeZeroBigInt)
  }

  /// Writes a primitive cell that the loop does not write.
  @inline(never)
  mutating func writeOther(
    _ cell: Cell, of graph: CloneGraph, _ walk: inout WritingWalk
  ) throws(DataCloneError) {
    switch cell.tag {
    case nil, .int32: writeNumber(cell, &walk.writer)
    case .nan:
      walk.writer.append(WireTag.double)
      writeNaN(cell, of: graph, &walk.writer)
    case .constant, .receiver: assertionFailure("the loop writes these")
    case .string, .bigint, .slot:
      if let string = graph.string(of: cell) {
        walk.writer.append(string)
      } else if let integer = graph.bigint(of: cell) {
        try writeBigInt(integer, tag: WireTag.bigint, &walk)
      }
    }
  }

  // MARK: - Receivers

  /// Writes a receiver that was not written before and is no plain container: a leaf, or the beginning of a
  /// container. It has its id, unless it is a view behind its buffer.
  @inline(never)
  mutating func begin(
    _ index: UInt32, of graph: Unmanaged<CloneGraph>, _ walk: inout WritingWalk
  ) throws(DataCloneError) {
    let access = unsafe GraphAccess(graph)
    let record = access.record(index)
    if record.kind == .regExp,
      walk.writer.append(regExp: record, in: access, by: WireWriter.RegExpRules(settings))
    {
      return
    }
    if record.kind == .error {
      // It is one, even if nothing in it is left to the loop.
      try checkDepth(walk)
      walk.writer.append(WireTag.error)
      let name = CloneErrorObject.Name(rawValue: UInt8(truncatingIfNeeded: record.detail))
      if let tag = name?.tag { walk.writer.append(tag) }
      var next: UInt32 = 0
      guard let position = writeSections(of: access, from: record.start, &next, &walk) else {
        return
      }
      try push(index, of: access, .error, &walk)
      return takeSection(at: position, before: next, &walk)
    }
    let receiver = unsafe Receiver(graph: graph.takeUnretainedValue(), index: index)
    if record.kind == .arrayBufferView, !treatsArrayBufferViewsAsHostObjects {
      try beginBuffer(of: receiver, &walk)
      if walk.tracksIdentity {
        _ = ids.insert(WrittenIDs.address(of: receiver.graph), receiver.index, nextID)
        nextID += 1
      }
    }
    switch record.kind {
    case .object:
      walk.writer.append(WireTag.beginObject)
      try push(index, of: access, .orderedEntries, order: entryOrder(receiver), &walk)
    case .map:
      walk.writer.append(WireTag.beginMap)
      try push(index, of: access, .orderedEntries, order: entryOrder(receiver), &walk)
    case .set:
      walk.writer.append(WireTag.beginSet)
      try push(index, of: access, .orderedEntries, order: entryOrder(receiver), &walk)
    case .array:
      let isSparse = record.flags.contains(.holey)
      walk.writer.append(isSparse ? WireTag.beginSparseArray : WireTag.beginDenseArray)
      walk.writer.append(varint: UInt64(receiver.arrayLength))
      try push(
        index, of: access,
        isSparse && !record.flags.contains(.pairs) ? .holeyArray : .otherArray, &walk)
    // The loop writes dates, and errors have begun.
    case .date, .error: break
    case .boxedPrimitive: try writeBoxedPrimitive(receiver, &walk)
    case .regExp: try writeRegExp(receiver, &walk)
    case .arrayBuffer: try writeArrayBuffer(receiver, &walk)
    case .arrayBufferView: try writeView(receiver, &walk)
    case .sharedArrayBuffer:
      try askDelegate(about: receiver, walk)
      guard let id = delegate?.cloneID(of: CloneSharedArrayBuffer(receiver)) else {
        throw refusal("#<SharedArrayBuffer>", walk)
      }
      walk.writer.append(WireTag.sharedArrayBuffer)
      walk.writer.append(varint: UInt64(id))
      writeWasmBufferTag(CloneSharedArrayBuffer(receiver), &walk.writer)
    case .wasmModule:
      try askDelegate(about: receiver, walk)
      // Without an id V8 writes nothing, which nobody can read back.
      if let id = delegate?.transferID(of: CloneWasmModule(receiver)) {
        walk.writer.append(WireTag.wasmModule)
        walk.writer.append(varint: UInt64(id))
      }
    case .wasmMemory:
      guard profile.rules.wasmMemories else { throw refusal("#<Memory>", walk) }
      walk.writer.append(WireTag.wasmMemory)
      walk.writer.append(zigZag: CloneWasmMemory(receiver).maximumPages)
      if profile.rules.memory64Byte != .absent {
        walk.writer.append(record.flags.contains(.memory64) ? 1 : 0)
      }
      try beginBuffer(of: receiver, &walk)
    case .sharedObject:
      try askDelegate(about: receiver, walk)
      guard let index = delegate?.index(of: CloneSharedObject(receiver)) else {
        throw refusal("#<SharedStruct>", walk)
      }
      walk.writer.append(WireTag.sharedObject)
      walk.writer.append(varint: UInt64(index))
    case .hostObject: try writeHostObject(receiver, &walk)
    case .uncloneable:
      throw refusal(String(CloneUncloneable(receiver).description), walk)
    }
  }

  /// Whether the delegate refuses what is outside the payload with a text of its own.
  private func askDelegate(about receiver: Receiver, _ walk: borrowing WritingWalk)
    throws(DataCloneError)
  {
    guard let message = delegate?.refusal(of: receiver.value) else { return }
    throw DataCloneError(.uncloneable, message: message, path: path(of: walk))
  }

  /// Writes the buffer of a view or a memory, which is a leaf, or the reference to it.
  private mutating func beginBuffer(
    of receiver: Receiver, _ walk: inout WritingWalk
  ) throws(DataCloneError) {
    guard let buffer = receiver.graph.receiver(of: receiver.cell(0)) else { return }
    if walk.tracksIdentity {
      let address = WrittenIDs.address(of: buffer.graph)
      if let id = ids.insert(address, buffer.index, nextID) {
        walk.writer.append(WireTag.objectReference)
        walk.writer.append(varint: UInt64(id))
        return
      }
      nextID += 1
    }
    do {
      unsafe try begin(buffer.index, of: Unmanaged.passUnretained(buffer.graph), &walk)
    } catch {
      var error = error
      error.path = error.path.appending(.content("buffer"))
      throw error
    }
  }

  /// What newer engines add to the id of a memory's buffer.
  private mutating func writeWasmBufferTag(
    _ buffer: CloneSharedArrayBuffer, _ writer: inout WireWriter
  ) {
    guard buffer.isWasmMemory, profile.rules.wasmBufferTag != .absent else { return }
    writer.append(WireTag.wasmFixedBuffer)
    if profile.rules.wasmBufferTag == .kindAndLength {
      writer.append(varint: UInt64(buffer.byteLength))
    }
  }

  // MARK: - Containers

  /// The cells of the entries in the order in which they are written, unless they are simply written one behind the
  /// other.
  private func entryOrder(_ receiver: Receiver) -> [UInt32]? {
    let record = receiver.record
    guard record.extra > 0 || record.flags.contains(.unordered) else { return nil }
    return receiver.entryPositions.map { UInt32($0) }
  }

  @inline(never)
  func tooDeep(_ walk: borrowing WritingWalk) -> DataCloneError {
    DataCloneError(
      .limitExceeded("depth", limits.depth), message: "Maximum call stack size exceeded",
      path: path(of: walk))
  }

  /// Throws if no more container may be open. It changes nothing, but would be called with a copy of the serializer otherwise.
  private mutating func checkDepth(_ walk: borrowing WritingWalk) throws(DataCloneError) {
    if outerDepth + walk.frames.count - walk.propertyFrames >= limits.depth { throw tooDeep(walk) }
  }

  mutating func push(
    _ index: UInt32, of graph: GraphAccess, _ form: WritingWalk.Form, order: [UInt32]? = nil,
    _ walk: inout WritingWalk
  ) throws(DataCloneError) {
    try checkDepth(walk)
    add(index, of: graph, form, order: order, &walk)
  }

  private mutating func add(
    _ index: UInt32, of graph: GraphAccess, _ form: WritingWalk.Form, order: [UInt32]?,
    _ walk: inout WritingWalk
  ) {
    let record = graph.record(index)
    var start = record.start
    var end = start
    switch form {
    case .otherArray:
      // Pairs, or elements of a packed array that has properties.
      start += 1
      end = UInt32(record.cells.upperBound)
    case .properties where order == nil: end = UInt32(record.cells.upperBound)
    default: break
    }
    if let order { walk.orders.append(order) }
    unsafe walk.frames.push(
      WritingWalk.Frame(
        graph: graph.graph, record: index, position: start, end: end, written: 0, form: form,
        isOrdered: order != nil))
  }

  /// Goes on with the innermost container, whose run of cells is written: with another run, or with the end.
  ///
  /// - Returns: false at the end; the frame is still there.
  @inline(never)
  mutating func advance(_ walk: inout WritingWalk) -> Bool {
    let frame = walk.frames.top
    // Not as a receiver, which would be retained and released each time.
    let graph = unsafe GraphAccess(frame.graph)
    let record = graph.record(frame.record)
    switch frame.form {
    case .object, .map, .set, .array: return false
    case .orderedEntries:
      if takeNextEntry(of: record, &walk) { return true }
      walk.orders.removeLast()
      let tag =
        record.kind == .object
        ? WireTag.endObject : record.kind == .map ? WireTag.endMap : WireTag.endSet
      walk.writer.append(tag)
      walk.writer.append(varint: UInt64(frame.next) * (record.kind == .map ? 2 : 1))
      return false
    case .properties:
      if frame.isOrdered {
        if takeNextEntry(of: record, &walk) { return true }
        walk.orders.removeLast()
      }
      walk.propertyFrames -= 1
      walk.frames[walk.frames.count - 2].written += frame.isOrdered ? frame.next : record.count
      return false
    case .holeyArray:
      var next = frame.next
      while next < record.count {
        let position = record.start + 1 + next
        next += 1
        if unsafe graph.cells[Int(position)].isHole { continue }
        writeNumber(.number(Double(next - 1)), &walk.writer)
        walk.frames.top.next = next
        walk.frames.top.written += 1
        walk.frames.top.position = position
        walk.frames.top.end = position + 1
        return true
      }
      walk.frames.top.next = next
      return endElements(of: frame.receiver, &walk)
    case .otherArray:
      if record.flags.contains(.pairs) { walk.frames.top.written = record.count }
      return endElements(of: frame.receiver, &walk)
    case .arrayEnd:
      let isSparse = record.flags.contains(.holey)
      walk.writer.append(isSparse ? WireTag.endSparseArray : WireTag.endDenseArray)
      walk.writer.append(varint: UInt64(frame.written))
      walk.writer.append(varint: UInt64(frame.receiver.arrayLength))
      return false
    case .error:
      var next = frame.next
      guard let position = writeSections(of: graph, from: record.start, &next, &walk) else {
        return false
      }
      takeSection(at: position, before: next, &walk)
      return true
    case .payload:
      guard frame.next == 0 else { return false }
      walk.frames.top.next = 1
      walk.frames.top.position = record.start + 1
      walk.frames.top.end = record.start + 2
      return true
    }
  }

  /// Takes the next entry of an ordered frame as its run.
  private mutating func takeNextEntry(of record: Record, _ walk: inout WritingWalk) -> Bool {
    let order = walk.orders[walk.orders.count - 1]
    let next = Int(walk.frames.top.next)
    guard next < order.count else { return false }
    walk.frames.top.next += 1
    walk.frames.top.position = order[next]
    walk.frames.top.end = order[next] + UInt32(record.stride)
    return true
  }

  /// Goes on with an array whose elements are written: with its named properties, or with the end.
  private mutating func endElements(of receiver: Receiver, _ walk: inout WritingWalk) -> Bool {
    walk.frames.top.form = .arrayEnd
    walk.frames.top.end = walk.frames.top.position
    if let properties = receiver.namedProperties {
      add(
        properties.index, of: properties.graph.access, .properties,
        order: entryOrder(properties), &walk)
      walk.propertyFrames += 1
    }
    return true
  }

  /// The section of an error that is written as the first, second or third.
  private func section(_ number: UInt32) -> CloneErrorObject.Section? {
    switch number {
    case 0: .message
    case 1: format.stackBeforeCause ? .stack : .cause
    case 2: format.stackBeforeCause ? .cause : .stack
    default: nil
    }
  }

  /// Writes sections of an error, from the one of a number on, and the end behind the last.
  ///
  /// Message and stack are strings. A cause is anything, and left to the loop: its cell's position is answered.
  private mutating func writeSections(
    of graph: GraphAccess, from start: UInt32, _ next: inout UInt32, _ walk: inout WritingWalk
  ) -> UInt32? {
    while let section = section(next) {
      next += 1
      let position = start + UInt32(section.rawValue)
      let cell = unsafe graph.cells[Int(position)]
      guard !cell.isHole else { continue }
      switch section {
      case .message: walk.writer.append(ErrorTag.message)
      case .stack: walk.writer.append(ErrorTag.stack)
      case .cause:
        guard profile.rules.errorsHaveCauses else { continue }
        walk.writer.append(ErrorTag.cause)
      }
      guard section != .cause, walk.writer.append(stringOf: cell, in: graph) else {
        return position
      }
    }
    walk.writer.append(ErrorTag.end)
    return nil
  }

  /// Leaves a section of the innermost container, an error, to the loop.
  private mutating func takeSection(
    at position: UInt32, before next: UInt32, _ walk: inout WritingWalk
  ) {
    walk.frames.top.next = next
    walk.frames.top.position = position
    walk.frames.top.end = position + 1
  }

  // MARK: - Errors

  func refusal(_ description: String, _ walk: borrowing WritingWalk) -> DataCloneError {
    DataCloneError.uncloneable(description, path: path(of: walk))
  }

  func unsupported(
    _ what: String, _ description: String, _ walk: borrowing WritingWalk
  ) -> DataCloneError {
    DataCloneError(
      .unsupportedByProfile("\(profile.engine) has no such value: \(what)"),
      message: "\(description) could not be cloned.", path: path(of: walk))
  }

  /// The path to what is being written.
  @inline(never)
  func path(of walk: borrowing WritingWalk) -> ClonePath {
    ClonePath(through: walk.frames.count) { step(in: walk.frames[$0]) }
  }

  /// The step from a container to what is being written of it: the cell before the next one.
  private func step(in frame: WritingWalk.Frame) -> ClonePath.Step? {
    let receiver = frame.receiver
    let graph = receiver.graph
    let record = receiver.record
    let start = Int(record.start)
    // The place of the cell among the cells of the run, or of the entry.
    let place =
      frame.isOrdered || frame.form == .orderedEntries
      ? record.stride - 1 - Int(frame.end - frame.position)
      : Int(frame.position) - 1 - start - (record.kind == .array ? 1 : 0)
    guard place >= 0 else { return nil }
    let isOrdered = frame.isOrdered
    /// The number of the entry as it is written.
    let number = isOrdered ? Int(frame.next) - 1 : place / record.stride
    /// Whether the cell is the key of its entry.
    let isKey = record.stride == 2 && place & 1 == 0
    let key = Int(frame.position) - (isKey ? 1 : 2)

    switch frame.form {
    case .object, .properties: return .property(graph.propertyKey(of: graph.cells[key]))
    case .map: return isKey ? .mapKey(number) : .mapValue(number)
    case .set: return .setElement(number)
    case .orderedEntries:
      switch record.kind {
      case .object: return .property(graph.propertyKey(of: graph.cells[key]))
      case .map: return isKey ? .mapKey(number) : .mapValue(number)
      default: return .setElement(number)
      }
    case .array: return .element(place)
    case .holeyArray: return .element(Int(frame.next) - 1)
    case .otherArray:
      guard record.flags.contains(.pairs) else { return .element(place) }
      return .element(Int(graph.cells[key].number ?? 0))
    // Its properties have a frame of their own.
    case .arrayEnd: return nil
    case .error:
      return frame.next > 0 ? section(frame.next - 1).map { .section("\($0)") } : nil
    case .payload: return .content("payload")
    }
  }
}
