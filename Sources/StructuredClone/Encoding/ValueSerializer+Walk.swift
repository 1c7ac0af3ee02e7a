/// The innermost container as the writing loop has it at hand, and the room that there is.
@safe private struct Run {
  var graph: GraphAccess
  /// The cells that are being written: the next one, and where they end.
  var position = 0
  var runEnd = 0
  var form = WritingWalk.Form.object
  var room: WritingRoom

  @inline(__always)
  init(in graph: CloneGraph, _ walk: borrowing WritingWalk) {
    self.graph = graph.access
    room = WritingRoom(of: walk.writer)
  }

  /// Hands over to functions that take the walk as it is in `walk`.
  @inline(__always)
  func save(_ walk: inout WritingWalk) {
    room.save(&walk.writer)
    if walk.frames.count > 0 { walk.frames.top.position = UInt32(truncatingIfNeeded: position) }
  }

  /// Takes up the innermost container.
  @inline(__always)
  mutating func loadFrame(_ walk: borrowing WritingWalk) {
    let frame = walk.frames.top
    position = Int(frame.position)
    runEnd = Int(frame.end)
    form = frame.form
    if unsafe frame.graph.toOpaque() != graph.graph.toOpaque() {
      graph = unsafe GraphAccess(withCells: frame.graph)
    }
  }

  /// Takes up what others have written.
  @inline(__always)
  mutating func loadRoom(_ walk: borrowing WritingWalk) { room = WritingRoom(of: walk.writer) }

  /// Writes a cell if it is a short string. There is room for any cell.
  @inline(__always)
  mutating func writeShortString(_ cell: Cell) -> Bool {
    if cell.isString { return writeShortString(at: Int(cell.payload)) }
    guard cell.isSlot, let string = graph.shortString(ofSlot: cell.payload) else { return false }
    room.write(string.content, count: string.count, isTwoByte: string.isTwoByte)
    return true
  }

  /// Writes a string of the input if it is short and 32 bytes are there to be read.
  @inline(__always)
  private mutating func writeShortString(at offset: Int) -> Bool {
    // A string of a graph is at least its tag and its length.
    let length = Int(unsafe graph.input[offset + 1])
    guard length <= 30, unsafe graph.input.count - offset >= 32 else { return false }
    let source = unsafe UnsafeRawPointer(graph.input.baseAddress.unsafelyUnwrapped) + offset
    if unsafe graph.input[offset] == WireTag.twoByteString { room.align(unitsAfter: 2) }
    let head = unsafe source.loadUnaligned(as: SIMD16<UInt8>.self)
    unsafe room.out.storeBytes(of: head, as: SIMD16<UInt8>.self)
    if length > 14 {
      let tail = unsafe source.loadUnaligned(fromByteOffset: 16, as: SIMD16<UInt8>.self)
      unsafe room.out.storeBytes(of: tail, toByteOffset: 16, as: SIMD16<UInt8>.self)
    }
    unsafe room.out += 2 + length
    return true
  }

  /// Writes short strings of the input that come next, as many as there is room for.
  ///
  /// Kinds and lengths take no branches: where they are mixed, as they can be in arrays, a processor guesses every other
  /// branch wrong, which takes longer than all of this.
  @inline(__always)
  mutating func writeShortStrings() {
    let lastOffset = unsafe graph.input.count - 32
    guard lastOffset >= 0 else { return }
    let input = unsafe UnsafeRawPointer(graph.input.baseAddress.unsafelyUnwrapped)
    while position < runEnd, unsafe room.end - room.out >= WritingRoom.forAnyCell {
      let cell = unsafe graph.cells[position]
      guard cell.isString, cell.payload <= lastOffset else { return }
      let source = unsafe input + Int(cell.payload)
      let length = Int(unsafe source.load(fromByteOffset: 1, as: UInt8.self))
      guard length <= 30 else { return }
      room.alignShortString(
        isTwoByte: unsafe source.load(as: UInt8.self) == WireTag.twoByteString)
      let head = unsafe source.loadUnaligned(as: SIMD16<UInt8>.self)
      let tail = unsafe source.loadUnaligned(fromByteOffset: 16, as: SIMD16<UInt8>.self)
      unsafe room.out.storeBytes(of: head, as: SIMD16<UInt8>.self)
      unsafe room.out.storeBytes(of: tail, toByteOffset: 16, as: SIMD16<UInt8>.self)
      unsafe room.out += 2 + length
      position += 1
    }
  }
}

/// The writing loop.
extension ValueSerializer {
  /// Writes a receiver with all that it contains.
  ///
  /// What is usual is written here, through variables of this function (`run`): numbers, constants, strings that are not
  /// long, and containers whose cells are written one behind the other. Everything else is done by functions that
  /// take the walk as it is in `walk`; `save` and `load` pass it to and fro.
  mutating func write(_ root: Receiver, _ walk: inout WritingWalk) throws(DataCloneError) {
    let tracksIdentity = walk.tracksIdentity
    let depthLimit = limits.depth - outerDepth
    let allIntegersAreSmall = profile.rules.smallIntegerBits == 32
    if !tracksIdentity, LiteralAccess.isWritten(by: profile.rules) {
      walk.literalDepth = depthLimit
    }
    if root.graph.literalLevels > 0,
      unsafe walk.append(literalOf: Unmanaged.passUnretained(root.graph))
    {
      return
    }
    // Kept by the caller, and keeps all graphs of the walk.
    var run = Run(in: root.graph, walk)
    var target = run.graph
    var targetIndex = root.index
    var isOpening = true

    let viewsHaveBuffers = !treatsArrayBufferViewsAsHostObjects
    if tracksIdentity {
      ids.keep(root.graph)
      ids.enter(root.graph, at: root.index)
    }

    while true {
      if isOpening {
        // MARK: A receiver
        isOpening = false
        let record = target.record(targetIndex)
        run.room.ensure(of: &walk.writer)
        if tracksIdentity {
          // The buffer of a view comes first and takes the smaller id.
          let isBehindBuffer = record.kind == .arrayBufferView && viewsHaveBuffers
          let known =
            isBehindBuffer
            ? ids.find(target.address, targetIndex)
            : ids.insert(target.address, targetIndex, nextID)
          if let known {
            run.room.write(tag: WireTag.objectReference, Int(known))
            if walk.frames.count > 0 { continue }
            break
          }
          if !isBehindBuffer { nextID += 1 }
        }

        let opened: WritingWalk.Form
        let cellCount: Int
        var start = Int(record.start)
        var written = record.count
        switch record.kind {
        case .object where record.extra == 0 && !record.flags.contains(.unordered):
          run.room.write(tag: WireTag.beginObject)
          opened = .object
          cellCount = 2 * Int(record.count)
        case .array
        where record.flags.isDisjoint(with: [.holey, .pairs])
          && (unsafe target.cells[start]) == .undefined:
          run.room.write(tag: WireTag.beginDenseArray, Int(record.count))
          opened = .array
          cellCount = Int(record.count)
          start += 1
        case .map where record.extra == 0:
          run.room.write(tag: WireTag.beginMap)
          opened = .map
          cellCount = 2 * Int(record.count)
          written = 2 &* written
        case .set where record.extra == 0:
          run.room.write(tag: WireTag.beginSet)
          opened = .set
          cellCount = Int(record.count)
        case .date:
          run.room.write(tag: WireTag.date, bits: record.time.bitPattern)
          if walk.frames.count > 0 { continue }
          run.save(&walk)
          return
        default:
          run.save(&walk)
          let depth = walk.frames.count
          // Not with all of `target`, which would be in memory for the whole loop then: 15 % more instructions.
          unsafe try begin(targetIndex, of: target.graph, &walk)
          run.loadRoom(walk)
          if walk.frames.count > depth { run.loadFrame(walk) } else if depth == 0 { return }
          continue
        }
        run.save(&walk)
        if walk.frames.count - walk.propertyFrames >= depthLimit { throw tooDeep(walk) }
        unsafe walk.frames.push(
          WritingWalk.Frame(
            graph: target.graph, record: targetIndex, position: UInt32(truncatingIfNeeded: start),
            end: UInt32(truncatingIfNeeded: start + cellCount), written: written, form: opened))
        run.graph = target
        run.position = start
        run.runEnd = start + cellCount
        run.form = opened
      }

      // MARK: Cells
      while run.position < run.runEnd {
        run.room.ensure(of: &walk.writer, WritingRoom.forTurn)
        var cell = unsafe run.graph.cells[run.position]
        run.position += 1

        // A name is mostly a short string, and what follows it is written in the same turn.
        if run.form != .array, run.writeShortString(cell) {
          guard run.position < run.runEnd else { break }
          cell = unsafe run.graph.cells[run.position]
          run.position += 1
        }

        if cell.isDouble {
          run.room.write(tag: WireTag.double, bits: cell.bits)
          guard run.position < run.runEnd, unsafe run.graph.cells[run.position].isDouble else {
            continue
          }
          // As many as there is room for, without a check for each: 0.6 ns instead of 2.
          let stop = unsafe min(run.runEnd, run.position + (run.room.end - run.room.out) / 9)
          while run.position < stop {
            let next = unsafe run.graph.cells[run.position]
            guard next.isDouble else { break }
            run.room.write(tag: WireTag.double, bits: next.bits)
            run.position += 1
          }
          continue
        }

        switch unsafe cell.tag.unsafelyUnwrapped {
        case .string:
          if run.writeShortString(cell) {
            if run.form == .array { run.writeShortStrings() }
            continue
          }
          let offset = Int(cell.payload)
          let tag = unsafe run.graph.input[offset]
          let (count, start) = unsafe Varint.read32(run.graph.input, at: offset + 1)
          if unsafe run.room.write(
            string: UnsafeRawPointer(run.graph.input.baseAddress.unsafelyUnwrapped) + start,
            count: Int(count), isTwoByte: tag == WireTag.twoByteString)
          {
            continue
          }
          run.save(&walk)
          try writeOther(cell, of: unsafe run.graph.graph.takeUnretainedValue(), &walk)
          run.loadRoom(walk)

        case .int32 where allIntegersAreSmall:
          run.room.write(integer: cell.int32Value)
          guard run.position < run.runEnd, unsafe run.graph.cells[run.position].isInt32 else {
            continue
          }
          // As many as there is room for; each takes six bytes at most, but is stored by eight.
          let stop = unsafe min(run.runEnd, run.position + (run.room.end - run.room.out - 2) / 6)
          while run.position < stop {
            let next = unsafe run.graph.cells[run.position]
            guard next.isInt32 else { break }
            run.room.write(integer: next.int32Value)
            run.position += 1
          }

        case .receiver:
          // Where objects are shared, many are references, for which there is nothing to open.
          if tracksIdentity, let known = ids.findNumbered(run.graph.address, cell.payload) {
            run.room.write(tag: WireTag.objectReference, Int(known))
            continue
          }
          target = run.graph
          targetIndex = cell.payload
          isOpening = true

        case .constant:
          // undefined, null, false, true, hole
          let tags: UInt64 = 0x2D_54_46_30_5F
          run.room.write(tag: UInt8(truncatingIfNeeded: tags >> UInt64(8 * cell.payload)))

        case .bigint:
          // Digits of eight bytes of which the last is not zero are written as they were read.
          let (field, start) = unsafe Varint.read32(run.graph.input, at: Int(cell.payload))
          let length = Int(field >> 1 & 0x3FFF_FFFF)
          if length & 7 == 0, length > 0, length <= 4096,
            unsafe run.room.end - run.room.out >= length + WritingRoom.forAnyCell
          {
            // The digits were checked when they were read.
            let digits =
              unsafe UnsafeRawPointer(run.graph.input.baseAddress.unsafelyUnwrapped) + start
            if unsafe digits.loadUnaligned(fromByteOffset: length - 8, as: UInt64.self) != 0 {
              run.room.write(tag: WireTag.bigint, length << 1 | Int(field & 1))
              unsafe WireWriter.copy(from: digits, to: run.room.out, count: length)
              unsafe run.room.out += length
              continue
            }
          }
          run.save(&walk)
          try writeOther(cell, of: unsafe run.graph.graph.takeUnretainedValue(), &walk)
          run.loadRoom(walk)

        case .slot:
          switch run.graph.content(ofSlot: cell.payload) {
          case .receiver(let other, let index):
            if unsafe other._withUnsafeGuaranteedRef({ $0.literalLevels }) > 0 {
              run.save(&walk)
              let isWritten = unsafe walk.append(literalOf: other)
              run.loadRoom(walk)
              if isWritten { continue }
            }
            target = unsafe GraphAccess(withCells: other)
            targetIndex = index
            isOpening = true
            if tracksIdentity {
              unsafe other._withUnsafeGuaranteedRef { ids.enter($0, at: index) }
              break
            }
            // What is shared is mentioned more often than it is read.
            walk.mentionedCount &+= 1
            if walk.mentionedCount > GraphPrefetch.mostInCache {
              GraphPrefetch.receivers(
                in: target, behind: run.graph, from: run.position, to: run.runEnd)
            }
          case .shortString(let content, let count, let isTwoByte):
            run.room.write(content, count: count, isTwoByte: isTwoByte)
          case .shortInteger(let content, let count, let isNegative):
            run.room.write(content, count: count, isNegative: isNegative)
          case .string(let source, let count, let isTwoByte):
            guard unsafe run.room.write(string: source, count: count, isTwoByte: isTwoByte) else {
              fallthrough
            }
          default:
            run.save(&walk)
            try writeOther(cell, of: unsafe run.graph.graph.takeUnretainedValue(), &walk)
            run.loadRoom(walk)
          }

        default:
          run.save(&walk)
          try writeOther(cell, of: unsafe run.graph.graph.takeUnretainedValue(), &walk)
          run.loadRoom(walk)
        }
        if isOpening { break }
      }
      if isOpening { continue }

      // MARK: The end of a run
      run.room.ensure(of: &walk.writer)
      switch run.form {
      case .object, .map, .set:
        let tag =
          run.form == .object
          ? WireTag.endObject : run.form == .map ? WireTag.endMap : WireTag.endSet
        run.room.write(tag: tag, Int(walk.frames.top.written))
      case .array:
        run.room.write(endOfArray: Int(walk.frames.top.written))
      default:
        run.save(&walk)
        let goesOn = advance(&walk)
        run.loadRoom(walk)
        if goesOn {
          run.loadFrame(walk)
          continue
        }
      }
      walk.frames.pop()
      guard walk.frames.count > 0 else { break }
      run.loadFrame(walk)
    }
    run.save(&walk)
  }
}
