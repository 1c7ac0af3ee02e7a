/// The reading loop: one step reads a tag, opens a container or closes one; a complete value is delivered to
/// the innermost open container.
extension ValueDeserializer {
  /// Reads a value.
  ///
  /// - Parameter pending: a value that is complete and was not delivered yet.
  mutating func readGraph(
    from pending: Cell? = nil
  ) throws(CloneDecodingError) -> Cell {
    var next = pending
    while true {
      if let root = try readOn(&next) { return root }
    }
  }

  /// Reads an item, and delivers what is complete with it; answers the root if that is complete.
  mutating func readOn(_ next: inout Cell?) throws(CloneDecodingError) -> Cell? {
    if next == nil { next = readFast() }
    if next == nil { next = try step() }
    while var value = next {
      next = nil
      if isBuffer(value), wire.peekTag() == WireTag.arrayBufferView {
        value = try readView(on: value)
      }
      if frames.isEmpty {
        try checkNodes()
        return value
      }
      next = try deliver(value)
    }
    return nil
  }

  // MARK: - Steps

  /// Reads on from where the innermost container stands: a value, or `nil` if there is none yet.
  private mutating func step() throws(CloneDecodingError) -> Cell? {
    guard !frames.isEmpty else { return try readTagged() }
    let top = frames.top
    switch top.kind {
    case .object where !top.hasKey:
      if try readEnd(WireTag.endObject) { return try endObject() }
    case .denseElements, .claimedElements:
      if top.kind == .denseElements
        ? Int(top.count) == top.length : stack.count - top.base == top.length
      {
        endElements()
        return nil
      }
      if wire.peekTag() == WireTag.hole {
        wire.skipPadding()
        wire.position += 1
        deliverElement(.hole)
        return nil
      }
    case .denseProperties where !top.hasKey:
      if try readEnd(WireTag.endDenseArray) { return try endDenseArray() }
    case .sparseArray where !top.hasKey:
      if try readEnd(WireTag.endSparseArray) { return try endSparseArray() }
    case .map where !top.hasKey:
      if try readEnd(WireTag.endMap) { return try endEntries() }
    case .set:
      if try readEnd(WireTag.endSet) { return try endEntries() }
    case .error where top.section == nil:
      return try readErrorSection()
    default: break
    }
    return try readTagged()
  }

  /// Takes the end tag if it is next; the end of the input is an error here.
  private mutating func readEnd(_ tag: UInt8) throws(CloneDecodingError) -> Bool {
    guard let next = wire.peekTag() else { throw failure(.truncated, at: wire.bytes.count) }
    guard next == tag else { return false }
    wire.skipPadding()
    wire.position += 1
    return true
  }

  // MARK: - Tags

  /// Reads a primitive or a leaf, or opens a container and answers `nil`.
  private mutating func readTagged() throws(CloneDecodingError) -> Cell? {
    while true {
      wire.skipPadding()
      let offset = wire.position
      guard offset < wire.bytes.count else { throw failure(.truncated, at: offset) }
      let tag = wire.bytes[offset]
      wire.position += 1
      do {
        guard tag == WireTag.verifyObjectCount else { return try readTagged(tag, at: offset) }
        _ = try wire.readUInt32()
      } catch {
        // Primitive reads know neither tag nor path.
        throw error.tag == nil ? failure(error.reason, at: error.offset, tag: tag) : error
      }
    }
  }

  private mutating func readTagged(
    _ tag: UInt8, at offset: Int
  ) throws(CloneDecodingError) -> Cell? {
    switch tag {
    case WireTag.undefined: return .undefined
    case WireTag.null: return .null
    case WireTag.true: return .true
    case WireTag.false: return .false
    case WireTag.int32:
      let value = try wire.readInt32()
      return engine == nil ? .int32(value) : integer(Double(value))
    case WireTag.uint32:
      let value = try wire.readUInt32()
      return integer(Double(value))
    case WireTag.double:
      let value = try wire.readDouble()
      return engine == nil ? double(value) : integer(value)
    case WireTag.bigint: return try readBigInt()
    case WireTag.oneByteString, WireTag.twoByteString, WireTag.utf8String:
      return try readString(tag, at: offset)
    case WireTag.objectReference: return try readReference(at: offset)
    case WireTag.beginObject:
      try open(.object, .object, at: offset)
      engine?.beginObject()
      return nil
    case WireTag.beginDenseArray, WireTag.beginSparseArray:
      return try beginArray(tag, at: offset)
    case WireTag.beginMap:
      try open(.map, .map, at: offset)
      return nil
    case WireTag.beginSet:
      try open(.set, .set, at: offset)
      return nil
    case WireTag.date:
      let id = takeID()
      let record = addRecord(Record(date: CloneDate.clip(try wire.readDouble())))
      register(record, as: id)
      return .receiver(record)
    case WireTag.trueObject: return addBoxedBoolean(true)
    case WireTag.falseObject: return addBoxedBoolean(false)
    case WireTag.numberObject:
      let id = takeID()
      let value = try wire.readDouble()
      return addLeaf(.boxedPrimitive, cells: [double(value)], id: id)
    case WireTag.bigintObject:
      let id = takeID()
      let value = try readBigInt()
      return addLeaf(.boxedPrimitive, cells: [value], id: id)
    case WireTag.stringObject where hasUntaggedStrings:
      let id = takeID()
      let text = try readUntaggedString(of: tag, at: offset)
      return addLeaf(.boxedPrimitive, cells: [text], id: id)
    case WireTag.stringObject:
      try open(.stringObject, .boxedPrimitive, at: offset, registers: false)
      return nil
    case WireTag.regExp:
      try open(.regExp, .regExp, at: offset, registers: false)
      if hasUntaggedStrings { return try endRegExp(readUntaggedString(of: tag, at: offset)) }
      return nil
    case WireTag.error: return try beginError(at: offset)
    case WireTag.arrayBuffer:
      return try readArrayBuffer(tag, at: offset)
    case WireTag.immutableArrayBuffer where profile.rules.immutableBuffers,
      WireTag.resizableArrayBuffer where profile.rules.resizableBuffers:
      return try readArrayBuffer(tag, at: offset)
    case WireTag.arrayBufferTransfer:
      let id = takeID()
      let transferID = try wire.readUInt32()
      guard let receiver = transfers[transferID] else {
        return try fault(failure(.unknownTransferID(transferID), at: offset, tag: tag), id: id)
      }
      return embed(receiver, id: id)
    case WireTag.sharedArrayBuffer:
      let id = takeID()
      let cloneID = try wire.readUInt32()
      guard let buffer = delegate?.sharedArrayBuffer(cloneID: cloneID) else {
        return try fault(unresolved(at: offset, tag: tag), id: id)
      }
      if buffer.isWasmMemory, profile.rules.wasmBufferTag != .absent {
        // Memories that can grow have other marks, which are not read.
        guard try wire.readByte() == WireTag.wasmFixedBuffer else {
          throw failure(.unsupportedTag, at: offset, tag: tag)
        }
        if profile.rules.wasmBufferTag == .kindAndLength { _ = try wire.readVarint(width: 64) }
      }
      return embed(buffer.receiver, id: id)
    case WireTag.wasmModule:
      let transferID = try wire.readUInt32()
      guard let module = delegate?.wasmModule(transferID: transferID) else {
        return try fault(unresolved(at: offset, tag: tag), takesID: true)
      }
      return embed(module.receiver, id: takeID())
    case WireTag.wasmMemory:
      try open(.wasmMemory, .wasmMemory, at: offset, registers: false)
      return try readWasmMemoryHead()
    case WireTag.sharedObject where version >= 15 && profile.rules.sharedObjects:
      let index = try wire.readUInt32()
      guard let object = delegate?.sharedObject(index: index) else {
        return try fault(unresolved(at: offset, tag: tag))
      }
      return embed(object.receiver, id: nil)
    case WireTag.hostObject: return try readHostObject(at: offset)
    default:
      if version < 13,
        !profile.rules.sharedImmutableBuffers
          || tag != WireTag.sharedImmutableArrayBuffer
      {
        // Tags of host objects were not marked: the delegate sees the tag itself.
        wire.position = offset
        return try readHostObject(at: offset)
      }
      let isKnown = tag == WireTag.immutableArrayBuffer || tag == WireTag.resizableArrayBuffer
      throw failure(isKnown ? .unsupportedTag : .unexpectedTag, at: offset, tag: tag)
    }
  }

  /// An integer as it was written, or as a small integer of the engine.
  private func integer(_ value: Double) -> Cell {
    guard profile.rules.smallIntegerBits == 31, engine != nil else { return .number(value) }
    return CloneProfile.isSmallInteger(value, bits: 31) ? .number(value) : .double(value)
  }

  /// The double that was just read, as it was written.
  private func double(_ value: Double) -> Cell {
    if engine == nil, value.isNaN, value.bitPattern != Cell.double(.nan).bits {
      return .nan(at: UInt32(wire.position - 8))
    }
    return .double(value)
  }

  private mutating func readBigInt() throws(CloneDecodingError) -> Cell {
    let offset = wire.position
    let field = try wire.readUInt32()
    if field >> 31 != 0, profile.rules.refusesWideBigIntField {
      throw CloneDecodingError(.invalidBigInt, offset: offset)
    }
    let length = field >> 1 & 0x3FFF_FFFF
    let isNegativeZero = field & 1 != 0 && length == 0
    if isNegativeZero && !profile.rules.negativeZeroBigInt || length > CloneBigInt.longest {
      return try fault(
        CloneDecodingError(.invalidBigInt, offset: offset), endingIn: UInt64(length))
    }
    guard Int(length) <= limits.bigIntSize else {
      throw failure(.limitExceeded("bigIntSize", limits.bigIntSize), at: offset)
    }
    let isWide = wire.position - offset > 5
    let start = try wire.skip(UInt64(length), from: offset)
    if isWide {
      let magnitude = Array(wire.bytes[start..<wire.position])
      return addSlot(.bigint(CloneBigInt(isNegative: field & 1 != 0, magnitude: magnitude)))
    }
    return .bigint(at: UInt32(offset))
  }

  mutating func readString(_ tag: UInt8, at offset: Int) throws(CloneDecodingError) -> Cell {
    let length = try wire.readUInt32()
    let isWide = wire.position - offset > 6
    if tag == WireTag.twoByteString, length & 1 != 0 {
      return try fault(failure(.oddStringLength, at: offset, tag: tag), endingIn: UInt64(length))
    }
    let start = try wire.skip(UInt64(length), from: offset)
    let isTwoByte = tag == WireTag.twoByteString
    if tag == WireTag.utf8String {
      let text = CloneString(String(decoding: wire.bytes[start..<wire.position], as: UTF8.self))
      guard text.utf16Count <= limits.stringLength else {
        throw failure(.limitExceeded("stringLength", limits.stringLength), at: offset, tag: tag)
      }
      return addString(text)
    }
    guard Int(isTwoByte ? length / 2 : length) <= limits.stringLength else {
      throw failure(.limitExceeded("stringLength", limits.stringLength), at: offset, tag: tag)
    }
    if length == 1, tag == WireTag.oneByteString,
      let held = engine?.singleUnitString(wire.bytes[start])
    {
      return addString(held)
    }
    if length == 0, isTwoByte, engine != nil { return addString("") }
    if isWide {
      // The length took more bytes than a length needs, which only 8.4 and 9.4 read.
      let count = Int(isTwoByte ? length / 2 : length)
      return addString(
        CloneString(bytes: wire.bytes, start: start, count: count, isTwoByte: isTwoByte))
    }
    return .string(at: UInt32(offset))
  }

  /// Keeps a string that the input does not hold in this form.
  mutating func addString(_ string: CloneString) -> Cell { addSlot(.string(string)) }

  private mutating func addSlot(_ slot: CloneGraph.Slot) -> Cell {
    slots.append(slot, beforeAtMost: wire.remaining)
    return .slot(UInt32(slots.count - 1))
  }

  /// The string of a cell of the graph in the making.
  func string(of cell: Cell) -> CloneString? {
    switch cell.tag {
    case .string: return CloneString(wireFormIn: wire.bytes, at: cell.payload)
    case .slot:
      if case .string(let string) = slots[Int(cell.payload)] { return string }
      return nil
    default: return nil
    }
  }

  private mutating func readReference(at offset: Int) throws(CloneDecodingError) -> Cell {
    let id = try wire.readUInt32()
    guard id < objects.count, objects[Int(id)] != 0 else {
      return try fault(failure(.unknownReference(id), at: offset, tag: WireTag.objectReference))
    }
    sawReference = true
    let entry = objects[Int(id)]
    guard entry & 1 == 0 else { return addSlot(.receiver(embedded[Int(entry / 2)])) }
    let record = entry / 2 - 1
    guard Int(id) < firstID else { return .receiver(record) }
    return addSlot(.receiver(Receiver(graph: earlierGraph(of: Int(id)), index: record)))
  }

  // MARK: - Ids and records

  mutating func takeID() -> UInt32 {
    objects.append(0, beforeAtMost: wire.remaining)
    return UInt32(objects.count - 1)
  }

  mutating func register(_ record: UInt32, as id: UInt32) { objects[Int(id)] = 2 * record + 2 }

  mutating func registerEmbedded(_ receiver: Receiver, as id: UInt32) {
    embedded.append(receiver)
    objects[Int(id)] = UInt32(embedded.count) * 2 - 1
  }

  /// The graph of the value that was read when an id was given.
  private func earlierGraph(of id: Int) -> CloneGraph {
    var low = 0
    var high = earlierValues.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if earlierValues[middle].firstID <= id { low = middle } else { high = middle }
    }
    return earlierValues[low].graph
  }

  /// Adds a record and answers its index.
  mutating func addRecord(_ record: Record) -> UInt32 {
    records.append(record, beforeAtMost: wire.remaining)
    return UInt32(records.count - 1)
  }

  /// Adds a record with cells of its own.
  mutating func addRecord(_ record: Record, cells ownCells: [Cell]) -> UInt32 {
    var record = record
    record.start = UInt32(cells.count)
    reserveCells(ownCells.count)
    cells.append(contentsOf: ownCells)
    return addRecord(record)
  }

  /// Puts a child of the innermost container on the stack. A byte makes no more than two.
  mutating func push(_ cell: Cell) {
    if stack.count == stack.capacity { makeStackRoom() }
    stack.append(cell)
  }

  /// Adds a receiver that is complete.
  mutating func addLeaf(
    _ kind: Record.Kind, flags: Record.Flags = [], detail: UInt16 = 0, count: UInt32 = 0,
    extra: UInt32 = 0, cells leafCells: [Cell], id: UInt32
  ) -> Cell {
    let record = addRecord(
      Record(kind: kind, flags: flags, detail: detail, start: 0, count: count, extra: extra),
      cells: leafCells)
    register(record, as: id)
    return .receiver(record)
  }

  /// Adds a boxed boolean. It takes one byte of the input, so all of them share the cell of their value.
  private mutating func addBoxedBoolean(_ value: Bool) -> Cell {
    let id = takeID()
    let place = value ? \ValueDeserializer.trueCell : \ValueDeserializer.falseCell
    guard let start = self[keyPath: place] else {
      self[keyPath: place] = UInt32(cells.count)
      return addLeaf(.boxedPrimitive, cells: [.boolean(value)], id: id)
    }
    let record = addRecord(Record(kind: .boxedPrimitive, start: start))
    register(record, as: id)
    return .receiver(record)
  }

  /// Adds a receiver that lives elsewhere. Without an id it cannot be referred to.
  mutating func embed(_ receiver: Receiver, id: UInt32?) -> Cell {
    if receiver.graph.mayShare || receiver.graph.noteMention() { sawReference = true }
    if let id {
      registerEmbedded(receiver, as: id)
    }
    return addSlot(.receiver(receiver))
  }

  /// Opens a container.
  ///
  /// - Parameter registers: whether references to it are possible before it is complete.
  mutating func open(
    _ kind: Frame.Kind, _ recordKind: Record.Kind, at offset: Int, registers: Bool = true,
    takesID: Bool = true, length: UInt32 = 0
  ) throws(CloneDecodingError) {
    guard frames.count < limits.depth else {
      throw failure(
        .limitExceeded("depth", limits.depth), at: offset, tag: wire.bytes[offset])
    }
    try checkRoom()
    if records.capacity == 0 { makeRoom() }
    try checkMemory(
      owedCells: kind == .denseElements || kind == .claimedElements ? Int(length) : 0)
    let record = addRecord(Record(kind: recordKind, start: 0))
    let id = takesID ? takeID() : .max
    if registers, takesID { register(record, as: id) }
    let frame = Frame(
      kind: kind, record: record, base: stack.count, offset: offset, id: id, length: length)
    frames.push(frame, progress)
  }

  /// Whether a view can stand on a value.
  private func isBuffer(_ cell: Cell) -> Bool {
    switch cell.tag {
    case .receiver:
      let kind = records[Int(cell.payload)].kind
      return kind == .arrayBuffer || kind == .sharedArrayBuffer
    case .slot:
      guard case .receiver(let receiver) = slots[Int(cell.payload)] else { return false }
      return receiver.kind == .arrayBuffer || receiver.kind == .sharedArrayBuffer
    default: return false
    }
  }

  /// How many records and ids can be told apart: one bit of 32 says which kind a reference is.
  static let mostRecords = Int(Int32.max) - 1

  /// Makes sure that there are not too many receivers.
  private func checkNodes() throws(CloneDecodingError) {
    guard records.count <= limits.nodes else {
      throw failure(.limitExceeded("nodes", limits.nodes), at: wire.position)
    }
    try checkRoom()
  }

  /// Makes sure that records, ids and cells can be numbered, whatever the limits: an input of 4 GiB can hold more.
  /// One step of the reader adds a handful at most; what is on the stack may take two cells each.
  private func checkRoom() throws(CloneDecodingError) {
    guard records.count < ValueDeserializer.mostRecords,
      objects.count < ValueDeserializer.mostRecords,
      cells.count + 2 * stack.count < Int(UInt32.max) - 1024, slots.count < Int(UInt32.max) - 1024
    else {
      throw failure(.limitExceeded("nodes", ValueDeserializer.mostRecords), at: wire.position)
    }
  }

  /// Makes sure that the graph in the making stays within its limit, with room for cells that are owed.
  mutating func checkMemory(owedCells: Int = 0) throws(CloneDecodingError) {
    guard limits.memory < .max else { return }
    guard memory <= limits.memory, owedCells <= (limits.memory - memory) / MemoryLayout<Cell>.size
    else { throw failure(.limitExceeded("memory", limits.memory), at: wire.position) }
  }

  /// What the graph in the making takes, in bytes.
  private var memory: Int {
    MemoryLayout<Cell>.size * (stack.count + cells.count)
      + MemoryLayout<Record>.stride * records.count + MemoryLayout<Frame>.stride * frames.count
      + MemoryLayout<CloneGraph.Slot>.stride * slots.count
      + MemoryLayout<UInt32>.size * objects.count
      + keyTableSize
  }

  // MARK: - Delivery

  /// Gives a complete value to the innermost open container; answers the container if that completes it.
  mutating func deliver(_ value: Cell) throws(CloneDecodingError) -> Cell? {
    try checkNodes()
    // Containers are counted when they open; this is for those of very many primitives and leaves. The elements of
    // a dense array are on the stack only.
    if frames.top.count & 0xFF == 0xFF || stack.count & 0xFF == 0xFF { try checkMemory() }
    switch frames.top.kind {
    case .object, .denseProperties, .sparseArray:
      if frames.top.hasKey {
        try deliverProperty(value)
      } else {
        push(try propertyKey(value))
        frames.top.setUncheckedKey()
      }
    case .denseElements, .claimedElements:
      deliverElement(version < 11 && value == .undefined ? .hole : value)
    case .map: try deliverMapItem(value)
    case .set: try deliverEntryKey(value)
    case .error: try deliverErrorSection(value)
    case .stringObject: return try endStringObject(value)
    case .regExp: return try endRegExp(value)
    case .wasmMemory: return try endWasmMemory(value)
    case .hostPayload, .hostValue: return try endHostObject(value)
    }
    return nil
  }

  /// Ends the innermost container with a complete record, which is the value that is delivered next.
  mutating func close(_ frame: Frame) -> Cell {
    frames.pop()
    stack.removeLast(stack.count - frame.base)
    if frame.hasKeyTable {
      keyTableSize -= keyTable.byteCount
      keyTable = outerKeyTables.popLast() ?? .vacant
    }
    return .receiver(frame.record)
  }

  // MARK: - Errors

  /// An error with the path to what is being read.
  func failure(
    _ reason: CloneDecodingError.Reason, at offset: Int, tag: UInt8? = nil
  ) -> CloneDecodingError {
    CloneDecodingError(reason, offset: offset, tag: tag, path: path)
  }

  /// The error for something outside the payload that no delegate resolves.
  func unresolved(at offset: Int, tag: UInt8) -> CloneDecodingError {
    CloneDecodingError(
      .unresolved, offset: offset, tag: tag, path: path,
      message: profile.rules.embedder.unresolvedMessage(of: tag))
  }
}
