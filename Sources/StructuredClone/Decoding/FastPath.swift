/// The reader's loop over what most payloads are made of: objects with short names, dense arrays, maps, sets, numbers,
/// strings, dates, big integers, plain regular expressions, errors and references.
///
/// It works on the reader's own state and can stop before any item. Whatever is rare, wrong or limited is left to the
/// general way, which reads the same item from its beginning: so there is one place for each error.
///
/// Pointers instead of arrays are what makes objects several times as fast (Documentation/Performance.md). They are
/// sound because the cursor compares every read with the end of the input, because every write is preceded by a
/// question for room, and because the offsets and indices in cells and records were checked when those were made.
struct FastPath {
  typealias Frame = ValueDeserializer.Frame

  /// Why the loop stopped.
  enum Exit {
    /// The next item is not for this loop.
    case general
    /// An array is full.
    case room
    /// A value is complete whose container is not for this loop, or which has none.
    case value(Cell)
  }

  /// What the reader's limits say, and where its value begins.
  struct Rules {
    let depth: Int
    let nodes: Int
    let arrayLength: Int
    let stringLength: Int
    let bigIntSize: Int
    let hasMemoryLimit: Bool
    let regExpLength: Int
    /// Flags of regular expressions that are read here.
    let regExpFlags: UInt32
    /// Whether sections of errors come in any order, and an error has an id from its beginning.
    let readsErrors: Bool
    /// The first id that belongs to the value that is read.
    let firstID: Int
  }

  /// How many objects can be models in long inputs; a power of two.
  static let modelCount = 64

  var cursor: WireCursor
  var stack: Room<Cell>
  var cells: Room<Cell>
  var records: Room<Record>
  var objects: Room<UInt32>
  /// Objects whose names are known to differ, as models for those that begin with the same name: records plus 1.
  var models: Room<UInt32>
  let rules: Rules
  /// Elements that open arrays have announced and that were not read yet.
  var owedElements: Int
  var frames = FrameStack()
  var sawReference = false
  var sawCauseBeforeStack = false
  var sawStackBeforeCause = false
  /// The cells for which there was no room.
  var neededCells = 0

  // MARK: - The loop

  private enum Step {
    /// The container awaits a value.
    case item
    /// Something was read that is no value.
    case next
    case value(Cell)
    case exit(Exit)
  }

  /// Reads until something comes that is not for this loop.
  mutating func run() -> Exit {
    while true {
      guard stack.has(2) else { return .room }
      var step = beginItem()
      if case .item = step { step = readValue() }
      switch step {
      case .item, .next: continue
      case .exit(let exit): return exit
      case .value(let value): if let exit = deliver(value) { return exit }
      }
    }
  }

  /// Reads what the innermost container expects other than one value.
  private mutating func beginItem() -> Step {
    switch frames.top.kind {
    case .object:
      guard !frames.top.hasKeyTable else { return .exit(.general) }
      if !frames.top.hasKey {
        readProperties()
        guard !cursor.isAtEnd else { return .exit(.general) }
        if !frames.top.hasKey {
          return cursor.byte(at: cursor.position) == WireTag.endObject ? closeObject() : endItem()
        }
      }
      return frames.top.isKeyChecked ? .item : .exit(.general)
    case .denseElements:
      readElements()
      guard !cursor.isAtEnd else { return .exit(.general) }
      guard frames.top.count == frames.top.length else { return .item }
      frames.top.kind = .denseProperties
      frames.top.count = 0
      return cursor.byte(at: cursor.position) == WireTag.endDenseArray ? closeArray() : .next
    case .denseProperties:
      guard !frames.top.hasKey, !cursor.isAtEnd else { return .exit(.general) }
      return cursor.byte(at: cursor.position) == WireTag.endDenseArray ? closeArray() : endItem()
    case .map:
      guard !cursor.isAtEnd else { return .exit(.general) }
      guard !frames.top.hasKey, cursor.byte(at: cursor.position) == WireTag.endMap else {
        return .item
      }
      return closeEntries(stride: 2)
    case .set:
      guard !cursor.isAtEnd else { return .exit(.general) }
      guard cursor.byte(at: cursor.position) == WireTag.endSet else { return .item }
      return closeEntries(stride: 1)
    case .error:
      guard rules.readsErrors else { return .exit(.general) }
      return frames.top.section == nil ? readErrorSections() : .exit(.general)
    case .claimedElements, .sparseArray, .stringObject, .regExp, .wasmMemory, .hostPayload,
      .hostValue:
      return .exit(.general)
    }
  }

  /// Passes over padding; anything else is for the general way.
  @inline(__always)
  private mutating func endItem() -> Step {
    guard cursor.byte(at: cursor.position) == WireTag.padding else { return .exit(.general) }
    cursor.position += 1
    return .next
  }

  /// Gives a complete value to the innermost container.
  @inline(__always)
  private mutating func deliver(_ value: Cell) -> Exit? {
    guard !frames.isEmpty else { return .value(value) }
    switch frames.top.kind {
    case .object where frames.top.isKeyChecked:
      frames.top.hasKey = false
      frames.top.count += 1
      stack.push(value)
    case .denseElements:
      let start = Int(records[Int(frames.top.record)].start)
      cells.set(start + 1 + Int(frames.top.count), value)
      frames.top.count += 1
      owedElements -= 1
    case .map:
      frames.top.count &+= 1
      let isKey = !frames.top.hasKey
      frames.top.hasKey = isKey
      stack.push(isKey ? ValueDeserializer.entryKey(value) : value)
    case .set:
      frames.top.count &+= 1
      stack.push(ValueDeserializer.entryKey(value))
    case .error where rules.readsErrors && frames.top.section == .cause: deliverCause(value)
    default: return .value(value)
    }
    return nil
  }

  // MARK: - Runs

  /// Reads properties of an object as long as they are primitives under names that are new in it. Names have up to 127
  /// one-byte units and are no indices.
  private mutating func readProperties() {
    if frames.top.count == 0 { findModel() }
    if frames.top.model > 0, rules.stringLength >= 0x7F {
      readModelledProperties()
      if frames.top.hasKey { return }
    }
    // Locals, so that they can be in registers.
    var cursor = cursor
    var frame = frames.top
    var count = stack.count
    while stack.capacity &- count >= 2 {
      let offset = cursor.position
      let head = cursor.word(at: offset)
      let length = Int(head >> 8 & 0xFF)
      let nameEnd = offset &+ 2 &+ length
      guard head & 0xFF == UInt64(WireTag.oneByteString), length > 0, length < 0x80,
        nameEnd < cursor.end, length <= rules.stringLength,
        !(0x30...0x39).contains(UInt8(truncatingIfNeeded: head >> 16))
      else { break }
      let name = Name(offset: offset, head: head & Name.mask(length: length), length: length)
      if !isPredicted(name, of: &frame, cursor) {
        guard isNew(name, of: frame, before: count, cursor) else { break }
      }
      stack.setRoom(count, .string(at: UInt32(truncatingIfNeeded: offset)))
      cursor.position = nameEnd
      guard
        let value = cursor.readPrimitive(stringLength: rules.stringLength) ?? readLeaf(&cursor)
      else {
        count &+= 1
        frame.setCheckedKey()
        break
      }
      stack.setRoom(count &+ 1, value)
      count &+= 2
      frame.setName()
      frame.count &+= 1
    }
    stack.count = count
    frames.top = frame
    self.cursor = cursor
  }

  /// Reads properties as long as their names are those of the model and their values the most usual primitives.
  ///
  /// Most of the time for objects goes here. What the loop needs is in locals, and it ends some bytes before the input
  /// does, so that it can load whole words.
  private mutating func readModelledProperties() {
    let cursor = cursor
    let cells = cells
    let model = records[Int(frames.top.model) - 1]
    var key = Int(model.start) &+ 2 &* Int(frames.top.count)
    let keyEnd = Int(model.start) &+ 2 &* Int(model.count)
    var position = cursor.position
    var top = stack.count
    let topEnd = stack.capacity &- 1
    let last = cursor.end &- 16
    let first = top
    while key < keyEnd, top < topEnd, position <= last {
      let name = cells[key]
      let head = cursor.innerWord(at: position)
      let length = Int(truncatingIfNeeded: head >> 8) & 0xFF
      let nameEnd = position &+ 2 &+ length
      let other = Int(name.payload)
      // As many bytes follow a name that comes before in the input. Equal bytes from the tag on are one name, which was
      // no index there.
      guard name.tag == .string, length < 0x80, nameEnd <= last, other < position else { break }
      if length <= 6 {
        let difference = head ^ cursor.innerWord(at: other)
        guard difference &<< UInt64(truncatingIfNeeded: 48 &- 8 &* length) == 0 else { break }
      } else {
        guard cursor.areEqual(position, other, count: length &+ 2) else { break }
      }
      stack.setRoom(top, .string(at: UInt32(truncatingIfNeeded: position)))
      let word = cursor.innerWord(at: nameEnd)
      var value = Cell.hole
      switch UInt8(truncatingIfNeeded: word) {
      case WireTag.oneByteString:
        let end = nameEnd &+ 2 &+ Int(truncatingIfNeeded: word >> 8 & 0xFF)
        if word & 0x8000 == 0, end <= cursor.end {
          value = .string(at: UInt32(truncatingIfNeeded: nameEnd))
          position = end
        }
      case WireTag.int32:
        if let (bits, length) = WireCursor.varint(in: word >> 8) {
          value = WireCursor.integer(bits)
          position = nameEnd &+ 1 &+ length
        }
      case WireTag.double:
        let bits = cursor.innerWord(at: nameEnd &+ 1)
        if bits & ~(1 << 63) <= 0x7FF0_0000_0000_0000 {
          value = Cell(bits: bits)
          position = nameEnd &+ 9
        }
      case WireTag.true:
        value = .true
        position = nameEnd &+ 1
      case WireTag.false:
        value = .false
        position = nameEnd &+ 1
      case WireTag.null:
        value = .null
        position = nameEnd &+ 1
      case WireTag.objectReference:
        var reference = cursor
        reference.position = nameEnd
        if let receiver = readReference(&reference) {
          value = receiver
          position = reference.position
        }
      default: break
      }
      guard !value.isHole else {
        // The name is read; the value is for others.
        position = nameEnd
        frames.top.setCheckedKey()
        top &+= 1
        break
      }
      stack.setRoom(top &+ 1, value)
      top &+= 2
      key &+= 2
    }
    self.cursor.position = position
    stack.count = top
    if top > first {
      frames.top.setName()
      frames.top.count &+= UInt32(truncatingIfNeeded: (top &- first) / 2)
    }
  }

  /// Looks for an object that begins with the name that comes next.
  @inline(__always)
  private mutating func findModel() {
    guard !cursor.isAtEnd else { return }
    let head = cursor.word(at: cursor.position)
    let mask = Name.mask(length: Int(truncatingIfNeeded: head >> 8 & 0xFF))
    frames.top.model = models[FastPath.place(of: head & mask, among: models.count)]
  }

  /// Reads elements of an array as long as they are primitives or holes.
  private mutating func readElements() {
    var cursor = cursor
    let read = frames.top.count
    let left = frames.top.length - Int(read)
    let position = Int(records[Int(frames.top.record)].start) + 1 + Int(read)
    var done = 0
    while done < left {
      if let value = cursor.readPrimitive(stringLength: rules.stringLength) {
        cells.set(position &+ done, value)
      } else if let value = readLeaf(&cursor) {
        cells.set(position &+ done, value)
      } else {
        guard !cursor.isAtEnd, cursor.byte(at: cursor.position) == WireTag.hole else { break }
        cursor.position += 1
      }
      done &+= 1
    }
    frames.top.count = read + UInt32(truncatingIfNeeded: done)
    owedElements -= done
    self.cursor = cursor
  }

  // MARK: - Names

  /// A name that is being read: where its tag is, its first eight bytes from the tag on, and its length.
  private struct Name {
    let offset: Int
    let head: UInt64
    let length: Int

    /// What counts of the first eight bytes.
    @inline(__always)
    static func mask(length: Int) -> UInt64 {
      length >= 6 ? .max : (1 &<< UInt64(truncatingIfNeeded: 8 &* length &+ 16)) &- 1
    }
  }

  /// Whether the name is the next one of the object's model: names that differ there differ here.
  @inline(__always)
  private mutating func isPredicted(_ name: Name, of frame: inout Frame, _ cursor: WireCursor)
    -> Bool
  {
    guard frame.model > 0 else { return false }
    let record = records[Int(frame.model) - 1]
    if frame.count < record.count {
      let key = cells[Int(record.start) + 2 * Int(frame.count)]
      if key.tag == .string, FastPath.isName(name, at: Int(key.payload), cursor) { return true }
    }
    frame.model = 0
    return false
  }

  /// Whether the name differs from those on the stack; not if there are many, or some that are hard to compare.
  ///
  /// Like others here it is `mutating` so that it is not called with a copy of the whole loop.
  private mutating func isNew(
    _ name: Name, of frame: Frame, before end: Int, _ cursor: WireCursor
  ) -> Bool {
    guard end - frame.base < 2 * KeyIndex.threshold else { return false }
    for position in stride(from: frame.base, to: end, by: 2) {
      let key = stack[position]
      if key.tag == .string {
        let offset = Int(key.payload)
        guard FastPath.isShort(at: offset, cursor), !FastPath.isName(name, at: offset, cursor)
        else { return false }
      } else if !key.isInt32 {
        return false
      }
    }
    return true
  }

  /// Whether the string at an offset has one-byte units and a length in one byte, so that its bytes say what it is.
  /// Engines read lengths that take more bytes than they need.
  @inline(__always)
  private static func isShort(at offset: Int, _ cursor: WireCursor) -> Bool {
    cursor.byte(at: offset) == WireTag.oneByteString && cursor.byte(at: offset &+ 1) < 0x80
  }

  /// Whether the string at an offset is a name.
  @inline(__always)
  private static func isName(_ name: Name, at offset: Int, _ cursor: WireCursor) -> Bool {
    guard cursor.word(at: offset) & Name.mask(length: name.length) == name.head else {
      return false
    }
    var done = 6
    while done < name.length {
      let difference = cursor.word(at: offset + 2 + done) ^ cursor.word(at: name.offset + 2 + done)
      let rest = name.length - done
      let mask: UInt64 = rest >= 8 ? .max : (1 &<< UInt64(truncatingIfNeeded: 8 &* rest)) &- 1
      guard difference & mask == 0 else { return false }
      done += 8
    }
    return true
  }

  /// Where a name with these first bytes has its model.
  @inline(__always)
  static func place(of head: UInt64, among count: Int) -> Int {
    Int(truncatingIfNeeded: (head &* 0x9E37_79B9_7F4A_7C15) >> 58) & (count &- 1)
  }

  // MARK: - Values

  /// Reads a value, or opens a container.
  private mutating func readValue() -> Step {
    if let value = cursor.readPrimitive(stringLength: rules.stringLength) { return .value(value) }
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
    default: return endItem()
    }
  }

  /// Reads a reference, a date, a big integer or a regular expression; `nil`, and nothing is read, for anything else, or if there is no room.
  private mutating func readLeaf(_ cursor: inout WireCursor) -> Cell? {
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
  private mutating func readRegExp(_ cursor: inout WireCursor) -> Cell? {
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
  private mutating func readReference(_ cursor: inout WireCursor) -> Cell? {
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
  private mutating func readDate(_ cursor: inout WireCursor) -> Cell? {
    guard cursor.end - cursor.position >= 9, let record = addRecord(.date, cells: 1) else {
      return nil
    }
    cells.push(
      .double(CloneDate.clip(Double(bitPattern: cursor.word(at: cursor.position + 1)))))
    cursor.position += 9
    return .receiver(record)
  }

  @inline(__always)
  private mutating func readBigInt(_ cursor: inout WireCursor) -> Cell? {
    let offset = cursor.position + 1
    guard let (field, start) = cursor.varint(at: offset), field >> 31 == 0 else { return nil }
    let length = Int(field >> 1)
    guard length > 0, length <= CloneBigInt.longest, length <= rules.bigIntSize,
      length <= cursor.end - start
    else { return nil }
    cursor.position = start + length
    return .bigint(at: UInt32(truncatingIfNeeded: offset))
  }

  // MARK: - Containers

  /// Adds a record with an id if there is room for it and its cells.
  @inline(__always)
  private mutating func addRecord(_ kind: Record.Kind, cells number: Int) -> UInt32? {
    guard records.has(1), objects.has(1), cells.has(number), records.count < rules.nodes else {
      return nil
    }
    let record = UInt32(truncatingIfNeeded: records.count)
    records.push(Record(kind: kind, start: UInt32(truncatingIfNeeded: cells.count)))
    objects.push(2 * record + 2)
    return record
  }

  /// Why a record could not be added.
  private mutating func noRecord(cells number: Int) -> Step {
    guard records.count < rules.nodes else { return .exit(.general) }
    neededCells = number
    return .exit(.room)
  }

  @inline(__always)
  private mutating func open(
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
  private mutating func openArray() -> Step {
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

  private mutating func closeObject() -> Step {
    let frame = frames.top
    guard !frame.isUnordered, let (count, end) = cursor.varint(at: cursor.position + 1),
      count == frame.count
    else { return .exit(.general) }
    let number = stack.count - frame.base
    guard cells.has(number) else {
      neededCells = number
      return .exit(.room)
    }
    let start = UInt32(truncatingIfNeeded: cells.count)
    records.update(Int(frame.record)) {
      $0.start = start
      $0.count = count
    }
    if frame.model == 0, count > 0 { noteModel(frame) }
    for position in frame.base..<stack.count { cells.push(stack[position]) }
    stack.count = frame.base
    return close(frame, end: end)
  }

  /// Makes an object the model of those that begin with the same name.
  @inline(__always)
  private mutating func noteModel(_ frame: Frame) {
    let key = stack[frame.base]
    guard key.tag == .string else { return }
    let head = cursor.word(at: Int(key.payload))
    let mask = Name.mask(length: Int(head >> 8 & 0xFF))
    models.set(FastPath.place(of: head & mask, among: models.count), frame.record + 1)
  }

  private mutating func closeArray() -> Step {
    let frame = frames.top
    guard frame.count == 0, let (pairs, next) = cursor.varint(at: cursor.position + 1), pairs == 0,
      let (length, end) = cursor.varint(at: next), Int(length) == frame.length
    else { return .exit(.general) }
    return close(frame, end: end)
  }

  // MARK: - Errors

  private mutating func openError() -> Step {
    let step = open(.error, .error, cells: 3, end: cursor.position + 1)
    if case .next = step { for _ in 0..<3 { cells.push(.hole) } }
    return step
  }

  /// Reads sections of an error up to its cause or its end.
  private mutating func readErrorSections() -> Step {
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

  private mutating func deliverCause(_ value: Cell) {
    let start = Int(records[Int(frames.top.record)].start)
    if !cells[start + CloneErrorObject.Section.stack.rawValue].isHole { sawStackBeforeCause = true }
    cells.set(start + CloneErrorObject.Section.cause.rawValue, value)
    frames.top.section = nil
  }

  // MARK: - Entries

  /// Closes a map or set of a few entries that surely differ.
  private mutating func closeEntries(stride: Int) -> Step {
    let frame = frames.top
    let number = stack.count - frame.base
    guard number <= 8 * stride, let (count, end) = cursor.varint(at: cursor.position + 1),
      count == frame.count, areDistinct(from: frame.base, stride: stride)
    else { return .exit(.general) }
    guard cells.has(number) else {
      neededCells = number
      return .exit(.room)
    }
    let start = UInt32(truncatingIfNeeded: cells.count)
    records.update(Int(frame.record)) {
      $0.start = start
      $0.count = UInt32(truncatingIfNeeded: number / stride)
    }
    for position in frame.base..<stack.count { cells.push(stack[position]) }
    stack.count = frame.base
    return close(frame, end: end)
  }

  /// Whether keys on the stack differ; not if it takes more than a look to know.
  private mutating func areDistinct(from base: Int, stride: Int) -> Bool {
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

  private mutating func areSurelyDifferent(_ left: Cell, _ right: Cell) -> Bool {
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

  @inline(__always)
  private mutating func close(_ frame: Frame, end: Int) -> Step {
    cursor.position = end
    frames.pop()
    return .value(.receiver(frame.record))
  }
}

extension FastPath {
  /// A ``ReservedArray`` through a pointer to its elements and the room behind them.
  @safe
  struct Room<Element: BitwiseCopyable> {
    private let base: UnsafeMutablePointer<Element>
    let capacity: Int
    var count: Int

    init(base: UnsafeMutablePointer<Element>, capacity: Int, count: Int) {
      unsafe self.base = base
      self.capacity = capacity
      self.count = count
    }

    /// Whether there is room for more elements.
    @inline(__always)
    func has(_ number: Int) -> Bool { capacity &- count >= number }

    /// An element, or one that was set in the room behind the elements.
    @inline(__always)
    subscript(position: Int) -> Element {
      assert(position >= 0 && position < capacity)
      return unsafe base[position]
    }

    @inline(__always)
    func set(_ position: Int, _ element: Element) {
      assert(position >= 0 && position < count)
      unsafe base[position] = element
    }

    /// Sets what is in the room behind the elements.
    @inline(__always)
    func setRoom(_ position: Int, _ element: Element) {
      assert(position >= count && position < capacity)
      unsafe base[position] = element
    }

    @inline(__always)
    func update(_ position: Int, _ change: (inout Element) -> Void) {
      assert(position >= 0 && position < count)
      unsafe change(&base[position])
    }

    @inline(__always)
    mutating func push(_ element: Element) {
      setRoom(count, element)
      count &+= 1
    }
  }
}
