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
  private mutating func readCompleteValue() -> Exit? {
    var position = position
    if let value = readLeaf(at: &position)
      ?? input.readPrimitive(at: &position, stringLength: rules.stringLength)
    {
      self.position = position
      return deliver(value)
    }
    switch input.byte(at: position) {
    // They may have found no room.
    case WireTag.date, WireTag.regExp: return noRecord(cells: 1)
    default: return skipPadding()
    }
  }

  /// Reads a reference, a date, a big integer or a regular expression; `nil`, and nothing is read, for anything else, or if there is no room.
  mutating func readLeaf(at position: inout Int) -> Cell? {
    guard position < input.end else { return nil }
    switch input.byte(at: position) {
    case WireTag.objectReference: return readReference(at: &position)
    case WireTag.date: return readDate(at: &position)
    case WireTag.bigint: return readBigInt(at: &position)
    case WireTag.regExp: return readRegExp(at: &position)
    default: return nil
    }
  }

  /// Reads a regular expression whose pattern is plain. For the limits it is a container of its source.
  mutating func readRegExp(at position: inout Int) -> Cell? {
    let offset = position + 1
    guard frames.count < rules.depth, !rules.hasMemoryLimit, offset < input.end,
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

  @inline(__always)
  mutating func readReference(at position: inout Int) -> Cell? {
    guard let (id, end) = input.varint(at: position + 1), Int(id) < objects.count,
      Int(id) >= rules.firstID
    else { return nil }
    // Odd entries are receivers elsewhere, 0 is none.
    let entry = objects[Int(id)]
    guard entry != 0, entry & 1 == 0 else { return nil }
    let record = entry / 2 - 1
    // A view may follow a buffer.
    switch records[Int(record)].kind {
    case .arrayBuffer, .sharedArrayBuffer: return nil
    default: break
    }
    position = end
    sawReference = true
    return .receiver(record)
  }

  @inline(__always)
  mutating func readDate(at position: inout Int) -> Cell? {
    guard input.end - position >= 9, let record = addRecord(.date, cells: 1) else {
      return nil
    }
    cells.push(
      .double(CloneDate.clip(Double(bitPattern: input.word(at: position + 1)))))
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
