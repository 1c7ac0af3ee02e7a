/// The reader's loop over what most payloads are made of: objects with short names, dense arrays, maps, sets, numbers,
/// strings, dates, big integers, plain regular expressions, errors, buffers with their views, and references.
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
    /// An array is full, or has no room for so many cells.
    case room(cells: Int)
    /// A value is complete whose container is not for this loop, or which has none.
    case value(Cell)
  }

  /// What the reader's limits say, and where its value begins.
  struct Rules {
    /// How many of the innermost containers can be open.
    let depth: Int
    let nodes: Int
    let arrayLength: Int
    let sparseArrayLength: Int
    let stringLength: Int
    let bigIntSize: Int
    let regExpLength: Int
    /// Flags of regular expressions that are read here.
    let regExpFlags: UInt32
    /// Whether sections of errors come in any order, and an error has an id from its beginning.
    let readsErrors: Bool
    /// Whether views carry flags.
    let readsViewFlags: Bool
    /// The first id that belongs to the value that is read.
    let firstID: Int
    /// How views are written as host objects, if they are read here.
    let hostObjectViews: HostObjectViewLayout.Numbers?
    /// The interface of those that are within a host object, if it has a cell.
    let hostObjectInterface: Cell?

    /// - Parameter outerFrames: how many open containers are not at hand.
    @inline(__always)
    init(
      _ profile: borrowing CloneProfile, _ limits: CloneLimits, readsViewFlags: Bool,
      outerFrames: Int = 0, firstID: Int = 0, hostObjectViews: HostObjectViewLayout.Numbers?,
      hostObjectInterface: Cell?
    ) {
      depth = limits.depth - outerFrames
      nodes = min(limits.nodes, ValueDeserializer.mostRecords)
      arrayLength = limits.arrayLength
      sparseArrayLength = limits.sparseArrayLength
      stringLength = limits.stringLength
      bigIntSize = limits.bigIntSize
      regExpLength = limits.regExpLength
      regExpFlags = profile.rules.regExpFlags & ~CloneRegExp.Flags.unicodeSets.rawValue
      readsErrors =
        profile.rules.errorSections == .any && profile.rules.errorsTakeIDs
        && profile.rules.errorsHaveCauses
      self.readsViewFlags = readsViewFlags
      self.firstID = firstID
      self.hostObjectViews = hostObjectViews
      self.hostObjectInterface = hostObjectInterface
    }
  }

  /// How many objects can be models; a power of two. Short inputs hold too few objects for one to be a model of another.
  static func modelCount(forInputOf byteCount: Int) -> Int { byteCount < 1024 ? 1 : 64 }

  let input: WireInput
  var position: Int
  let rules: Rules
  /// The innermost containers: all, or those of the last chunk.
  var frames: Room<Frame>
  /// Whether others are around them, so that the first of them is not closed here.
  let hasOuterFrames: Bool
  var stack: Room<Cell>
  var cells: Room<Cell>
  var records: Room<Record>
  var objects: Room<UInt32>
  /// Objects whose names are known to differ, as models for those that begin with the same name: records plus 1. None in
  /// the shortest payloads.
  var models: Room<UInt32>
  /// The names of the innermost object that has many; no other container has a table further in.
  var keyTable: PositionTable
  /// Elements that open arrays have announced and that were not read yet.
  var owedElements: Int
  var sawReference = false
  var sawCauseBeforeStack = false
  var sawStackBeforeCause = false
  /// Whether a host object has the interface that was given.
  var usesInterface = false

  // MARK: - The loop

  /// Reads until something comes that is not for this loop.
  mutating func run() -> Exit {
    if frames.isEmpty, let exit = readValue() { return exit }
    while true {
      guard stack.has(2) else { return .room(cells: 1) }
      if let exit = readItem() { return exit }
    }
  }

  /// Whether a value that begins with a tag is for this loop.
  static func reads(tag: UInt8) -> Bool {
    switch tag {
    case WireTag.beginObject, WireTag.beginDenseArray, WireTag.beginMap, WireTag.beginSet: true
    default: false
    }
  }

  /// Whether contents of such a container are for this loop.
  static func reads(_ kind: Frame.Kind) -> Bool {
    switch kind {
    case .object, .denseElements, .denseProperties, .sparseArray, .map, .set, .error: true
    case .claimedElements, .stringObject, .regExp, .wasmMemory, .hostPayload, .hostValue: false
    }
  }

  /// Reads on from where the innermost container stands.
  @inline(__always)
  private mutating func readItem() -> Exit? {
    switch frames.top.kind {
    case .object:
      if !frames.top.hasKey {
        readProperties()
        guard position < input.end else { return .general }
        if !frames.top.hasKey {
          return input.byte(at: position) == WireTag.endObject ? closeObject() : skipPadding()
        }
      }
      return frames.top.isKeyChecked ? readValue() : .general
    case .denseElements:
      if !input.isContainer(at: position) { readElements() }
      guard position < input.end else { return .general }
      guard frames.top.count == frames.top.length else { return readValue() }
      frames.top.kind = .denseProperties
      frames.top.count = 0
      return input.byte(at: position) == WireTag.endDenseArray ? closeArray() : nil
    case .denseProperties:
      guard !frames.top.hasKey, position < input.end else { return .general }
      return input.byte(at: position) == WireTag.endDenseArray ? closeArray() : skipPadding()
    case .map:
      readEntries()
      guard position < input.end else { return .general }
      guard !frames.top.hasKey, input.byte(at: position) == WireTag.endMap else {
        return readValue()
      }
      return closeEntries(stride: 2)
    case .set:
      readEntries()
      guard position < input.end else { return .general }
      return input.byte(at: position) == WireTag.endSet ? closeEntries(stride: 1) : readValue()
    case .error:
      guard rules.readsErrors else { return .general }
      return frames.top.section == nil ? readErrorSections() : .general
    case .sparseArray:
      if !frames.top.hasKey { readIndexedElements() }
      return frames.top.isKeyChecked ? readValue() : .general
    case .claimedElements, .stringObject, .regExp, .wasmMemory, .hostPayload, .hostValue:
      return .general
    }
  }

  /// Passes over padding; anything else is for the general way.
  @inline(__always)
  mutating func skipPadding() -> Exit? {
    guard input.byte(at: position) == WireTag.padding else { return .general }
    position &+= 1
    return nil
  }

  /// Gives a complete value to the innermost container.
  @inline(__always)
  mutating func deliver(_ value: Cell) -> Exit? {
    guard !frames.isEmpty else { return .value(value) }
    switch frames.top.kind {
    case .object where frames.top.isKeyChecked, .sparseArray where frames.top.isKeyChecked:
      frames.top.hasKey = false
      frames.top.count &+= 1
      stack.push(value)
    case .denseElements:
      let start = Int(records[Int(frames.top.record)].start)
      cells.set(start &+ 1 &+ Int(frames.top.count), value)
      frames.top.count &+= 1
      owedElements &-= 1
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
}
