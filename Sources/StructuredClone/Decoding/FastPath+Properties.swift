/// Runs of properties and of elements, and the names of properties.
extension FastPath {
  /// Reads properties of an object as long as they are primitives under names that are new in it. Names have up to 127
  /// one-byte units and are no indices.
  mutating func readProperties() {
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
      guard !cursor.isAtContainer,
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
  mutating func readModelledProperties() {
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
  mutating func findModel() {
    guard !cursor.isAtEnd else { return }
    frames.top.model =
      models[
        FastPath.modelPlace(ofNameAt: cursor.position, cursor, among: models.count)]
  }

  /// Reads elements of an array as long as they are primitives or holes.
  mutating func readElements() {
    var cursor = cursor
    let read = frames.top.count
    let left = frames.top.length - Int(read)
    let position = Int(records[Int(frames.top.record)].start) + 1 + Int(read)
    var done = 0
    while done < left {
      if let value = cursor.readPrimitive(stringLength: rules.stringLength) {
        cells.set(position &+ done, value)
      } else if cursor.isAtContainer {
        break
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

  /// Reads elements of an array in the sparse form as long as each index is above those before.
  mutating func readIndexedElements() {
    var cursor = cursor
    var frame = frames.top
    while !frame.hasName, !frame.hasKeyTable, stack.has(2), !cursor.isAtEnd {
      let start = cursor.position
      guard cursor.byte(at: start) == WireTag.int32,
        let (bits, end) = cursor.varint(at: start + 1), bits & 1 == 0
      else { break }
      let index = bits >> 1
      guard frame.count == 0 || index > frame.lastIndex, Int(index) < rules.sparseArrayLength
      else { break }
      cursor.position = end
      stack.push(WireCursor.integer(bits))
      frame.lastIndex = index
      guard
        let value = cursor.readPrimitive(stringLength: rules.stringLength) ?? readLeaf(&cursor)
      else {
        frame.setCheckedIndex()
        break
      }
      stack.push(value)
      frame.count &+= 1
    }
    frames.top = frame
    self.cursor = cursor
  }

  // MARK: - Names

  /// A name that is being read: where its tag is, its first eight bytes from the tag on, and its length.
  struct Name {
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
  mutating func isPredicted(_ name: Name, of frame: inout Frame, _ cursor: WireCursor)
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

  /// Whether the name differs from those on the stack, which end where it is going to be; not if there are many and no
  /// table of them, or some that are hard to compare. It is entered into the table.
  ///
  /// Like others here it is `mutating` so that it is not called with a copy of the whole loop.
  mutating func isNew(
    _ name: Name, of frame: Frame, before end: Int, _ cursor: WireCursor
  ) -> Bool {
    if frame.hasKeyTable { return enterKey(name, at: end, cursor) }
    guard end - frame.base < 2 * KeyIndex.threshold else { return false }
    for position in stride(from: frame.base, to: end, by: 2) {
      guard FastPath.isOther(stack[position], than: name, cursor) else { return false }
    }
    return true
  }

  /// Enters a name into the table of names, unless it is there or the table is full.
  private mutating func enterKey(
    _ name: Name, at position: Int, _ cursor: WireCursor
  ) -> Bool {
    guard !keyTable.isFull else { return false }
    // The bytes are read within the call only.
    let hash = unsafe KeyHash.hash(cursor.bytes(from: name.offset + 2, count: name.length))
    var place = keyTable.firstPlace(of: hash)
    while let other = keyTable.position(at: place) {
      guard FastPath.isOther(stack[Int(other)], than: name, cursor) else { return false }
      place = keyTable.place(after: place)
    }
    keyTable.insert(UInt32(truncatingIfNeeded: position), hash: hash)
    return true
  }

  /// Whether a key is surely another than a name; not if it is hard to compare.
  @inline(__always)
  static func isOther(_ key: Cell, than name: Name, _ cursor: WireCursor) -> Bool {
    guard key.tag == .string else { return key.isInt32 }
    let offset = Int(key.payload)
    return isShort(at: offset, cursor) && !isName(name, at: offset, cursor)
  }

  /// Whether the string at an offset has one-byte units and a length in one byte, so that its bytes say what it is.
  /// Engines read lengths that take more bytes than they need.
  @inline(__always)
  static func isShort(at offset: Int, _ cursor: WireCursor) -> Bool {
    cursor.byte(at: offset) == WireTag.oneByteString && cursor.byte(at: offset &+ 1) < 0x80
  }

  /// Whether the string at an offset is a name.
  @inline(__always)
  static func isName(_ name: Name, at offset: Int, _ cursor: WireCursor) -> Bool {
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

  /// Where an object that begins with a name has its model, among a power of two.
  @inline(__always)
  static func modelPlace(ofNameAt offset: Int, _ cursor: WireCursor, among count: Int) -> Int {
    let head = cursor.word(at: offset)
    let bits = head & Name.mask(length: Int(truncatingIfNeeded: head >> 8 & 0xFF))
    return Int(truncatingIfNeeded: (bits &* 0x9E37_79B9_7F4A_7C15) >> 58) & (count &- 1)
  }
}
