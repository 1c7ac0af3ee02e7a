/// Values that are complete at once.
extension FastPath {
  /// Reads a value, or opens a container.
  @inline(__always)
  mutating func readValue() -> Step {
    guard !cursor.isAtEnd else { return .exit(.general) }
    switch cursor.byte(at: cursor.position) {
    case WireTag.beginObject: return open(.object, .object, end: cursor.position + 1)
    case WireTag.beginDenseArray: return openArray()
    case WireTag.beginMap: return open(.map, .map, end: cursor.position + 1)
    case WireTag.beginSet: return open(.set, .set, end: cursor.position + 1)
    case WireTag.error where rules.readsErrors: return openError()
    case WireTag.objectReference, WireTag.date, WireTag.bigint, WireTag.regExp:
      var cursor = cursor
      let value = readLeaf(&cursor)
      self.cursor = cursor
      guard let value else {
        // A date or a regular expression may have found no room.
        return records.has(1) && objects.has(1) && cells.has(1)
          ? .exit(.general) : noRecord(cells: 1)
      }
      return .value(value)
    default:
      let value = cursor.readPrimitive(stringLength: rules.stringLength)
      guard let value else { return endItem() }
      return .value(value)
    }
  }

  /// Reads a reference, a date, a big integer or a regular expression; `nil`, and nothing is read, for anything else, or if there is no room.
  mutating func readLeaf(_ cursor: inout WireCursor) -> Cell? {
    guard !cursor.isAtEnd else { return nil }
    switch cursor.byte(at: cursor.position) {
    case WireTag.objectReference: return readReference(&cursor)
    case WireTag.date: return readDate(&cursor)
    case WireTag.bigint: return readBigInt(&cursor)
    case WireTag.regExp: return readRegExp(&cursor)
    default: return nil
    }
  }

  /// Reads a regular expression whose pattern is plain. For the limits it is a container of its source.
  mutating func readRegExp(_ cursor: inout WireCursor) -> Cell? {
    let offset = cursor.position + 1
    guard frames.count < rules.depth, !rules.hasMemoryLimit, offset < cursor.end,
      cursor.byte(at: offset) == WireTag.oneByteString,
      let (length, start) = cursor.varint(at: offset + 1), Int(length) < cursor.end - start,
      Int(length) <= min(rules.stringLength, rules.regExpLength)
    else { return nil }
    let sourceEnd = start + Int(length)
    let bytes = cursor
    guard let (flags, end) = cursor.varint(at: sourceEnd), flags & ~rules.regExpFlags == 0,
      PlainPattern.isPlain(from: start, to: sourceEnd, byte: { bytes.byte(at: $0) }),
      let record = addRecord(.regExp, cells: 1)
    else { return nil }
    cells.push(.string(at: UInt32(truncatingIfNeeded: offset)))
    records.update(Int(record)) { $0.extra = flags }
    cursor.position = end
    return .receiver(record)
  }

  @inline(__always)
  mutating func readReference(_ cursor: inout WireCursor) -> Cell? {
    guard let (id, end) = cursor.varint(at: cursor.position + 1), Int(id) < objects.count,
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
    cursor.position = end
    sawReference = true
    return .receiver(record)
  }

  @inline(__always)
  mutating func readDate(_ cursor: inout WireCursor) -> Cell? {
    guard cursor.end - cursor.position >= 9, let record = addRecord(.date, cells: 1) else {
      return nil
    }
    cells.push(
      .double(CloneDate.clip(Double(bitPattern: cursor.word(at: cursor.position + 1)))))
    cursor.position += 9
    return .receiver(record)
  }

  @inline(__always)
  mutating func readBigInt(_ cursor: inout WireCursor) -> Cell? {
    let offset = cursor.position + 1
    guard let (field, start) = cursor.varint(at: offset), field >> 31 == 0 else { return nil }
    let length = Int(field >> 1)
    guard length > 0, length <= CloneBigInt.longest, length <= rules.bigIntSize,
      length <= cursor.end - start
    else { return nil }
    cursor.position = start + length
    return .bigint(at: UInt32(truncatingIfNeeded: offset))
  }
}
