/// Errors, boxed strings, regular expressions, buffers, views and what comes from outside.
extension ValueDeserializer {
  // MARK: - Errors

  mutating func beginError(at offset: Int) throws(CloneDecodingError) -> Cell? {
    try open(
      .error, .error, at: offset, registers: profile.rules.errorSections == .any,
      takesID: profile.rules.errorsTakeIDs)
    // Its sections are stored where they stay, so that nested errors hold none of them twice.
    records[Int(frames.top.record)].start = UInt32(cells.count)
    reserveCells(3)
    cells.append(contentsOf: [.hole, .hole, .hole])
    return nil
  }

  /// Reads the byte of a section; answers the error at its end.
  mutating func readErrorSection() throws(CloneDecodingError) -> Cell? {
    let offset = wire.position
    let tag: UInt8
    do {
      tag = UInt8(truncatingIfNeeded: try wire.readVarint(width: 8))
    } catch {
      throw failure(error.reason, at: error.offset, tag: WireTag.error)
    }
    let order: UInt8
    switch tag {
    case ErrorTag.message: order = 2
    case ErrorTag.stack: order = 3
    case ErrorTag.cause where profile.rules.errorsHaveCauses: order = 4
    case ErrorTag.end: order = 5
    default:
      guard let name = CloneErrorObject.Name(tag: tag) else {
        throw failure(.invalidErrorSection, at: offset, tag: tag)
      }
      order = 1
      records[Int(frames.top.record)].detail = UInt16(name.rawValue)
    }
    if profile.rules.errorSections == .strict {
      guard order > frames.top.progress else {
        throw failure(.invalidErrorSection, at: offset, tag: tag)
      }
      frames.top.progress = order
    }
    switch tag {
    case ErrorTag.message, ErrorTag.stack:
      frames.top.section = tag == ErrorTag.message ? .message : .stack
      if hasUntaggedStrings {
        try deliverErrorSection(readUntaggedString(of: tag, at: offset))
      }
    case ErrorTag.cause:
      frames.top.section = .cause
      if profile.rules.errorSections == .strict { register(frames.top.record, as: frames.top.id) }
    case ErrorTag.end:
      let frame = frames.top
      if profile.rules.errorSections != .any, profile.rules.errorsTakeIDs {
        register(frame.record, as: frame.id)
      }
      return close(frame)
    default: break
    }
    return nil
  }

  mutating func deliverErrorSection(_ value: Cell) throws(CloneDecodingError) {
    guard let section = frames.top.section else { return }
    let start = Int(records[Int(frames.top.record)].start)
    switch section {
    case .message, .stack:
      guard isString(value) else {
        if !isFault(value) { try noteFault(failure(.stringExpected, at: wire.position)) }
        frames.top.section = nil
        return
      }
      if section == .stack, !cells[start + CloneErrorObject.Section.cause.rawValue].isHole {
        sawCauseBeforeStack = true
      }
    case .cause:
      if !cells[start + CloneErrorObject.Section.stack.rawValue].isHole {
        sawStackBeforeCause = true
      }
    }
    cells[start + section.rawValue] =
      section == .cause ? heldCause(value, of: records[Int(frames.top.record)]) : value
    frames.top.section = nil
  }

  /// A cause as the engine holds it in a field of the error.
  private mutating func heldCause(_ value: Cell, of error: Record) -> Cell {
    let message = cells[Int(error.start) + CloneErrorObject.Section.message.rawValue]
    return engine?.errorCause(value, name: error.detail, hasMessage: !message.isHole) ?? value
  }

  /// Whether a cell of the graph in the making is a string.
  private func isString(_ cell: Cell) -> Bool {
    if cell.isSlot, case .string = slots[Int(cell.payload)] { return true }
    return cell.isString
  }

  // MARK: - Boxed strings and regular expressions

  mutating func endStringObject(_ value: Cell) throws(CloneDecodingError) -> Cell {
    let frame = frames.top
    guard isString(value) else {
      return try closeFault(frame, content: value, failure(.stringExpected, at: wire.position))
    }
    return closeLeaf(frame, cells: [value])
  }

  mutating func endRegExp(_ value: Cell) throws(CloneDecodingError) -> Cell {
    let frame = frames.top
    guard let source = string(of: value) else {
      let error = failure(.stringExpected, at: wire.position)
      if faults != nil { _ = try wire.readUInt32() }
      return try closeFault(frame, content: value, error)
    }
    let offset = wire.position
    let flags: UInt32
    do {
      flags = try wire.readUInt32()
    } catch {
      throw failure(error.reason, at: error.offset)
    }
    guard source.utf16Count <= limits.regExpLength else {
      throw failure(.limitExceeded("regExpLength", limits.regExpLength), at: frame.offset)
    }
    guard profile.acceptsRegExpFlags(flags) else {
      return try closeFault(frame, content: value, failure(.invalidRegExpFlags(flags), at: offset))
    }
    if let error = CloneRegExp.syntaxError(
      in: source, flags: CloneRegExp.Flags(rawValue: flags), for: profile)
    {
      return try closeFault(
        frame, content: value, failure(.invalidRegExpSyntax(error), at: frame.offset))
    }
    records[Int(frame.record)].extra = flags
    var cell = value
    if let held = engine?.regExpSource(source, flags: flags),
      held != source || held.isTwoByte != source.isTwoByte
    {
      cell = addString(held)
    }
    return closeLeaf(frame, cells: [cell])
  }

  /// Completes a receiver that becomes reachable only now.
  private mutating func closeLeaf(_ frame: Frame, cells leafCells: [Cell]) -> Cell {
    records[Int(frame.record)].start = UInt32(cells.count)
    reserveCells(leafCells.count)
    cells.append(contentsOf: leafCells)
    register(frame.record, as: frame.id)
    return close(frame)
  }

  // MARK: - Buffers and views

  /// A size in bytes: 32 bits before V8 15, 64 since.
  private mutating func readSize() throws(CloneDecodingError) -> UInt64 {
    try wire.readVarint(width: profile.rules.sizesHave64Bits ? 64 : 32)
  }

  mutating func readArrayBuffer(_ tag: UInt8, at offset: Int) throws(CloneDecodingError) -> Cell {
    let id = takeID()
    let length = try readSize()
    var maximum: UInt64?
    if tag == WireTag.resizableArrayBuffer {
      let given = try readSize()
      // The address space that engines can reserve ends at about 2^45 bytes.
      guard length <= given, given < 1 << 45 + 1 << 44 else {
        return try fault(
          failure(.invalidBufferLength, at: offset, tag: tag), endingIn: length, id: id)
      }
      maximum = given
    }
    let start = try wire.skip(length, from: offset)
    var flags: Record.Flags = []
    if maximum != nil { flags.insert(.resizable) }
    if tag == WireTag.immutableArrayBuffer { flags.insert(.immutable) }
    return addLeaf(
      .arrayBuffer, flags: flags, count: UInt32(length), extra: UInt32(start),
      cells: [maximum.map { .number(Double($0)) } ?? .undefined], id: id)
  }

  mutating func readView(on buffer: Cell) throws(CloneDecodingError) -> Cell {
    wire.skipPadding()
    let offset = wire.position
    wire.position += 1
    do {
      return try readView(on: buffer, at: offset)
    } catch {
      throw error.tag == nil
        ? failure(error.reason, at: error.offset, tag: WireTag.arrayBufferView) : error
    }
  }

  private mutating func readView(on buffer: Cell, at offset: Int) throws(CloneDecodingError) -> Cell
  {
    let subtag = UInt8(truncatingIfNeeded: try wire.readVarint(width: 8))
    let byteOffset = try readSize()
    let byteLength = try readSize()
    let (bufferLength, isResizable, isShared) = bufferFacts(buffer)
    guard byteOffset <= bufferLength, byteLength <= bufferLength - byteOffset else {
      if faults != nil, version >= 14 || expectsViewFlags { _ = try wire.readUInt32() }
      return try fault(CloneDecodingError(.viewOutOfBounds, offset: offset), takesID: true)
    }
    let flags = version >= 14 || expectsViewFlags ? try wire.readUInt32() : 0
    let id = takeID()
    guard let kind = CloneArrayBufferView.Kind(rawValue: subtag),
      kind != .float16 || profile.rules.float16
    else { return try fault(CloneDecodingError(.unknownViewKind, offset: offset), id: id) }
    let size = UInt64(kind.elementSize)
    guard byteOffset % size == 0, byteLength % size == 0 else {
      return try fault(CloneDecodingError(.viewOutOfBounds, offset: offset), id: id)
    }
    var recordFlags: Record.Flags = []
    if profile.rules.checksViewFlags {
      guard flags & 1 == 0 || isResizable, (flags & 2 != 0) == (isResizable && !isShared) else {
        return try fault(CloneDecodingError(.invalidViewFlags(flags), offset: offset), id: id)
      }
      if flags & 1 != 0 { recordFlags.insert(.lengthTracking) }
    }
    // An engine that checks flags keeps the two it knows; the one that does not writes all of them back.
    let kept = engine != nil && profile.rules.checksViewFlags ? flags & 3 : flags
    return addLeaf(
      .arrayBufferView, flags: recordFlags, detail: UInt16(subtag), extra: kept,
      cells: [
        buffer, .number(Double(byteOffset)),
        .number(recordFlags.contains(.lengthTracking) ? 0 : Double(byteLength)),
      ], id: id)
  }

  private func bufferFacts(_ buffer: Cell) -> (length: UInt64, isResizable: Bool, isShared: Bool) {
    if buffer.isReceiver {
      let record = records[Int(buffer.payload)]
      return (UInt64(record.count), record.flags.contains(.resizable), false)
    }
    guard case .receiver(let receiver) = slots[Int(buffer.payload)] else {
      return (0, false, false)
    }
    if receiver.kind == .sharedArrayBuffer {
      let shared = CloneSharedArrayBuffer(receiver)
      return (UInt64(shared.byteLength), shared.isGrowable, true)
    }
    return (UInt64(receiver.record.count), receiver.record.flags.contains(.resizable), false)
  }

  // MARK: - WebAssembly memories and host objects

  mutating func readWasmMemoryHead() throws(CloneDecodingError) -> Cell? {
    let offset = wire.position
    let pages = try wire.readInt32()
    push(.int32(pages))
    // Older releases take the tag of the buffer as part of the memory.
    guard profile.rules.readsWasmBufferAsValue || wire.peekTag() == WireTag.sharedArrayBuffer else {
      throw failure(.invalidWasmMemory, at: offset, tag: WireTag.wasmMemory)
    }
    let isMemory64 = try readMemory64Byte(at: offset)
    if isMemory64 { records[Int(frames.top.record)].flags.insert(.memory64) }
    let most: Int32 = isMemory64 ? 1 << 18 : 1 << 16
    guard !profile.rules.checksWasmMaximum || (-1...most).contains(pages) else {
      throw failure(.invalidWasmMemory, at: offset, tag: WireTag.wasmMemory)
    }
    return nil
  }

  /// Reads whether a memory has addresses of 64 bits, if the release says so.
  private mutating func readMemory64Byte(at offset: Int) throws(CloneDecodingError) -> Bool {
    switch profile.rules.memory64Byte {
    case .absent: return false
    case .present:
      let byte = try wire.readByte()
      guard byte <= 1 else {
        throw failure(.invalidWasmMemory, at: offset, tag: WireTag.wasmMemory)
      }
      return byte == 1
    case .eitherWay:
      // Neither byte begins a value.
      guard wire.position < wire.bytes.count, wire.bytes[wire.position] <= 1 else { return false }
      return try wire.readByte() == 1
    }
  }

  mutating func endWasmMemory(_ value: Cell) throws(CloneDecodingError) -> Cell {
    let frame = frames.top
    guard value.isSlot, case .receiver(let receiver) = slots[Int(value.payload)],
      receiver.kind == .sharedArrayBuffer
    else {
      return try closeFault(
        frame, content: value,
        failure(.invalidWasmMemory, at: frame.offset, tag: WireTag.wasmMemory))
    }
    return closeLeaf(frame, cells: [value, stack[frame.base]])
  }

  mutating func readHostObject(at offset: Int) throws(CloneDecodingError) -> Cell? {
    guard let delegate else { throw unresolved(at: offset, tag: wire.bytes[offset]) }
    var reader = HostObjectReader(wire: wire, start: offset, wireFormatVersion: version)
    let content: HostObjectContent
    do {
      content = try delegate.readHostObject(from: &reader)
    } catch {
      delegateRefused = true
      throw failure(error.reason, at: error.offset, tag: wire.bytes[offset])
        .saying(error.ownMessage)
    }
    // A delegate can hand back another reader than the one it was given.
    wire.position = min(max(offset, reader.wire.position), wire.bytes.count)
    switch content {
    case .receiver(let value):
      guard let receiver = value.receiver else {
        throw failure(
          .hostObject("a host object must be a receiver"), at: offset, tag: WireTag.hostObject)
      }
      return embed(receiver, id: takeID())
    case .payloadFollows(let interface):
      try enterHostObject(at: offset)
      try open(.hostPayload, .hostObject, at: offset, registers: false)
      push(addInterface(interface))
    case .valueFollows:
      try enterHostObject(at: offset)
      try open(.hostValue, .hostObject, at: offset, registers: false)
    case .arrayBufferView(let kind, let bytes, let interface, let layout):
      guard bytes.lowerBound >= 0, bytes.upperBound <= wire.bytes.count,
        bytes.count % kind.elementSize == 0
      else {
        throw failure(
          .hostObject("a view's bytes must be in the input, and whole elements"), at: offset,
          tag: WireTag.hostObject)
      }
      return addView(kind, on: bytes, interface: interface, layout: layout)
    }
    return nil
  }

  /// Adds a view on a buffer of its own, and a host object around it if it has an interface. One id is for all of them.
  private mutating func addView(
    _ kind: CloneArrayBufferView.Kind, on bytes: Range<Int>, interface: CloneString?, layout: UInt32
  ) -> Cell {
    let id = takeID()
    let buffer = addRecord(
      Record(
        kind: .arrayBuffer, start: 0, count: UInt32(bytes.count), extra: UInt32(bytes.lowerBound)),
      cells: [.undefined])
    var outermost = addRecord(
      Record(kind: .arrayBufferView, detail: UInt16(kind.rawValue), start: 0),
      cells: [.receiver(buffer), .int32(0), .number(Double(bytes.count))])
    if let interface {
      outermost = addRecord(
        Record(kind: .hostObject, start: 0, extra: layout),
        cells: [addInterface(interface), .receiver(outermost)])
    }
    register(outermost, as: id)
    return .receiver(outermost)
  }

  /// Keeps the name of an interface, once for several host objects of the same.
  private mutating func addInterface(_ name: CloneString) -> Cell {
    if let cell = cell(ofInterface: name) { return cell }
    let cell = addString(name)
    lastInterface = cell
    return cell
  }

  /// The cell of an interface, if the last host object had it.
  func cell(ofInterface name: CloneString) -> Cell? {
    lastInterface.flatMap { string(of: $0) == name ? $0 : nil }
  }

  /// Counts a host object whose value follows.
  private mutating func enterHostObject(at offset: Int) throws(CloneDecodingError) {
    guard hostObjectDepth < limits.hostObjectDepth else {
      throw failure(
        .limitExceeded("hostObjectDepth", limits.hostObjectDepth), at: offset,
        tag: wire.bytes[offset])
    }
    hostObjectDepth += 1
  }

  mutating func endHostObject(_ value: Cell) throws(CloneDecodingError) -> Cell {
    let frame = frames.top
    hostObjectDepth -= 1
    if frame.kind == .hostPayload {
      return closeLeaf(frame, cells: [stack[frame.base], value])
    }
    switch value.tag {
    case .receiver: register(value.payload, as: frame.id)
    case .slot:
      guard case .receiver(let receiver) = slots[Int(value.payload)] else { fallthrough }
      registerEmbedded(receiver, as: frame.id)
    default:
      throw failure(
        .hostObject("a host object must be a receiver"), at: frame.offset, tag: WireTag.hostObject)
    }
    // The record made for the host object itself stays unused.
    records[Int(frame.record)] = Record(kind: .object, start: 0)
    _ = close(frame)
    return value
  }
}
