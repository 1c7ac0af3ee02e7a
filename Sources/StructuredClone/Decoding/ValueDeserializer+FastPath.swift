/// Where the reader takes the fast path, and what it makes room for.
extension ValueDeserializer {
  /// Whether the fast path knows the rules that apply: those of version 13 and later, and of no engine's memory.
  private var takesFastPath: Bool {
    // Everything that is counted in 32 bits stays far from that.
    usesFastPath && engine == nil && version >= 13
      && cells.capacity + 2 * stack.capacity < Int(UInt32.max) - 1024
  }

  /// Reads on as far as the fast path leads. Answers a complete value that is to be delivered, or `nil` if the next item
  /// is for the general way.
  mutating func readFast() -> Cell? {
    // Too many records are an error when the next value is delivered.
    guard !frames.isEmpty, FastPath.reads(frames.top.kind), records.count <= limits.nodes else {
      return nil
    }
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
    }
    let rules = FastPath.Rules(
      depth: limits.depth, nodes: min(limits.nodes, ValueDeserializer.mostRecords),
      arrayLength: limits.arrayLength, sparseArrayLength: limits.sparseArrayLength,
      stringLength: limits.stringLength,
      bigIntSize: limits.bigIntSize, hasMemoryLimit: limits.memory < .max,
      regExpLength: limits.regExpLength,
      regExpFlags: profile.regExpFlags & ~CloneRegExp.Flags.unicodeSets.rawValue,
      readsErrors: profile.errorSections == .any && profile.errorsTakeIDs
        && profile.errorsHaveCauses, firstID: firstID)
    let start = wire.position
    var keyTable = keyTables.popLast() ?? .vacant
    defer { if keyTable.capacity > 0 { keyTables.append(keyTable) } }
    // No pointer leaves its closure, and what it points to is reached in no other way meanwhile.
    let exit = unsafe wire.bytes.withUnsafeBytes { input in
      models.withRoom { models in
        stack.withRoom { stack in
          cells.withRoom { cells in
            records.withRoom { records in
              objects.withRoom { objects -> FastPath.Exit? in
                guard let bytes = input.baseAddress else { return nil }
                var path = FastPath(
                  cursor: unsafe WireCursor(bytes, end: input.count, position: start), stack: stack,
                  cells: cells, records: records, objects: objects, models: models, rules: rules,
                  keyTable: .vacant, owedElements: owedElements)
                swap(&path.frames, &frames)
                swap(&path.keyTable, &keyTable)
                let exit = path.run()
                swap(&path.keyTable, &keyTable)
                swap(&path.frames, &frames)
                stack.count = path.stack.count
                cells.count = path.cells.count
                records.count = path.records.count
                objects.count = path.objects.count
                wire.position = path.cursor.position
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
    }
    return exit ?? .room(cells: 1)
  }

  /// Makes room for another item of every kind, and for cells that are needed.
  mutating func makeRoom(cells neededCells: Int = 1) {
    let rest = wire.remaining
    // At first as much as messages of a few hundred bytes take; then what the input seems to need.
    stack.makeRoom(
      2, firstly: max(3 * stack.count, min(256, rest / 16 + 8)), atMost: 2 * rest + 2)
    let progress = Double(wire.bytes.count) / Double(max(1, wire.position))
    let receivers = min(2048, rest / 24 + 4)
    objects.makeRoom(1, firstly: receivers, atMost: rest + 1, expecting: objects.count, progress)
    records.makeRoom(1, firstly: receivers, atMost: rest + 1, expecting: records.count, progress)
    // What is read next has places already as far as open arrays announced it.
    cells.makeRoom(
      neededCells, firstly: min(4096, rest / 6 + 8),
      atMost: neededCells + stack.count + max(0, 2 * rest - owedElements),
      expecting: cells.count - owedElements, progress, besides: owedElements)
  }

  /// Notes a complete object whose names were compared with each other as a model for others.
  mutating func noteModel(_ frame: Frame) {
    guard engine == nil, !frame.isUnordered, stack.count > frame.base, !models.isEmpty else {
      return
    }
    let key = stack[frame.base]
    guard key.tag == .string else { return }
    let count = models.count
    // The pointer does not leave the closure.
    let place = unsafe wire.bytes.withUnsafeBytes { input -> Int? in
      guard let bytes = input.baseAddress else { return nil }
      let cursor = unsafe WireCursor(bytes, end: input.count, position: 0)
      return FastPath.modelPlace(ofNameAt: Int(key.payload), cursor, among: count)
    }
    if let place { models[place] = frame.record + 1 }
  }
}
