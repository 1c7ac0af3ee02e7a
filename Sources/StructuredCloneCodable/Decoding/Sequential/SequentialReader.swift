import StructuredClone

/// Reads values from the bytes of a payload one behind the other, in the order in which they are asked for.
///
/// It knows no errors: where it answers `nil` or `false`, nothing can be read this way, and ``DecodingState`` goes on with the
/// graph (``DecodingState/enterGraph()``).
@safe struct SequentialReader: ~Copyable {
  /// What reads the bytes: of nothing once they are no longer borrowed.
  var direct: DirectReader
  /// The container that is open, and those around it. Once the graph was read they stay as they were then.
  private var top = Level.none
  private var outer: AddressStack<Level>
  /// The names of the properties that were taken from the open objects.
  private var names: AddressStack<TakenName>
  /// The first memory of both stacks.
  private let memory: UnsafeMutableRawPointer?
  /// How many containers may be open.
  private let mostLevels: Int
  /// Whether dates are JavaScript's.
  let takesDates: Bool
  /// Where the value of the payload begins.
  let rootOffset: Int
  /// How many receivers types began to read.
  private(set) var receiverCount = 0
  /// How many bytes may still be looked through for names that are missing: a few times as many as there are.
  private var searchAllowance: Int

  /// A container that is open.
  struct Level: BitwiseCopyable {
    /// How many containers are around it; -1 for what is around the root.
    let number: Int32
    /// Where it begins in the bytes.
    let start: UInt32
    /// The number of its elements, of an array.
    let count: UInt32
    /// How many properties or elements were taken.
    var taken: UInt32 = 0
    let isObject: Bool
    /// How many names there were before its own.
    let firstName: Int
    /// A bit for each of its names, to tell soon that one is new.
    var nameFilter: UInt64 = 0
    /// Where the value begins that a type is reading; 0 for none.
    var value: UInt32 = 0
    /// Where its container has its prediction.
    let prediction: Int
    /// Its record, once the graph was read, and the position of the value that was taken last.
    var record: UInt32 = 0
    var valuePosition: DecodingState.Position?
    /// Whether the value that a type is reading counts as one that references can lead back to.
    var isShared = false

    static let none = Level(
      number: -1, start: 0, count: 0, isObject: false, firstName: 0, prediction: 0)
  }

  /// Where a name is in the bytes, and bits of it.
  struct TakenName: BitwiseCopyable {
    let offset: UInt32
    let hash: UInt32
  }

  /// - Parameter direct: a reader at the root.
  init(_ direct: consuming DirectReader, mostLevels: Int, takesDates: Bool) {
    rootOffset = direct.position
    searchAllowance = 4 * direct.remaining
    self.direct = direct
    self.mostLevels = mostLevels
    self.takesDates = takesDates
    // One piece: most payloads need no more. Each stack has its own part, as long as this lives.
    let levels = MemoryLayout<Level>.stride * SequentialReader.firstLevels
    let memory = UnsafeMutableRawPointer.allocate(
      byteCount: levels + MemoryLayout<TakenName>.stride * SequentialReader.firstNames,
      alignment: MemoryLayout<Level>.alignment)
    unsafe self.memory = memory
    unsafe outer = AddressStack(in: memory, capacity: SequentialReader.firstLevels)
    unsafe names = AddressStack(in: memory + levels, capacity: SequentialReader.firstNames)
  }

  /// Makes a reader of nothing.
  init() {
    direct = DirectReader()
    rootOffset = 0
    searchAllowance = 0
    mostLevels = 0
    takesDates = false
    unsafe memory = nil
    outer = AddressStack()
    names = AddressStack()
  }

  deinit { unsafe memory?.deallocate() }

  private static let firstLevels = 8
  private static let firstNames = 32

  /// Lets go of the bytes; nothing can be read any more.
  mutating func release() { direct = DirectReader() }

  /// Where the next value begins.
  @inline(__always)
  var position: UInt32 { UInt32(truncatingIfNeeded: direct.position) }

  // MARK: - Containers

  /// How many containers are open.
  @inline(__always)
  var levelCount: Int { Int(top.number) &+ 1 }

  /// A container that is open.
  subscript(level: Int) -> Level { level == top.number ? top : outer[level + 1] }

  /// Whether a container is open that begins at an offset.
  func isOpen(_ level: Int, at start: UInt32) -> Bool {
    level < levelCount && self[level].start == start
  }

  /// Whether one more container may be open.
  @inline(__always)
  var mayOpen: Bool { levelCount < mostLevels }

  /// Begins an object, or goes on with it: a type and its superclass may ask for the same. Answers its level.
  @inline(__always)
  mutating func beginObject(at start: UInt32, prediction: Int) -> Int? {
    guard start == position else {
      return top.start == start && top.isObject ? Int(top.number) : nil
    }
    guard mayOpen, direct.beginObject() else { return nil }
    return push(start, count: 0, isObject: true, prediction: prediction)
  }

  /// Whether an array in the dense form is next.
  @inline(__always)
  func isArray(at start: UInt32) -> Bool { start == position && direct.isArray }

  /// Whether so many elements of an array that is about to be open may be made room for before they are read.
  func hasRoom(for count: Int, of stride: Int) -> Bool {
    direct.room(for: count, of: stride, open: levelCount + 1) == count
  }

  /// Begins an array of a fitting number of elements; answers its level and the number.
  @inline(__always)
  mutating func beginArray(
    at start: UInt32, prediction: Int,
    where isFitting: (borrowing SequentialReader, Int) -> Bool = { _, _ in true }
  ) -> (level: Int, count: Int)? {
    guard start == position, mayOpen, let count = direct.beginArray() else {
      return nil
    }
    guard isFitting(self, count) else {
      direct.position = Int(start)
      return nil
    }
    return (push(start, count: count, isObject: false, prediction: prediction), count)
  }

  @inline(__always)
  private mutating func push(_ start: UInt32, count: Int, isObject: Bool, prediction: Int) -> Int {
    outer.push(top)
    top = Level(
      number: top.number &+ 1, start: start, count: UInt32(truncatingIfNeeded: count),
      isObject: isObject, firstName: names.count, prediction: prediction)
    return Int(top.number)
  }

  /// Ends containers until so many are open; false if one has more to it.
  @inline(__always)
  mutating func close(to count: Int) -> Bool {
    while levelCount > count { guard closeTop() else { return false } }
    return true
  }

  private mutating func closeTop() -> Bool {
    guard top.value == 0,
      top.isObject
        ? direct.endObject(count: top.taken)
        : top.taken == top.count && direct.endArray(count: Int(top.count))
    else { return false }
    names.pop(to: top.firstName)
    top = outer.top
    outer.pop()
    return true
  }

  /// Ends what is open within a container; false if the container is not open, if something within it has more to it, and while a
  /// type reads one of its values.
  @inline(__always)
  private mutating func makeInnermost(_ level: Int, at start: UInt32) -> Bool {
    if top.start != start || Int(top.number) != level {
      guard closeInner(of: level, at: start) else { return false }
    }
    return top.value == 0
  }

  @inline(never)
  private mutating func closeInner(of level: Int, at start: UInt32) -> Bool {
    isOpen(level, at: start) && close(to: level + 1)
  }

  // MARK: - Names and elements

  /// Takes the name of an object's property if it is next.
  @inline(__always)
  mutating func takeName(_ name: String, in level: Int, at start: UInt32) -> Bool {
    guard makeInnermost(level, at: start), let end = direct.end(ofName: name) else { return false }
    return take(name, upTo: end)
  }

  @inline(__always)
  private mutating func take(_ name: String, upTo end: Int) -> Bool {
    let hash = SequentialReader.hash(name.shortContent?.0 ?? direct.endsOfName(upTo: end))
    let bit = SequentialReader.filterBit(hash)
    guard top.nameFilter & bit == 0 || isNew(hash, upTo: end) else { return false }
    top.nameFilter |= bit
    names.push(TakenName(offset: position, hash: hash))
    direct.position = end
    top.taken &+= 1
    return true
  }

  /// Bits of a name: the highest are the best mixed. Names that are taken are ASCII, so that their bytes are those of the payload.
  @inline(__always)
  private static func hash(_ name: ShortContent) -> UInt32 {
    UInt32(truncatingIfNeeded: name.hash &>> 32)
  }

  /// The bit of a name in the filter.
  @inline(__always)
  private static func filterBit(_ hash: UInt32) -> UInt64 { 1 &<< UInt64(hash &>> 26) }

  /// Whether the open object has had no property of the next name: of two that are equal the payload is none.
  ///
  /// It changes nothing; called on a reader that is not `inout`, it would get a copy of it.
  @inline(never)
  private mutating func isNew(_ hash: UInt32, upTo end: Int) -> Bool {
    // Nor is there a search for each of very many.
    guard names.count - top.firstName <= SequentialReader.mostComparedNames else { return false }
    for place in top.firstName..<names.count
    where names[place].hash == hash
      && direct.hasSameName(at: Int(names[place].offset), upTo: end)
    {
      return false
    }
    return true
  }

  private static var mostComparedNames: Int { 256 }

  /// Takes a property that is null; answers whether it is, or `nil` if the property is not next. One that is not is not taken.
  mutating func takeNil(named name: String, in level: Int, at start: UInt32) -> Bool? {
    guard makeInnermost(level, at: start), let end = direct.end(ofName: name) else { return nil }
    guard direct.isNil(at: end) else { return direct.form(at: end) != nil ? false : nil }
    return take(name, upTo: end) ? direct.takeNil() : nil
  }

  /// Whether an object has a property; `nil` if that is not known.
  @inline(never)
  mutating func hasProperty(_ name: String, in level: Int, at start: UInt32) -> Bool? {
    guard makeInnermost(level, at: start) else { return nil }
    if direct.end(ofName: name) != nil || isTaken(name) { return true }
    return direct.hasProperty(name, allowance: &searchAllowance)
  }

  /// Whether a property was taken from the open object.
  private mutating func isTaken(_ name: String) -> Bool {
    var name = name
    let hash = SequentialReader.hash(
      name.withUTF8 { unsafe ShortContent(endsOf: UnsafeRawBufferPointer($0)) })
    guard top.nameFilter & SequentialReader.filterBit(hash) != 0 else { return false }
    return (top.firstName..<names.count).contains { place in
      names[place].hash == hash
        && direct.end(ofName: name, at: Int(names[place].offset)) != nil
    }
  }

  /// Takes the place of an array's element.
  @inline(__always)
  mutating func takeElement(_ index: Int, of level: Int, at start: UInt32) -> Bool {
    guard makeInnermost(level, at: start), Int(top.taken) == index, top.taken < top.count else {
      return false
    }
    top.taken &+= 1
    return true
  }

  /// Takes an element that is null, if it is.
  mutating func takeNilElement(_ index: Int, of level: Int, at start: UInt32) -> Bool? {
    guard takeElement(index, of: level, at: start) else { return nil }
    if direct.takeNil() { return true }
    guard isPlain else { return nil }
    top.taken &-= 1
    return false
  }

  // MARK: - Values

  /// Takes a value that has no container.
  @inline(__always)
  mutating func take<Value>(_ body: (inout DirectReader) -> Value?) -> Value? { body(&direct) }

  /// Takes `null` or `undefined` if it is next.
  @inline(__always)
  mutating func takeNil() -> Bool { direct.takeNil() }

  /// Whether the next value is of a usual form, and neither `null` nor `undefined`.
  @inline(__always)
  var isPlain: Bool { direct.form(at: direct.position) != nil }

  /// Whether the next value is `null` or `undefined`.
  @inline(__always)
  var isNil: Bool { direct.isNil(at: direct.position) }

  /// Takes the next value if it is `null` or `undefined`; answers `nil` if that is not known.
  mutating func takeNilValue() -> Bool? {
    direct.takeNil() ? true : isPlain ? false : nil
  }

  /// Notes that a type reads the next value of the open container; answers where the value begins.
  @inline(__always)
  mutating func beginValue() -> UInt32 {
    if direct.form(at: direct.position) == .receiver { receiverCount += 1 }
    top.value = position
    return position
  }

  /// Notes that the type has done so; answers whether the value counted.
  @inline(__always)
  mutating func endValue(_ value: UInt32, in level: Int) -> Bool {
    guard level == top.number, top.value == value else { return endOuterValue(value, in: level) }
    top.value = 0
    return top.isShared
  }

  @inline(never)
  private mutating func endOuterValue(_ value: UInt32, in level: Int) -> Bool {
    guard level < top.number, outer[level + 1].value == value else { return false }
    outer[level + 1].value = 0
    return outer[level + 1].isShared
  }

  // MARK: - Graph

  /// Notes where a container is in the graph.
  mutating func update(_ level: Int, _ body: (inout Level) -> Void) {
    if level == top.number { body(&top) } else { body(&outer[level + 1]) }
  }

  /// Where the name is that was taken last from an object.
  func lastName(of level: Level) -> UInt32? {
    level.taken > 0 ? names[level.firstName + Int(level.taken) - 1].offset : nil
  }
}
