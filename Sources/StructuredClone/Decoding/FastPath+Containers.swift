/// Containers: where they begin and end.
extension FastPath {
  /// Adds a record with an id if there is room for it and its cells.
  @inline(__always)
  mutating func addRecord(_ kind: Record.Kind, cells number: Int) -> UInt32? {
    guard records.has(1), objects.has(1), cells.has(number), records.count < rules.nodes else {
      return nil
    }
    let record = UInt32(truncatingIfNeeded: records.count)
    records.push(Record(kind: kind, start: UInt32(truncatingIfNeeded: cells.count)))
    objects.push(2 &* record &+ 2)
    return record
  }

  /// Why a record could not be added.
  mutating func noRecord(cells number: Int) -> Exit {
    let hasRoom = records.has(1) && objects.has(1) && cells.has(number)
    return hasRoom || records.count >= rules.nodes ? .general : .room(cells: number)
  }

  /// Opens a container, with room for so many cells.
  @inline(__always)
  mutating func open(
    _ kind: Frame.Kind, _ recordKind: Record.Kind, length: UInt32 = 0, cells number: Int = 0,
    end: Int
  ) -> Exit? {
    guard frames.has(1), frames.count < rules.depth else { return .general }
    guard let record = addRecord(recordKind, cells: number) else { return noRecord(cells: number) }
    frames.push(
      Frame(
        kind: kind, record: record, base: stack.count, offset: position, id: 0, length: length))
    position = end
    return nil
  }

  /// Opens an array in the dense form, with places for its elements: each takes a byte at least, so that all that were
  /// announced can be no more than what is left of the input.
  @inline(__always)
  mutating func openArray() -> Exit? {
    guard let (length, end) = input.varint(at: position &+ 1),
      Int(length) &+ owedElements <= input.end &- end, Int(length) <= rules.arrayLength
    else { return .general }
    if let exit = open(.denseElements, .array, length: length, cells: 1 &+ Int(length), end: end) {
      return exit
    }
    // No named properties.
    cells.push(.undefined)
    cells.count &+= Int(length)
    records.update(Int(frames.top.record)) { $0.count = length }
    owedElements &+= Int(length)
    return nil
  }

  @inline(__always)
  mutating func closeObject() -> Exit? {
    guard !frames.top.isUnordered, !frames.top.hasKeyTable,
      let (count, end) = input.varint(at: position &+ 1), count == frames.top.count
    else { return .general }
    let base = frames.top.base
    guard cells.has(stack.count &- base) else { return .room(cells: stack.count &- base) }
    if frames.top.model == 0, count > 0, !models.isEmpty, stack[base].isString {
      let place = modelPlace(ofNameAt: Int(stack[base].payload))
      models.set(place, frames.top.record &+ 1)
    }
    return close(storing: count, end: end)
  }

  @inline(__always)
  mutating func closeArray() -> Exit? {
    guard frames.top.count == 0, let end = endOfArray(length: frames.top.length) else {
      return .general
    }
    return close(end: end)
  }

  /// Where an array without named properties ends whose end tag comes next.
  @inline(__always)
  private mutating func endOfArray(length: Int) -> Int? {
    // Most are short, so that one word has both counts.
    if length < 0x80, input.word(at: position &+ 1) & 0xFFFF == UInt64(length) << 8 {
      return position &+ 3 <= input.end ? position &+ 3 : nil
    }
    guard let (pairs, next) = input.varint(at: position &+ 1), pairs == 0,
      let (number, end) = input.varint(at: next), Int(number) == length
    else { return nil }
    return end
  }

  // MARK: - Errors

  mutating func openError() -> Exit? {
    if let exit = open(.error, .error, cells: 3, end: position + 1) { return exit }
    for _ in 0..<3 { cells.push(.hole) }
    return nil
  }

  /// Reads sections of an error up to its cause or its end.
  mutating func readErrorSections() -> Exit? {
    let start = Int(records[Int(frames.top.record)].start)
    while position < input.end {
      let offset = position
      let tag = input.byte(at: offset)
      switch tag {
      case ErrorTag.message, ErrorTag.stack:
        position = offset + 1
        guard let value = input.readPrimitive(at: &position, stringLength: rules.stringLength),
          value.isString
        else {
          position = offset
          return .general
        }
        let section: CloneErrorObject.Section = tag == ErrorTag.message ? .message : .stack
        if section == .stack, !cells[start + CloneErrorObject.Section.cause.rawValue].isHole {
          sawCauseBeforeStack = true
        }
        cells.set(start + section.rawValue, value)
      case ErrorTag.cause:
        position = offset + 1
        frames.top.section = .cause
        return readValue()
      case ErrorTag.end: return close(end: offset + 1)
      default:
        guard let name = CloneErrorObject.Name(tag: tag) else { return .general }
        position = offset + 1
        records.update(Int(frames.top.record)) { $0.detail = UInt16(name.rawValue) }
      }
    }
    return .general
  }

  mutating func deliverCause(_ value: Cell) {
    let start = Int(records[Int(frames.top.record)].start)
    if !cells[start + CloneErrorObject.Section.stack.rawValue].isHole { sawStackBeforeCause = true }
    cells.set(start + CloneErrorObject.Section.cause.rawValue, value)
    frames.top.section = nil
  }

  // MARK: - Entries

  /// Reads keys and values of a map, or elements of a set, as long as they are the most usual values.
  mutating func readEntries() {
    // Locals, so that they can be in registers.
    let stack = stack
    let isMap = frames.top.kind == .map
    var position = position
    var isKey = !frames.top.hasKey
    var top = stack.count
    // One place is left for the value that ends the run.
    let topEnd = stack.capacity &- 1
    let last = lastUsualPosition
    while position <= last, top < topEnd {
      let value = readUsualValue(at: &position)
      guard !value.isHole else { break }
      stack.setRoom(top, isKey ? ValueDeserializer.entryKey(value) : value)
      top &+= 1
      isKey = isKey != isMap
    }
    frames.top.count &+= UInt32(truncatingIfNeeded: top &- stack.count)
    self.stack.count = top
    frames.top.hasKey = !isKey
    self.position = position
  }

  /// Closes a map or set of a few entries that surely differ.
  mutating func closeEntries(stride: Int) -> Exit? {
    let base = frames.top.base
    let number = stack.count - base
    guard number <= 8 * stride, let (count, end) = input.varint(at: position + 1),
      count == frames.top.count, areDistinct(from: base, stride: stride)
    else { return .general }
    guard cells.has(number) else { return .room(cells: number) }
    return close(storing: UInt32(truncatingIfNeeded: number / stride), end: end)
  }

  /// Whether keys on the stack differ; not if it takes more than a look to know.
  private mutating func areDistinct(from base: Int, stride: Int) -> Bool {
    var filter = NameFilter.empty
    var position = base
    while position < stack.count {
      guard let bits = filterBits(of: stack[position]), filter.isNew(bits) else {
        return arePairwiseDistinct(from: base, stride: stride)
      }
      filter.insert(bits)
      position &+= stride
    }
    return true
  }

  /// Bits that are the same for equal keys; `nil` if they are hard to compare.
  @inline(__always)
  private mutating func filterBits(of key: Cell) -> UInt64? {
    if key.isString {
      let head = input.word(at: Int(key.payload))
      return FastPath.isShort(head) ? head & Name.mask(length: Int(head >> 8 & 0xFF)) : nil
    }
    // An integer may have travelled as a double.
    if key.isInt32 { return Double(key.int32Value).bitPattern }
    switch key.tag {
    case .nan, .slot, .bigint: return nil
    default: return key.bits
    }
  }

  private mutating func arePairwiseDistinct(from base: Int, stride: Int) -> Bool {
    var position = base
    while position < stack.count {
      let key = stack[position]
      var name = Name(offset: 0, head: 0)
      switch key.tag {
      case .string:
        let offset = Int(key.payload)
        let head = input.word(at: offset)
        guard FastPath.isShort(head) else {
          return position == base && stack.count == base &+ stride
        }
        name = Name(offset: offset, head: head)
      // NaNs that stay where they are, contents of slots and big integers are compared in the general way.
      case .nan, .slot, .bigint: return false
      default: break
      }
      var other = base
      while other < position {
        let otherKey = stack[other]
        if otherKey.isString {
          let offset = Int(otherKey.payload)
          guard
            !key.isString || input.word(at: offset) & name.mask != name.head
              || !hasSameEnd(name, at: offset)
          else { return false }
        } else if otherKey == key || (otherKey.number != nil && otherKey.number == key.number) {
          // An integer may have travelled as a double.
          return false
        }
        other &+= stride
      }
      position &+= stride
    }
    return true
  }

  /// Ends a container whose children are on the stack, as so many entries; there is room for them.
  @inline(__always)
  mutating func close(storing count: UInt32, end: Int) -> Exit? {
    guard frames.count > 1 || !hasOuterFrames else { return .general }
    let start = UInt32(truncatingIfNeeded: cells.count)
    records.update(Int(frames.top.record)) {
      $0.start = start
      $0.count = count
    }
    let base = frames.top.base
    cells.push(contentsOf: stack, from: base)
    stack.count = base
    return close(end: end)
  }

  /// Ends a container whose children are in their places.
  @inline(__always)
  mutating func close(end: Int) -> Exit? {
    guard frames.count > 1 || !hasOuterFrames else { return .general }
    position = end
    let record = frames.top.record
    frames.pop()
    return deliver(.receiver(record))
  }
}
