import StructuredClone

/// What one call of an encoder holds: the bytes so far, and what is open in them.
///
/// Bytes are written in the order in which types write: nothing is kept of what was written. That is possible as long as a
/// container is complete before its parent goes on, as it nearly always is. Where types do otherwise (or give keys twice, or
/// indices behind names) this state *derails*: it writes nothing any more, and the value is encoded once again with nodes
/// (``NodeEncoding``), which can be filled in any order.
@safe final class EncodingState {
  /// The settings, which are kept once.
  @inline(__always)
  var options: CloneEncoder {
    _read { yield unsafe storedLeaves.options }
  }
  @exclusivity(unchecked) private var storedPath: PathStack = PathStack()
  @inline(__always)
  private(set) var path: PathStack {
    _read { yield unsafe storedPath }
    _modify { yield unsafe &storedPath }
  }
  // One thread at a time has a state, and nothing that has hold of a part of it calls a type: checking each access took a
  // sixth of the time.
  @exclusivity(unchecked) private var storedLeaves: LeafWriter
  /// The first memory of all stacks.
  private let memory: UnsafeMutableRawPointer
  /// The innermost container that is open, and those around it.
  @exclusivity(unchecked) private var storedTop: OpenContainer = OpenContainer(
    kind: .slot, serial: 0, expectedCount: 0, start: 0, firstHash: 0)
  @inline(__always)
  private var top: OpenContainer {
    _read { yield unsafe storedTop }
    _modify { yield unsafe &storedTop }
  }
  @exclusivity(unchecked) private var storedOuter: AddressStack<OpenContainer>
  @inline(__always)
  private var outer: AddressStack<OpenContainer> {
    _read { yield unsafe storedOuter }
    _modify { yield unsafe &storedOuter }
  }
  /// How many containers are open.
  @exclusivity(unchecked) private var storedOpenCount: Int = 0
  @inline(__always)
  private var openCount: Int {
    _read { yield unsafe storedOpenCount }
    _modify { yield unsafe &storedOpenCount }
  }
  /// The hashes of the keys of open objects, those of the innermost last.
  @exclusivity(unchecked) private var storedKeyHashes: AddressStack<Int>
  @inline(__always)
  private var keyHashes: AddressStack<Int> {
    _read { yield unsafe storedKeyHashes }
    _modify { yield unsafe &storedKeyHashes }
  }
  /// The hashes of the keys of those open objects that have many.
  private var keySets: [Set<Int>] = []
  @exclusivity(unchecked) private var storedNextSerial: UInt32 = 0
  @inline(__always)
  private var nextSerial: UInt32 {
    _read { yield unsafe storedNextSerial }
    _modify { yield unsafe &storedNextSerial }
  }
  @inline(__always)
  private var nextID: UInt32 {
    _read { yield unsafe storedLeaves.nextID }
    _modify { yield unsafe &storedLeaves.nextID }
  }
  /// Where a set begins that writes itself as an array.
  @exclusivity(unchecked) private var storedAnnouncedSet: Int?
  @inline(__always)
  private var announcedSet: Int? {
    _read { yield unsafe storedAnnouncedSet }
    _modify { yield unsafe &storedAnnouncedSet }
  }
  /// Instances of classes by identity, and the numbers of their objects.
  private var instances: [ObjectIdentifier: (id: UInt32, instance: AnyObject)] = [:]
  /// Instances that are being written.
  @exclusivity(unchecked) private var storedOpenInstances: AddressStack<OpenInstance>
  @inline(__always)
  private var openInstances: AddressStack<OpenInstance> {
    _read { yield unsafe storedOpenInstances }
    _modify { yield unsafe &storedOpenInstances }
  }
  /// A bit for each of them: most instances are known to be none of them by it.
  @exclusivity(unchecked) private var storedOpenFilter: UInt64 = 0
  @inline(__always)
  private var openFilter: UInt64 {
    _read { yield unsafe storedOpenFilter }
    _modify { yield unsafe &storedOpenFilter }
  }
  /// Whether bytes cannot be written in this order.
  @exclusivity(unchecked) private var storedIsDerailed: Bool = false
  @inline(__always)
  private(set) var isDerailed: Bool {
    _read { yield unsafe storedIsDerailed }
    _modify { yield unsafe &storedIsDerailed }
  }
  /// Whether there was an error behind a key or within an array: the bytes are no payload, if a type passes over that.
  @exclusivity(unchecked) private var storedIsSpoiled: Bool = false
  @inline(__always)
  private(set) var isSpoiled: Bool {
    _read { yield unsafe storedIsSpoiled }
    _modify { yield unsafe &storedIsSpoiled }
  }
  static let spareContainers = SpareObjects<ReusableContainers<EncodingState, Handle>>()
  @exclusivity(unchecked) private var storedContainers = CallContainers<EncodingState, Handle>()
  /// Keyed containers of the encoder's call.
  @inline(__always)
  var containers: CallContainers<EncodingState, Handle> {
    _read { yield unsafe storedContainers }
    _modify { yield unsafe &storedContainers }
  }
  /// Where values go instead of bytes.
  let nodes: NodeEncoding?
  let convertsKeys: Bool
  /// What the strategy makes of names, as far as they were asked for.
  var convertedNames: [String: String] = [:]
  /// How many types are being written that write themselves as another type.
  var sameDepth = 0

  @inline(__always)
  var leaves: LeafWriter {
    _read { yield unsafe storedLeaves }
    _modify { yield unsafe &storedLeaves }
  }
  @inline(__always)
  var writer: PayloadWriter {
    _read { yield unsafe storedLeaves.payload }
    _modify { yield unsafe &storedLeaves.payload }
  }

  /// A container that is being written.
  private struct OpenContainer: BitwiseCopyable {
    enum Kind: UInt8 { case object, array, countedArray, set, map, slot }

    let kind: Kind
    /// Whether a key of the object was a name, so that no index can follow.
    var hasName = false
    /// Whether there are so many keys that their hashes are in a set.
    var hasKeySet = false
    let serial: UInt32
    /// Keys, elements, or keys and values.
    var count: UInt32 = 0
    /// The greatest index among the keys.
    var lastIndex: UInt32 = 0
    let expectedCount: UInt32
    /// Where its tag is.
    let start: Int
    let firstHash: Int
    /// A bit for each hash of a key.
    var filter: UInt64 = 0
  }

  /// An instance that is being written.
  private struct OpenInstance: BitwiseCopyable {
    let identifier: ObjectIdentifier
    /// The filter of those around it.
    let outerFilter: UInt64
  }

  /// A container for whoever writes to it: of bytes by its place among those that are open, of nodes by its number.
  struct Handle: BitwiseCopyable {
    let level: UInt32
    let serial: UInt32
  }

  /// Where a value goes: of bytes by how many containers are open and the offset, of nodes by number.
  struct Place {
    let level: UInt32
    let start: UInt32
  }

  /// Thrown to end early; nobody outside sees it.
  struct Derailment: Error {}

  init(_ options: consuming CloneEncoder, nodes: NodeEncoding? = nil) {
    if case .useDefaultKeys = options.keyEncodingStrategy {
      convertsKeys = false
    } else {
      convertsKeys = true
    }
    unsafe storedLeaves = LeafWriter(options)
    self.nodes = nodes
    // One piece for all stacks: most payloads need no more.
    let containers = MemoryLayout<OpenContainer>.stride * EncodingState.firstContainers
    let hashes = MemoryLayout<Int>.stride * EncodingState.firstHashes
    let instances = MemoryLayout<OpenInstance>.stride * EncodingState.firstInstances
    unsafe memory = .allocate(
      byteCount: containers + hashes + instances, alignment: MemoryLayout<OpenContainer>.alignment)
    // Each has its own part, as long as the state lives: the strides are multiples of every alignment.
    unsafe storedOuter = AddressStack(in: memory, capacity: EncodingState.firstContainers)
    unsafe storedKeyHashes = AddressStack(
      in: memory + containers, capacity: EncodingState.firstHashes)
    unsafe storedOpenInstances = AddressStack(
      in: memory + containers + hashes, capacity: EncodingState.firstInstances)
  }

  deinit { unsafe memory.deallocate() }

  private static let firstContainers = 8
  private static let firstHashes = 32
  private static let firstInstances = 8

  // MARK: - Path

  func codingPath(_ path: PathStack.Reference) -> [any CodingKey] { self.path.keys(of: path) }

  func keep(_ key: some CodingKey, behind path: PathStack.Reference) -> PathStack.Reference {
    self.path.keep(key, behind: path)
  }

  func push(_ key: some CodingKey, behind path: PathStack.Reference) -> PathStack.Reference {
    self.path.push(key, behind: path)
  }

  func pop() { path.pop() }
  var depth: Int { path.count }

  func derail() { isDerailed = true }
  func spoil() { isSpoiled = true }

  // MARK: - Places

  /// The place of a value that is written next.
  @inline(__always)
  var place: Place {
    Place(
      level: UInt32(truncatingIfNeeded: openCount),
      start: UInt32(truncatingIfNeeded: writer.offset))
  }

  /// Whether a place is where bytes are written now. Otherwise something was written there already, or something else.
  @inline(__always)
  func isNext(_ place: Place) -> Bool {
    place.level == UInt32(truncatingIfNeeded: openCount)
      && place.start == UInt32(truncatingIfNeeded: writer.offset) && !isDerailed
  }

  /// Ends all containers of a value. One that wrote nothing is an empty object.
  @inline(__always)
  func finish(_ place: Place) throws {
    if openCount > Int(place.level) { try close(to: Int(place.level)) }
    if place.start == UInt32(truncatingIfNeeded: writer.offset), !isDerailed { writeEmptyObject() }
  }

  private func writeEmptyObject() {
    nextID &+= 1
    writer.beginObject()
    writer.endObject(count: 0)
  }

  // MARK: - Containers

  private func push(_ kind: OpenContainer.Kind, count: UInt32 = 0) -> Handle {
    nextSerial &+= 1
    if openCount > 0 { outer.push(top) }
    top = OpenContainer(
      kind: kind, serial: nextSerial, expectedCount: count, start: writer.offset,
      firstHash: keyHashes.count)
    openCount += 1
    return Handle(level: UInt32(truncatingIfNeeded: openCount - 1), serial: nextSerial)
  }

  /// A container that is open.
  private func container(at level: Int) -> OpenContainer? {
    level == openCount - 1 ? top : level < openCount - 1 ? outer[level] : nil
  }

  static let nowhere = Handle(level: .max, serial: 0)

  /// The container of a place, if it was begun there and nothing else was written.
  private func opened(at place: Place, _ isKind: (OpenContainer.Kind) -> Bool) -> Handle? {
    guard let container = container(at: Int(place.level)),
      UInt32(truncatingIfNeeded: container.start) == place.start, isKind(container.kind)
    else { return nil }
    return Handle(level: place.level, serial: container.serial)
  }

  /// Begins the object of a place, or goes on with it.
  func object(at place: Place) -> Handle {
    guard isNext(place) else {
      if let handle = opened(at: place, { $0 == .object }) { return handle }
      derail()
      return EncodingState.nowhere
    }
    let handle = push(.object)
    nextID &+= 1
    writer.beginObject()
    return handle
  }

  /// Begins the array or set of a place, or goes on with it.
  func elements(at place: Place) -> Handle {
    guard isNext(place) else {
      if let handle = opened(at: place, { $0 == .array || $0 == .countedArray || $0 == .set }) {
        return handle
      }
      derail()
      return EncodingState.nowhere
    }
    nextID &+= 1
    if announcedSet == writer.offset {
      announcedSet = nil
      let handle = push(.set)
      writer.beginSet()
      return handle
    }
    let handle = push(.array)
    writer.beginArray()
    return handle
  }

  /// Begins a map.
  func map() -> Handle {
    let handle = push(.map)
    nextID &+= 1
    writer.beginMap()
    return handle
  }

  /// Begins an array of so many elements.
  func array(count: UInt32) -> Handle {
    let handle = push(.countedArray, count: count)
    nextID &+= 1
    writer.beginArray(count: count)
    return handle
  }

  /// Says that the value that is written next is a set.
  func announceSet() { announcedSet = writer.offset }

  /// Ends the innermost containers.
  @inline(never)
  private func close(to level: Int) throws {
    while openCount > level {
      if isDerailed { throw Derailment() }
      switch top.kind {
      case .object:
        writer.endObject(count: top.count)
        keyHashes.pop(to: top.firstHash)
        if top.hasKeySet { keySets.removeLast() }
      case .countedArray:
        if top.count != top.expectedCount { derail() }
        writer.endArray(count: top.count)
      case .array:
        if !writer.endArray(count: top.count, from: top.start) { derail() }
      case .set: writer.endSet(count: top.count)
      case .map: writer.endMap(count: top.count)
      case .slot:
        // A super encoder that wrote nothing.
        if writer.offset == top.start { writeEmptyObject() }
      }
      openCount -= 1
      if openCount > 0 {
        top = outer.top
        outer.pop()
      }
    }
  }

  /// Makes sure that a container is the innermost; false if it cannot be any more.
  @inline(__always)
  private func makeInnermost(_ handle: Handle) -> Bool {
    if top.serial == handle.serial, openCount > 0, !isDerailed { return true }
    return endInner(of: handle)
  }

  @inline(never)
  private func endInner(of handle: Handle) -> Bool {
    let level = Int(handle.level)
    guard !isDerailed, container(at: level)?.serial == handle.serial,
      // A super encoder that has not written yet may write later.
      !(level..<openCount).contains(where: { level in
        container(at: level).map { $0.kind == .slot && $0.start == writer.offset } ?? false
      })
    else {
      derail()
      return false
    }
    do {
      try close(to: level + 1)
    } catch {
      return false
    }
    return !isDerailed
  }

  /// Makes a place in a container for whoever writes there later, at the latest before the container goes on.
  func slot() -> Place {
    _ = push(.slot)
    return place
  }

  // MARK: - Keys

  /// Writes a key of an object; false if nothing can be written there.
  ///
  /// - Parameter isNew: whether the key is known to differ from the others.
  @inline(__always)
  func beginProperty(_ handle: Handle, _ name: String, isNew: Bool = false) -> Bool {
    guard makeInnermost(handle) else { return false }
    if let (content, count) = name.shortContent, count > 0, !content.beginsWithDigit {
      return noteName(hash: writer.write(key: content, count: count), isNew: isNew)
    }
    var name = name
    return name.withUTF8 { unsafe beginProperty(UnsafeRawBufferPointer($0), isNew: isNew) }
  }

  private func beginProperty(_ name: UnsafeRawBufferPointer, isNew: Bool) -> Bool {
    if name.count > 0, unsafe (0x30...0x39).contains(name[0]),
      let index = ClonePropertyKey(unsafe String(decoding: name, as: UTF8.self)).index
    {
      guard !top.hasName, top.count == 0 || index > top.lastIndex else {
        derail()
        return false
      }
      top.lastIndex = index
      top.count &+= 1
      writer.write(Double(index))
      return true
    }
    return noteName(hash: unsafe writer.write(key: name), isNew: isNew)
  }

  /// Counts a name that was written; false if the object may have it already.
  @inline(__always)
  private func noteName(hash: Int, isNew: Bool) -> Bool {
    top.hasName = true
    top.count &+= 1
    if !isNew, isRepeated(hash) {
      derail()
      return false
    }
    return true
  }

  private static let mostComparedKeys = 24

  /// Whether the innermost object may have a key already; it is noted.
  @inline(__always)
  private func isRepeated(_ hash: Int) -> Bool {
    let bit = 1 as UInt64 &<< UInt64(truncatingIfNeeded: hash)
    let isKnown = top.filter & bit != 0
    top.filter |= bit
    if isKnown { return isRepeatedAmongAll(hash) }
    keyHashes.push(hash)
    return false
  }

  @inline(never)
  private func isRepeatedAmongAll(_ hash: Int) -> Bool {
    var position = top.firstHash
    let end = keyHashes.count
    guard !top.hasKeySet, end - position < EncodingState.mostComparedKeys else {
      return isRepeatedAmongMany(hash)
    }
    while position < end {
      if keyHashes[position] == hash { return true }
      position += 1
    }
    keyHashes.push(hash)
    return false
  }

  private func isRepeatedAmongMany(_ hash: Int) -> Bool {
    if !top.hasKeySet {
      keySets.append([])
      top.hasKeySet = true
    }
    // Those that were new by the filter are not in the set yet.
    let last = keySets.count - 1
    while keyHashes.count > top.firstHash {
      keySets[last].insert(keyHashes.top)
      keyHashes.pop()
    }
    return !keySets[last].insert(hash).inserted
  }

  /// Counts an element of an array or a set, or a key or value of a map; false if nothing can be written there.
  @inline(__always)
  func beginElement(_ handle: Handle) -> Bool {
    guard makeInnermost(handle) else { return false }
    top.count &+= 1
    return true
  }

  /// How many elements a container has; 0 once it is complete.
  func count(of handle: Handle) -> Int {
    if top.serial == handle.serial { return Int(top.count) }
    guard let container = container(at: Int(handle.level)), container.serial == handle.serial else {
      return 0
    }
    return Int(container.count)
  }

  // MARK: - Instances

  /// Writes a reference to an instance that was written, or notes that it is going to be written; `nil` if it was.
  ///
  /// - Throws: an error if it is being written and cannot be referred to.
  func beginInstance(
    _ instance: Unmanaged<AnyObject>, _ path: PathStack.Reference
  ) throws -> ObjectIdentifier? {
    let identifier = unsafe ObjectIdentifier(instance.takeUnretainedValue())
    guard options.identityEncodingStrategy == .references else {
      // Addresses differ in these bits.
      let address = UInt64(truncatingIfNeeded: UInt(bitPattern: identifier))
      let bit = 1 as UInt64 &<< (address &>> 4 ^ address &>> 10)
      if openFilter & bit != 0, isOpen(identifier) {
        throw cycle(unsafe instance.takeUnretainedValue(), path)
      }
      openInstances.push(OpenInstance(identifier: identifier, outerFilter: openFilter))
      openFilter |= bit
      return identifier
    }
    let instance = unsafe instance.takeUnretainedValue()
    if let known = instances[identifier] {
      guard known.id < nextID else { throw cycle(instance, path) }
      writer.writeReference(known.id)
      return nil
    }
    instances[identifier] = (nextID, instance)
    return identifier
  }

  @inline(never)
  private func isOpen(_ identifier: ObjectIdentifier) -> Bool {
    (0..<openInstances.count).contains { openInstances[$0].identifier == identifier }
  }

  /// Notes that an instance is complete, or could not be written. Without an object of its own nothing can refer to it.
  func endInstance(_ identifier: ObjectIdentifier) {
    guard options.identityEncodingStrategy == .references else {
      openFilter = openInstances.top.outerFilter
      openInstances.pop()
      return
    }
    if let known = instances[identifier], known.id >= nextID { instances[identifier] = nil }
  }

  func cycle(_ instance: AnyObject, _ path: PathStack.Reference) -> EncodingError {
    let text =
      options.identityEncodingStrategy == .references
      ? "the object refers to itself before it has begun a container"
      : "the object contains itself; set identityEncodingStrategy to .references"
    return .invalidValue(
      instance,
      EncodingError.Context(
        codingPath: codingPath(path), debugDescription: text,
        underlyingError: DataCloneError(
          .uncloneable, message: text, path: ClonePath(codingPath(path).map(\.step)))))
  }
}
