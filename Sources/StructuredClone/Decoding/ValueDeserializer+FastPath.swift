/// Where the reader takes the fast path, and what it makes room for.
extension ValueDeserializer {
  /// Whether the fast path knows the rules that apply: those of version 13 and later, of no engine's memory, and without a limit
  /// of memory, which would have to be asked at each item.
  private var takesFastPath: Bool {
    // Everything that is counted in 32 bits stays far from that.
    usesFastPath && engine == nil && version >= 13 && limits.memory == .max
      && cells.capacity + 2 * stack.capacity < Int(UInt32.max) - 1024
  }

  /// Reads on as far as the fast path leads. Answers a complete value that is to be delivered, or `nil` if the next item
  /// is for the general way.
  mutating func readFast() -> Cell? {
    // Too many records are an error when the next value is delivered.
    guard takesFastPath,
      frames.isEmpty
        ? wire.remaining > 0 && FastPath.reads(tag: wire.bytes[wire.position])
        : FastPath.reads(frames.top.kind), records.count <= limits.nodes
    else { return nil }
    if frames.isEmpty, records.capacity == 0 { makeRoom() }
    if models.isEmpty { models.extend(by: FastPath.modelCount(forInputOf: wire.bytes.count)) }
    while takesFastPath {
      switch takeFastPath() {
      case .general: return nil
      case .value(let value): return value
      case .room(let cells): makeRoom(cells: max(1, cells))
      }
    }
    return nil
  }

  private mutating func takeFastPath() -> FastPath.Exit {
    // Out of the reader, so that each can be held while the others are changed.
    var stack = ReservedArray(filler: Cell.undefined)
    var cells = ReservedArray(filler: Cell.hole)
    var records = ReservedArray(filler: Record.vacant)
    var objects = ReservedArray(filler: UInt32(0))
    var models = ReservedArray(filler: UInt32(0))
    var frames = FrameStack()
    swap(&frames, &self.frames)
    swap(&stack, &self.stack)
    swap(&cells, &self.cells)
    swap(&records, &self.records)
    swap(&objects, &self.objects)
    swap(&models, &self.models)
    defer {
      swap(&models, &self.models)
      swap(&stack, &self.stack)
      swap(&cells, &self.cells)
      swap(&records, &self.records)
      swap(&objects, &self.objects)
      swap(&frames, &self.frames)
    }
    let rules = FastPath.Rules(
      profile, limits, readsViewFlags: version >= 14 || expectsViewFlags,
      outerFrames: frames.outerCount, firstID: firstID, hostObjectViews: hostObjectViews?.numbers,
      hostObjectInterface: hostObjectViews.flatMap { cell(ofInterface: $0.interface) })
    var keyTable = PositionTable.vacant
    swap(&keyTable, &self.keyTable)
    defer { swap(&keyTable, &self.keyTable) }
    let hasOuterFrames = frames.outerCount > 0
    // No pointer leaves its closure, and what it points to is reached in no other way meanwhile.
    let exit = unsafe wire.bytes.withUnsafeBytes { input in
      frames.withRoom { frames in
        models.withRoom { models in
          stack.withRoom { stack in
            cells.withRoom { cells in
              records.withRoom { records in
                objects.withRoom { objects -> FastPath.Exit? in
                  guard let bytes = input.baseAddress else { return nil }
                  var path = FastPath(
                    input: unsafe WireInput(bytes, end: input.count), position: wire.position,
                    rules: rules, frames: frames, hasOuterFrames: hasOuterFrames, stack: stack,
                    cells: cells, records: records, objects: objects, models: models,
                    keyTable: .vacant, owedElements: owedElements)
                  swap(&path.keyTable, &keyTable)
                  let exit = path.run()
                  swap(&path.keyTable, &keyTable)
                  frames.count = path.frames.count
                  stack.count = path.stack.count
                  cells.count = path.cells.count
                  records.count = path.records.count
                  objects.count = path.objects.count
                  wire.position = path.position
                  owedElements = path.owedElements
                  if path.sawReference { sawReference = true }
                  if path.sawCauseBeforeStack { sawCauseBeforeStack = true }
                  if path.sawStackBeforeCause { sawStackBeforeCause = true }
                  return exit
                } ?? nil
              } ?? nil
            } ?? nil
          } ?? nil
        } ?? nil
      } ?? nil
    }
    return exit ?? .room(cells: 1)
  }

  /// Reads the rest of the input if it is the first value and one of a few things, or else as much of it as there is room
  /// for on the stack; answers a complete value that is to be delivered then.
  mutating func readSmallPayload() -> SmallPayload.Outcome<Cell?> {
    guard usesFastPath, engine == nil, version >= 13, !expectsViewFlags, objects.isEmpty,
      earlierValues.isEmpty
    else { return .untouched }
    let rules = SmallPayload.Rules(
      version: version, profile: profile, limits: limits, hostObjectViews: hostObjectViews)
    // Out of the reader, so that they are not retained while it may be changed.
    var taken: [UInt8] = []
    swap(&taken, &wire.bytes)
    let bytes = consume taken
    let outcome = SmallPayload.read(
      bytes, from: wire.position, rules: rules, hostObjectViews: hostObjectViews
    ) { path, pending in
      wire.bytes = bytes
      takeOver(path)
      return pending
    }
    wire.bytes = consume bytes
    return outcome
  }

  /// Reads the header and the value of a payload: what ``reset(_:)``, ``readHeader()`` and ``readValue()`` do, in less time
  /// where payloads are small. The reader is ready for the next one, and keeps no bytes.
  ///
  /// - Throws: why and where the bytes are no payload.
  public mutating func readPayload(_ bytes: [UInt8]) throws(CloneDecodingError) -> CloneValue {
    if isUsed || wire.bytes.count > 0 { reset([]) }
    if usesFastPath, engine == nil,
      let rules = SmallPayload.Rules(
        of: bytes, profile: profile, limits: limits, hostObjectViews: hostObjectViews)
    {
      let outcome = SmallPayload.read(
        bytes, from: SmallPayload.headerLength, rules: rules, hostObjectViews: hostObjectViews
      ) { path, pending in
        reset(bytes)
        version = rules.version
        takeOver(path)
        return pending
      }
      switch consume outcome {
      case .complete(let value, _, _): return value
      case .unfinished(let pending):
        defer { reset([]) }
        return try readRoot(from: SmallPayload.headerLength, pending: pending).value
      case .untouched: break
      }
    }
    reset(bytes)
    defer { reset([]) }
    try readHeader()
    return try readValue()
  }

  /// Reads a payload that begins at an offset and takes all bytes from there on. A small one of usual things keeps the bytes as
  /// they are, with those before it; of any other it is a copy.
  ///
  /// - Throws: what ``readPayload(_:)`` throws, with offsets from the beginning of the payload.
  package mutating func readPayload(
    _ bytes: [UInt8], from start: Int
  ) throws(CloneDecodingError) -> CloneValue {
    if usesFastPath, engine == nil,
      let rules = SmallPayload.Rules(
        of: bytes, headerAt: start, profile: profile, limits: limits,
        hostObjectViews: hostObjectViews)
    {
      let outcome = SmallPayload.read(
        bytes, from: start + SmallPayload.headerLength, rules: rules,
        hostObjectViews: hostObjectViews
      ) { _, _ in }
      if case .complete(let value, _, _) = consume outcome { return value }
    }
    return try readPayload(Array(bytes[start...]))
  }

  /// Reads a value from a payload with a header. A small one of usual things needs no reader.
  ///
  /// - Parameter start: how many bytes an embedder put before the payload. Offsets of errors count them.
  package static func readPayload(
    _ bytes: [UInt8], from start: Int = 0, profile: CloneProfile, limits: CloneLimits,
    delegate: (any ValueDeserializerDelegate)?, hostObjectViews: HostObjectViewLayout? = nil
  ) throws(CloneDecodingError) -> CloneValue {
    func reader() -> ValueDeserializer {
      var reader = ValueDeserializer(bytes, profile: profile, limits: limits, delegate: delegate)
      reader.hostObjectViews = hostObjectViews
      reader.wire.position = start
      return reader
    }
    if let rules = SmallPayload.Rules(
      of: bytes, headerAt: start, profile: profile, limits: limits,
      hostObjectViews: hostObjectViews)
    {
      let valueStart = start + SmallPayload.headerLength
      // The rest is read in there: an optional reader out here would be cleared each time.
      let outcome = SmallPayload.read(
        bytes, from: valueStart, rules: rules, hostObjectViews: hostObjectViews
      ) { path, pending -> Result<CloneValue, CloneDecodingError> in
        var reader = reader()
        reader.version = rules.version
        reader.takeOver(path)
        do throws(CloneDecodingError) {
          return .success(try reader.readRoot(from: valueStart, pending: pending).value)
        } catch {
          return .failure(error)
        }
      }
      switch consume outcome {
      case .complete(let value, _, _): return value
      case .unfinished(let rest): return try rest.get()
      case .untouched: break
      }
    }
    var other = reader()
    try other.readHeader()
    return try other.readValue()
  }

  /// Goes on from where a loop with other room ended.
  private mutating func takeOver(_ path: borrowing FastPath) {
    wire.position = path.position
    makeRoom(cells: path.cells.count)
    frames.append(contentsOf: path.frames)
    stack.append(contentsOf: path.stack)
    cells.append(contentsOf: path.cells)
    records.append(contentsOf: path.records)
    objects.append(contentsOf: path.objects)
    owedElements = path.owedElements
    sawReference = path.sawReference
    sawCauseBeforeStack = path.sawCauseBeforeStack
    sawStackBeforeCause = path.sawStackBeforeCause
    if path.usesInterface {
      slots = SmallPayload.slots(for: hostObjectViews)
      lastInterface = SmallPayload.firstSlot
    }
  }

  /// Makes room for another item of every kind, and for cells that are needed.
  mutating func makeRoom(cells neededCells: Int = 1) {
    let rest = wire.remaining
    // At first as much as messages of a few hundred bytes take; then what the input seems to need.
    makeStackRoom()
    frames.makeFirstRoom(forInputOf: rest)
    let progress = progress
    let (receivers, ownCells) = expectedRoom()
    // The ids of all values of the input are in one table.
    let wholeProgress = Double(wire.bytes.count) / Double(max(1, wire.position))
    objects.makeRoom(
      1, firstly: receivers, atMost: rest + 1, expecting: objects.count, wholeProgress)
    records.makeRoom(1, firstly: receivers, atMost: rest + 1, expecting: records.count, progress)
    // What is read next has places already as far as open arrays announced it.
    cells.makeRoom(
      neededCells, firstly: neededCells + ownCells,
      atMost: neededCells + stack.count + max(0, 2 * rest - owedElements),
      expecting: cells.count - owedElements + stack.count, progress, besides: owedElements,
      waiting: (stack.count + frames.count) * 17 / 16)
  }

  /// For how many receivers there is to be room at first, and for how many cells besides the elements of an array that is
  /// about to be opened. Its first element tells of what kind the others are, most often.
  private func expectedRoom() -> (receivers: Int, cells: Int) {
    var next = wire
    // Where memory is limited, nothing is taken for what an array announces before that is compared with it.
    guard limits.memory == .max, next.peekTag() == WireTag.beginDenseArray else {
      return (min(2048, likelyRest / 24 + 4), min(4096, likelyRest / 6 + 8))
    }
    next.skipPadding()
    next.position += 1
    let length = (try? next.readUInt32()).map { min(Int($0), next.remaining) } ?? 0
    // Elements take a byte each at least.
    let rest = max(0, likelyRest - length)
    let usual = (receivers: min(2048, rest / 24 + 4), cells: min(4096, rest / 6 + 8))
    switch next.peekTag() {
    case WireTag.date: return (4 + min(length, next.remaining / 9), 8)
    case WireTag.regExp:
      let number = min(length, next.remaining / 4)
      return (4 + number, 8 + number)
    case WireTag.int32, WireTag.double, WireTag.bigint, WireTag.oneByteString,
      WireTag.twoByteString, WireTag.true, WireTag.false, WireTag.null:
      return (min(64, usual.receivers), 8)
    default: return usual
    }
  }

  /// Makes room for two more children of open containers, and for as many as there are if one of them goes on to the end of
  /// the input.
  mutating func makeStackRoom() {
    let rest = wire.remaining
    let expected = Int(Double(stack.count) * min(64, progress))
    let first = max(min(256, rest / 16 + 8), min(1024, rest / 64))
    stack.makeRoom(
      2, firstly: max(expected, 3 * stack.count, first), atMost: 2 * rest + 2)
  }

  /// Notes a complete object whose names were compared with each other as a model for others.
  mutating func noteModel(_ frame: Frame) {
    guard engine == nil, !frame.isUnordered, stack.count > frame.base, !models.isEmpty else {
      return
    }
    let key = stack[frame.base]
    guard key.isString else { return }
    let count = models.count
    // The pointer does not leave the closure.
    let place = unsafe wire.bytes.withUnsafeBytes { input -> Int? in
      guard let bytes = input.baseAddress else { return nil }
      return FastPath.modelPlace(
        ofNameAt: Int(key.payload), in: unsafe WireInput(bytes, end: input.count), among: count)
    }
    if let place { models[place] = frame.record + 1 }
  }
}
