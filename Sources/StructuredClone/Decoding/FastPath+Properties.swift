/// Runs of properties and of elements, and the names of properties.
extension FastPath {
  /// Reads properties of an object up to its end, or as long as they are primitives under names that are new in it.
  mutating func readProperties() {
    // Names are as long as usual strings at most.
    guard rules.stringLength >= WireInput.longestUsualString else { return }
    if frames.top.count == 0 { findModel() }
    if frames.top.model > 0 {
      readModelledProperties()
      if frames.top.hasKey { return }
    }
    guard position < input.end, input.byte(at: position) != WireTag.endObject else { return }
    readNewProperties()
  }

  /// Reads properties as long as they are primitives under names that are new in the object. Names have up to 127 one-byte
  /// units and are no indices.
  private mutating func readNewProperties() {
    // Locals, so that they can be in registers; what is rare is elsewhere, so that there are enough of them.
    let (input, stack) = (input, stack)
    var position = position
    let first = stack.count
    var top = first
    let base = frames.top.base
    // Most often there are none yet, which takes no call to find out.
    var names =
      top == base && frames.top.model == 0 ? NameFilter.empty : nameFilter(before: top)
    var topEnd = stack.capacity &- 2
    if !names.isComparing { topEnd = min(topEnd, base &+ 2 &* FastPath.mostComparedNames &- 2) }
    while top <= topEnd {
      let head = input.word(at: position)
      let length = Int(truncatingIfNeeded: head >> 8) & 0xFF
      let nameEnd = position &+ 2 &+ length
      guard head & 0xFF == UInt64(WireTag.oneByteString), (1..<0x80).contains(length),
        nameEnd < input.end, !(0x30...0x39).contains(UInt8(truncatingIfNeeded: head >> 16))
      else { break }
      let bits = head & Name.mask(length: length)
      guard names.isNew(bits) || isNew(nameAt: position, before: top, behind: first) else {
        break
      }
      names.insert(bits)
      stack.setRoom(top, .string(at: UInt32(truncatingIfNeeded: position)))
      position = nameEnd
      var value = position <= input.usualEnd ? input.usualPrimitive(at: &position) : .hole
      if value.isHole {
        value = readUnusualValue(at: position)
        guard !value.isHole else {
          // The name is read; the value is for others.
          frames.top.setCheckedKey()
          top &+= 1
          break
        }
        position = self.position
      }
      stack.setRoom(top &+ 1, value)
      top &+= 2
    }
    noteProperties(from: first, to: top)
    self.position = position
  }

  /// Reads a value of another kind than the most usual, or one next to the end of the input, and goes behind it; a hole if it
  /// is not complete at once.
  @inline(never)
  private mutating func readUnusualValue(at start: Int) -> Cell {
    guard !input.isContainer(at: start) else { return .hole }
    var position = start
    let value =
      input.readPrimitive(at: &position, stringLength: rules.stringLength)
      ?? readLeaf(at: &position)
    self.position = position
    return value ?? .hole
  }

  /// Reads properties as long as their names are those of the model and their values the most usual primitives.
  ///
  /// Most of the time for objects goes here. What the loop needs is in locals, and it ends some bytes before the input
  /// does, so that it can load whole words.
  private mutating func readModelledProperties() {
    let input = input
    let cells = cells
    let stack = stack
    let model = records[Int(frames.top.model) &- 1]
    var key = Int(model.start) &+ 2 &* Int(frames.top.count)
    let keyEnd = Int(model.start) &+ 2 &* Int(model.count)
    var position = position
    let first = stack.count
    var top = first
    let topEnd = min(stack.capacity &- 1, first &+ keyEnd &- key)
    let last = input.usualEnd
    while top < topEnd, position <= last {
      let name = cells[key]
      let head = input.innerWord(at: position)
      var length = Int(truncatingIfNeeded: head >> 8) & 0xFF
      let other = Int(name.payload)
      // As many bytes follow a name that comes before in the input.
      guard name.isString, other < position else { break }
      let isLong = length > 6
      // The same if the names are; known before this name is there, so that the value can be loaded. Short names lose more
      // where a guess was wrong.
      if isLong { length = Int(input.byte(at: other &+ 1)) }
      let nameEnd = position &+ 2 &+ length
      guard length < 0x80, nameEnd <= last else { break }
      // Equal bytes from the tag on are one name, which was no index there.
      let isSame =
        isLong
        ? length > 6 && input.areEqual(position, other, count: length &+ 2)
        : (head ^ input.innerWord(at: other)) &<< UInt64(truncatingIfNeeded: 48 &- 8 &* length)
          == 0
      guard isSame else {
        // Another object begins as this one does, or this one ends before the model.
        if input.byte(at: position) != WireTag.endObject { frames.top.model = 0 }
        break
      }
      stack.setRoom(top, .string(at: UInt32(truncatingIfNeeded: position)))
      position = nameEnd
      let value = readUsualValue(at: &position)
      guard !value.isHole else {
        // The name is read; the value is for others.
        frames.top.setCheckedKey()
        top &+= 1
        break
      }
      stack.setRoom(top &+ 1, value)
      top &+= 2
      key &+= 2
    }
    noteProperties(from: first, to: top)
    self.position = position
  }

  /// Notes that properties were put on the stack, of which the last may lack its value.
  @inline(__always)
  private mutating func noteProperties(from first: Int, to top: Int) {
    stack.count = top
    guard top > first else { return }
    frames.top.setName()
    frames.top.count &+= UInt32(truncatingIfNeeded: (top &- first) / 2)
  }

  /// Looks for an object that begins with the name that comes next.
  @inline(__always)
  private mutating func findModel() {
    guard position < input.end, !models.isEmpty else { return }
    frames.top.model = models[modelPlace(ofNameAt: position)]
  }

  // MARK: - Names

  /// A name, or another short string: where its tag is, its first eight bytes from the tag on, what counts of them, and its
  /// length.
  struct Name {
    let offset: Int
    let head: UInt64
    let mask: UInt64
    let length: Int

    init(offset: Int, head: UInt64) {
      self.offset = offset
      length = Int(head >> 8 & 0xFF)
      mask = Name.mask(length: length)
      self.head = head & mask
    }

    /// What counts of the first eight bytes.
    @inline(__always)
    static func mask(length: Int) -> UInt64 {
      length >= 6 ? .max : (1 &<< UInt64(truncatingIfNeeded: 8 &* length &+ 16)) &- 1
    }
  }

  /// Whether a name is the next one of the object's model, behind so many more properties than were noted: names that
  /// differ there differ here. If it is not, the object has no model any more.
  private mutating func isPredicted(_ name: Name, after newProperties: Int) -> Bool {
    let model = records[Int(frames.top.model) &- 1]
    let ordinal = Int(frames.top.count) &+ newProperties
    if ordinal < model.count {
      let key = cells[Int(model.start) &+ 2 &* ordinal]
      if key.isString, isName(name, at: Int(key.payload)) { return true }
    }
    frames.top.model = 0
    return false
  }

  /// How many names are compared one by one.
  private static let mostComparedNames = 24

  /// Tells most names that are new in an object from those it has, without comparing them.
  struct NameFilter {
    /// A bit for each name, by its first eight bytes.
    private var bits: UInt64

    /// That of no name.
    static let empty = NameFilter(bits: 0)
    /// That of names which have to be compared.
    static let comparing = NameFilter(bits: .max)

    @inline(__always)
    private static func bit(of head: UInt64) -> UInt64 {
      1 &<< ((head &* 0x9E37_79B9_7F4A_7C15) &>> 58)
    }

    /// Whether names have to be compared.
    var isComparing: Bool { bits == .max }

    /// Whether a name that begins so is certainly none of those that were inserted.
    @inline(__always)
    func isNew(_ head: UInt64) -> Bool { bits & NameFilter.bit(of: head) == 0 }

    @inline(__always)
    mutating func insert(_ head: UInt64) { bits |= NameFilter.bit(of: head) }
  }

  /// The filter of the names on the stack, which end where the next is going to be.
  private mutating func nameFilter(before end: Int) -> NameFilter {
    let base = frames.top.base
    // A prediction that fails is rare.
    guard frames.top.model == 0, !frames.top.hasKeyTable,
      end &- base < 2 * FastPath.mostComparedNames
    else { return .comparing }
    var names = NameFilter.empty
    for position in stride(from: base, to: end, by: 2) {
      let key = stack[position]
      if key.isInt32 { continue }
      // No name may follow.
      let head = key.isString ? input.word(at: Int(key.payload)) : 0
      // Others are hard to compare.
      guard FastPath.isShort(head) else { return .comparing }
      names.insert(head & Name.mask(length: Int(head >> 8 & 0xFF)))
    }
    return names
  }

  /// Whether the name differs from those on the stack, which end where it is going to be; not if there are many and no
  /// table of them, or some that are hard to compare. It is entered into the table.
  ///
  /// Like others here it is `mutating` so that it is not called with a copy of the whole loop.
  ///
  /// - Parameter notedEnd: where those on the stack end that were noted.
  @inline(never)
  private mutating func isNew(nameAt offset: Int, before end: Int, behind notedEnd: Int) -> Bool {
    let name = Name(offset: offset, head: input.word(at: offset))
    if frames.top.model > 0, isPredicted(name, after: (end &- notedEnd) / 2) { return true }
    if frames.top.hasKeyTable { return enterKey(name, at: end) }
    let base = frames.top.base
    guard end &- base < 2 * FastPath.mostComparedNames else { return false }
    var position = base
    while position < end {
      guard isOther(stack[position], than: name) else { return false }
      position &+= 2
    }
    return true
  }

  /// Enters a name into the table of names, unless it is there or the table is full.
  private mutating func enterKey(_ name: Name, at position: Int) -> Bool {
    guard !keyTable.isFull else { return false }
    // The bytes are read within the call only.
    let hash = unsafe KeyHash.hash(input.bytes(from: name.offset + 2, count: name.length))
    var place = keyTable.firstPlace(of: hash)
    while let other = keyTable.position(at: place) {
      guard isOther(stack[Int(other)], than: name) else { return false }
      place = keyTable.place(after: place)
    }
    keyTable.insert(UInt32(truncatingIfNeeded: position), hash: hash)
    return true
  }

  /// Whether a key is surely another than a name; not if it is hard to compare.
  @inline(__always)
  private mutating func isOther(_ key: Cell, than name: Name) -> Bool {
    guard key.isString else { return key.isInt32 }
    let head = earlierHead(at: Int(key.payload))
    return FastPath.isShort(head)
      && (head & name.mask != name.head || !hasSameEnd(name, at: Int(key.payload)))
  }

  /// Whether a string that begins like this has one-byte units and a length in one byte, so that its bytes say what it is.
  /// Engines read lengths that take more bytes than they need.
  @inline(__always)
  static func isShort(_ head: UInt64) -> Bool { head & 0x80FF == UInt64(WireTag.oneByteString) }

  /// Whether the string at an offset is a name.
  @inline(__always)
  private mutating func isName(_ name: Name, at offset: Int) -> Bool {
    earlierHead(at: offset) & name.mask == name.head && hasSameEnd(name, at: offset)
  }

  /// How a key of this or of an earlier object begins: a value follows it and another name, which take eight bytes with it.
  @inline(__always)
  private mutating func earlierHead(at offset: Int) -> UInt64 { input.innerWord(at: offset) }

  /// Whether a string that begins with the same eight bytes, or with all of a name, ends as the name does.
  mutating func hasSameEnd(_ name: Name, at offset: Int) -> Bool {
    var done = 6
    while done < name.length {
      let difference = input.word(at: offset + 2 + done) ^ input.word(at: name.offset + 2 + done)
      let rest = name.length - done
      let mask: UInt64 = rest >= 8 ? .max : (1 &<< UInt64(truncatingIfNeeded: 8 &* rest)) &- 1
      guard difference & mask == 0 else { return false }
      done += 8
    }
    return true
  }

  /// Where an object that begins with a name has its model.
  @inline(__always)
  mutating func modelPlace(ofNameAt offset: Int) -> Int {
    FastPath.modelPlace(ofNameAt: offset, in: input, among: models.count)
  }

  /// Where an object that begins with a name has its model, among a power of two: by how many units the name has, and the first
  /// two. What else begins so takes its place.
  @inline(__always)
  static func modelPlace(ofNameAt offset: Int, in input: WireInput, among count: Int) -> Int {
    let bits = UInt32(truncatingIfNeeded: input.word(at: offset))
    return Int(truncatingIfNeeded: (bits &* 0x9E37_79B1) >> 26) & (count &- 1)
  }
}
