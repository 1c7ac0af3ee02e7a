/// Values that are complete at once.
extension FastPath {
  /// Reads a value, or opens a container.
  @inline(__always)
  mutating func readValue() -> Exit? {
    guard position < input.end else { return .general }
    switch input.byte(at: position) {
    case WireTag.beginObject: return open(.object, .object, end: position &+ 1)
    case WireTag.beginDenseArray: return openArray()
    case WireTag.beginMap: return open(.map, .map, end: position &+ 1)
    case WireTag.beginSet: return open(.set, .set, end: position &+ 1)
    case WireTag.error where rules.readsErrors: return openError()
    default: return readCompleteValue()
    }
  }

  /// Reads a value that is no container.
  mutating func readCompleteValue() -> Exit? {
    var position = position
    if let value = readLeaf(at: &position)
      ?? input.readPrimitive(at: &position, stringLength: rules.stringLength)
    {
      self.position = position
      return deliver(value)
    }
    switch input.byte(at: position) {
    // They may have found no room.
    case WireTag.date: return noRecord(cells: 0)
    case WireTag.regExp: return noRecord(cells: 1)
    case WireTag.arrayBuffer: return noRecord(cells: 4)
    case WireTag.hostObject where rules.hostObjectViews != nil: return noRecord(cells: 6)
    default: return skipPadding()
    }
  }

  /// Reads a primitive of the most usual kinds, or a reference, that begins before ``WireInput/usualEnd``; a hole, and
  /// nothing is read, for anything else.
  @inline(__always)
  mutating func readUsualValue(at position: inout Int) -> Cell {
    let value = input.usualPrimitive(at: &position)
    guard value.isHole, input.byte(at: position) == WireTag.objectReference else { return value }
    return readReference(at: &position) ?? .hole
  }

  /// Reads a reference, a date, a big integer, a regular expression, a buffer and a view on it, or a view that is a host
  /// object; `nil`, and nothing is read, for anything else, or if there is no room.
  mutating func readLeaf(at position: inout Int) -> Cell? {
    guard position < input.end else { return nil }
    switch input.byte(at: position) {
    case WireTag.objectReference: return readReference(at: &position)
    case WireTag.date: return readDate(at: &position)
    case WireTag.bigint: return readBigInt(at: &position)
    case WireTag.regExp: return readRegExp(at: &position)
    case WireTag.arrayBuffer: return readArrayBuffer(at: &position)
    case WireTag.hostObject: return readHostObjectView(at: &position)
    default: return nil
    }
  }

  /// Reads a regular expression whose pattern is plain. For the limits it is a container of its source.
  mutating func readRegExp(at position: inout Int) -> Cell? {
    let offset = position + 1
    guard frames.count < rules.depth, offset < input.end,
      input.byte(at: offset) == WireTag.oneByteString,
      let (length, start) = input.varint(at: offset + 1), Int(length) < input.end - start,
      Int(length) <= min(rules.stringLength, rules.regExpLength)
    else { return nil }
    let sourceEnd = start + Int(length)
    let input = input
    guard let (flags, end) = input.varint(at: sourceEnd), flags & ~rules.regExpFlags == 0,
      PlainPattern.isPlain(from: start, to: sourceEnd, byte: { input.byte(at: $0) }),
      let record = addRecord(.regExp, cells: 1)
    else { return nil }
    cells.push(.string(at: UInt32(truncatingIfNeeded: offset)))
    records.update(Int(record)) { $0.extra = flags }
    position = end
    return .receiver(record)
  }

  /// Reads a buffer of a fixed length, and the view on it that may follow.
  private mutating func readArrayBuffer(at position: inout Int) -> Cell? {
    guard records.has(2), objects.has(2), cells.has(4), records.count < rules.nodes &- 1,
      let (length, start) = readSize(at: position + 1), Int(length) <= input.end - start
    else { return nil }
    var end = start + Int(length)
    var view: View?
    if end < input.end {
      switch input.byte(at: end) {
      // A view may be behind it.
      case WireTag.padding: return nil
      case WireTag.arrayBufferView:
        view = readView(at: &end, onBufferOf: length)
        if view == nil { return nil }
      default: break
      }
    }
    guard let buffer = addRecord(.arrayBuffer, cells: 1) else { return nil }
    records.update(Int(buffer)) {
      $0.count = length
      $0.extra = UInt32(truncatingIfNeeded: start)
    }
    cells.push(.undefined)
    position = end
    guard let view, let record = addRecord(.arrayBufferView, cells: 3) else {
      return .receiver(buffer)
    }
    records.update(Int(record)) { $0.detail = UInt16(view.kind.rawValue) }
    cells.push(.receiver(buffer))
    cells.push(.number(Double(view.byteOffset)))
    cells.push(.number(Double(view.byteLength)))
    return .receiver(record)
  }

  /// Reads a view that was written as a host object, of which it may be the payload: what the delegate of
  /// ``ValueDeserializer/hostObjectViews`` makes of it. One id is for all of its records.
  private mutating func readHostObjectView(at position: inout Int) -> Cell? {
    guard let views = rules.hostObjectViews, records.has(3), objects.has(1), cells.has(6),
      records.count < rules.nodes &- 2
    else { return nil }
    var offset = position &+ 1
    if views.prefix >= 0 {
      guard offset < input.end, Int16(input.byte(at: offset)) == views.prefix else { return nil }
      offset &+= 1
    }
    guard offset < input.end else { return nil }
    let number = input.byte(at: offset)
    let isWrapped = number == views.wrappedNumber
    guard let kind = views.kind(number), let (length, start) = readSize(at: offset &+ 1),
      Int(length) <= input.end - start,
      length % UInt32(truncatingIfNeeded: kind.elementSize) == 0,
      !isWrapped || rules.hostObjectInterface != nil
    else { return nil }
    let buffer = UInt32(truncatingIfNeeded: records.count)
    let firstCell = UInt32(truncatingIfNeeded: cells.count)
    records.push(
      Record(
        kind: .arrayBuffer, start: firstCell, count: length,
        extra: UInt32(truncatingIfNeeded: start)))
    cells.push(.undefined)
    records.push(
      Record(kind: .arrayBufferView, detail: UInt16(kind.rawValue), start: firstCell &+ 1))
    cells.push(.receiver(buffer))
    cells.push(.int32(0))
    cells.push(.number(Double(length)))
    var outermost = buffer &+ 1
    if isWrapped, let interface = rules.hostObjectInterface {
      records.push(Record(kind: .hostObject, start: firstCell &+ 4))
      cells.push(interface)
      cells.push(.receiver(outermost))
      outermost &+= 1
      usesInterface = true
    }
    objects.push(2 &* outermost &+ 2)
    position = start &+ Int(length)
    return .receiver(outermost)
  }

  /// A size in bytes, and where it ends: of four bytes at most, as one of five may have more than 32 bits, which some engines
  /// read.
  private mutating func readSize(at offset: Int) -> (value: UInt32, end: Int)? {
    guard let size = input.varint(at: offset), size.end - offset < 5 else { return nil }
    return size
  }

  /// What a view says of itself.
  private struct View {
    let kind: CloneArrayBufferView.Kind
    let byteOffset: UInt32
    let byteLength: UInt32
  }

  /// Reads a view without flags, of a kind that every engine knows.
  private mutating func readView(at position: inout Int, onBufferOf length: UInt32) -> View? {
    guard position + 1 < input.end,
      let kind = CloneArrayBufferView.Kind(rawValue: input.byte(at: position + 1)),
      kind != .float16, let (byteOffset, lengthStart) = readSize(at: position + 2),
      let (byteLength, flagsStart) = readSize(at: lengthStart), byteOffset <= length,
      byteLength <= length - byteOffset
    else { return nil }
    let size = UInt32(truncatingIfNeeded: kind.elementSize)
    guard byteOffset % size == 0, byteLength % size == 0 else { return nil }
    var end = flagsStart
    if rules.readsViewFlags {
      guard let (flags, flagsEnd) = input.varint(at: flagsStart), flags == 0 else { return nil }
      end = flagsEnd
    }
    position = end
    return View(kind: kind, byteOffset: byteOffset, byteLength: byteLength)
  }

  @inline(__always)
  mutating func readReference(at position: inout Int) -> Cell? {
    guard let (id, end) = input.varint(at: position + 1),
      let record = FastPath.record(ofID: id, in: objects, records, firstID: rules.firstID)
    else { return nil }
    position = end
    sawReference = true
    return .receiver(record)
  }

  /// The record of this graph that an id means, unless a view may follow it.
  @inline(__always)
  static func record(
    ofID id: UInt32, in objects: Room<UInt32>, _ records: Room<Record>, firstID: Int
  ) -> UInt32? {
    guard Int(id) < objects.count, Int(id) >= firstID else { return nil }
    // Odd entries are receivers elsewhere, 0 is none.
    let entry = objects[Int(id)]
    guard entry != 0, entry & 1 == 0 else { return nil }
    let record = entry / 2 &- 1
    switch records[Int(record)].kind {
    case .arrayBuffer, .sharedArrayBuffer: return nil
    default: return record
    }
  }

  @inline(__always)
  mutating func readDate(at position: inout Int) -> Cell? {
    guard input.end - position >= 9, records.has(1), objects.has(1), records.count < rules.nodes
    else { return nil }
    let record = UInt32(truncatingIfNeeded: records.count)
    records.push(
      Record(date: CloneDate.clip(Double(bitPattern: input.innerWord(at: position + 1)))))
    objects.push(2 * record + 2)
    position += 9
    return .receiver(record)
  }

  @inline(__always)
  mutating func readBigInt(at position: inout Int) -> Cell? {
    let offset = position + 1
    guard let (field, start) = input.varint(at: offset), field >> 31 == 0 else { return nil }
    let length = Int(field >> 1)
    guard length > 0, length <= CloneBigInt.longest, length <= rules.bigIntSize,
      length <= input.end - start
    else { return nil }
    position = start + length
    return .bigint(at: UInt32(truncatingIfNeeded: offset))
  }
}
