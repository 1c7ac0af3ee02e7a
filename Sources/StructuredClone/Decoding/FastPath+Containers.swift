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
    objects.push(2 * record + 2)
    return record
  }

  /// Why a record could not be added.
  mutating func noRecord(cells number: Int) -> Step {
    .exit(records.count < rules.nodes ? .room(cells: number) : .general)
  }

  @inline(__always)
  mutating func open(
    _ kind: Frame.Kind, _ recordKind: Record.Kind, length: UInt32 = 0, cells number: Int = 0,
    end: Int
  ) -> Step {
    guard frames.count < rules.depth, !rules.hasMemoryLimit else { return .exit(.general) }
    guard let record = addRecord(recordKind, cells: number) else { return noRecord(cells: number) }
    frames.push(
      Frame(
        kind: kind, record: record, base: stack.count, offset: cursor.position, id: 0,
        length: length))
    cursor.position = end
    return .next
  }

  /// Opens an array in the dense form, with places for its elements: each takes a byte at least, so that all that were
  /// announced can be no more than what is left of the input.
  @inline(__always)
  mutating func openArray() -> Step {
    guard let (length, end) = cursor.varint(at: cursor.position + 1),
      Int(length) + owedElements <= cursor.end - end, Int(length) <= rules.arrayLength
    else { return .exit(.general) }
    let step = open(
      .denseElements, .array, length: length, cells: 1 + Int(length), end: end)
    guard case .next = step else { return step }
    // No named properties.
    cells.push(.undefined)
    cells.count += Int(length)
    records.update(Int(frames.top.record)) { $0.count = length }
    owedElements += Int(length)
    return .next
  }

  @inline(__always)
  mutating func closeObject() -> Step {
    let frame = frames.top
    guard !frame.isUnordered, !frame.hasKeyTable,
      let (count, end) = cursor.varint(at: cursor.position + 1),
      count == frame.count
    else { return .exit(.general) }
    guard cells.has(stack.count - frame.base) else {
      return .exit(.room(cells: stack.count - frame.base))
    }
    if frame.model == 0, count > 0, stack[frame.base].tag == .string {
      let name = Int(stack[frame.base].payload)
      models.set(
        FastPath.modelPlace(ofNameAt: name, cursor, among: models.count), frame.record + 1)
    }
    return close(frame, storing: count, end: end)
  }

  @inline(__always)
  mutating func closeArray() -> Step {
    let frame = frames.top
    guard frame.count == 0, let (pairs, next) = cursor.varint(at: cursor.position + 1), pairs == 0,
      let (length, end) = cursor.varint(at: next), Int(length) == frame.length
    else { return .exit(.general) }
    return close(frame, end: end)
  }

  // MARK: - Errors

  mutating func openError() -> Step {
    let step = open(.error, .error, cells: 3, end: cursor.position + 1)
    if case .next = step { for _ in 0..<3 { cells.push(.hole) } }
    return step
  }

  /// Reads sections of an error up to its cause or its end.
  mutating func readErrorSections() -> Step {
    let start = Int(records[Int(frames.top.record)].start)
    while !cursor.isAtEnd {
      let offset = cursor.position
      let tag = cursor.byte(at: offset)
      switch tag {
      case ErrorTag.message, ErrorTag.stack:
        cursor.position = offset + 1
        guard let value = cursor.readPrimitive(stringLength: rules.stringLength),
          value.tag == .string
        else {
          cursor.position = offset
          return .exit(.general)
        }
        let section: CloneErrorObject.Section = tag == ErrorTag.message ? .message : .stack
        if section == .stack, !cells[start + CloneErrorObject.Section.cause.rawValue].isHole {
          sawCauseBeforeStack = true
        }
        cells.set(start + section.rawValue, value)
      case ErrorTag.cause:
        cursor.position = offset + 1
        frames.top.section = .cause
        return readValue()
      case ErrorTag.end: return close(frames.top, end: offset + 1)
      default:
        guard let name = CloneErrorObject.Name(tag: tag) else { return .exit(.general) }
        cursor.position = offset + 1
        records.update(Int(frames.top.record)) { $0.detail = UInt16(name.rawValue) }
      }
    }
    return .exit(.general)
  }

  mutating func deliverCause(_ value: Cell) {
    let start = Int(records[Int(frames.top.record)].start)
    if !cells[start + CloneErrorObject.Section.stack.rawValue].isHole { sawStackBeforeCause = true }
    cells.set(start + CloneErrorObject.Section.cause.rawValue, value)
    frames.top.section = nil
  }

  // MARK: - Entries

  /// Closes a map or set of a few entries that surely differ.
  mutating func closeEntries(stride: Int) -> Step {
    let frame = frames.top
    let number = stack.count - frame.base
    guard number <= 8 * stride, let (count, end) = cursor.varint(at: cursor.position + 1),
      count == frame.count, areDistinct(from: frame.base, stride: stride)
    else { return .exit(.general) }
    guard cells.has(number) else { return .exit(.room(cells: number)) }
    return close(frame, storing: UInt32(truncatingIfNeeded: number / stride), end: end)
  }

  /// Whether keys on the stack differ; not if it takes more than a look to know.
  mutating func areDistinct(from base: Int, stride: Int) -> Bool {
    for position in Swift.stride(from: base, to: stack.count, by: stride) {
      let key = stack[position]
      // NaNs that stay where they are, contents of slots and big integers are compared in the general way.
      if key.tag == .nan || key.tag == .slot || key.tag == .bigint { return false }
      for other in Swift.stride(from: base, to: position, by: stride) {
        if !areSurelyDifferent(stack[other], key) { return false }
      }
    }
    return true
  }

  mutating func areSurelyDifferent(_ left: Cell, _ right: Cell) -> Bool {
    if left == right { return false }
    guard left.tag == .string, right.tag == .string else {
      // An integer may have travelled as a double.
      return left.number == nil || right.number == nil || left.number != right.number
    }
    let first = Int(left.payload)
    let second = Int(right.payload)
    guard FastPath.isShort(at: first, cursor), FastPath.isShort(at: second, cursor) else {
      return false
    }
    // Other lengths, or other first units.
    let mask = Name.mask(length: Int(cursor.byte(at: first + 1)))
    return (cursor.word(at: first) ^ cursor.word(at: second)) & mask != 0
  }

  /// Ends a container whose children are on the stack, as so many entries; there is room for them.
  @inline(__always)
  mutating func close(_ frame: Frame, storing count: UInt32, end: Int) -> Step {
    let start = UInt32(truncatingIfNeeded: cells.count)
    records.update(Int(frame.record)) {
      $0.start = start
      $0.count = count
    }
    cells.push(contentsOf: stack, from: frame.base)
    stack.count = frame.base
    return close(frame, end: end)
  }

  /// Ends a container whose children are in their places.
  @inline(__always)
  mutating func close(_ frame: Frame, end: Int) -> Step {
    cursor.position = end
    frames.pop()
    return .value(.receiver(frame.record))
  }
}
