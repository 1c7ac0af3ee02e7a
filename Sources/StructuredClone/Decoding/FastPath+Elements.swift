/// Elements of arrays. Most arrays are of one kind, so that each element of a frequent kind begins a loop over those like it,
/// which keeps everything that it needs in registers.
extension FastPath {
  /// Reads elements of an array as long as they are primitives, leaves or holes.
  mutating func readElements() {
    let input = input
    let cells = cells
    var position = position
    let start = Int(records[Int(frames.top.record)].start) &+ 1
    let first = start &+ Int(frames.top.count)
    let end = start &+ frames.top.length
    let last = lastUsualPosition
    var place = first
    while place < end {
      if position <= last {
        var value = readUsualValue(at: &position)
        if value.isHole, let string = input.usualString(at: &position) { value = string }
        if !value.isHole {
          cells.set(place, value)
          place &+= 1
          if value.isInt32 {
            while place < end, position <= last, let value = input.usualInteger(at: &position) {
              cells.set(place, value)
              place &+= 1
            }
          } else if value.isDouble {
            while place < end, position <= last, let value = input.usualDouble(at: &position) {
              cells.set(place, value)
              place &+= 1
            }
          } else if value.isString {
            while place < end, position <= last, let value = input.usualString(at: &position) {
              cells.set(place, value)
              place &+= 1
            }
          } else if value.isReceiver {
            readReferences(at: &position, into: &place, end: end)
          }
          continue
        }
        if input.isContainer(at: position) { break }
      }
      let elementStart = position
      guard let value = readElement(at: &position) else { break }
      cells.set(place, value)
      place &+= 1
      switch input.byte(at: elementStart) {
      case WireTag.bigint: readBigInts(at: &position, into: &place, end: end)
      case WireTag.date: readDates(at: &position, into: &place, end: end)
      default: break
      }
    }
    frames.top.count &+= UInt32(truncatingIfNeeded: place &- first)
    owedElements &-= place &- first
    self.position = position
  }

  /// Where the last value can begin that ``readUsualValue(at:)`` reads; none if strings may be too long.
  @inline(__always)
  var lastUsualPosition: Int {
    rules.stringLength >= WireInput.longestUsualString ? input.usualEnd : -1
  }

  /// Reads references behind one that was read.
  @inline(never)
  private func readReferences(
    at startPosition: inout Int, into startPlace: inout Int, end: Int
  ) {
    let (input, cells, objects, records) = (input, cells, objects, records)
    let firstID = rules.firstID
    let last = lastUsualPosition
    var (position, place) = (startPosition, startPlace)
    defer { (startPosition, startPlace) = (position, place) }
    while place < end, position <= last {
      let word = input.innerWord(at: position)
      guard UInt8(truncatingIfNeeded: word) == WireTag.objectReference else { return }
      // The processor guesses which way is taken, and goes on to the next before it knows how long this one is.
      var id = UInt32(truncatingIfNeeded: word >> 8 & 0x7F)
      var next = position &+ 2
      if word & 0x8000 != 0 {
        if word & 0x80_0000 == 0 {
          id |= UInt32(truncatingIfNeeded: word >> 9 & 0x3F80)
          next = position &+ 3
        } else {
          guard let (long, length) = WireInput.varint(behindTagIn: word) else { return }
          id = long
          next = position &+ length
        }
      }
      guard let record = FastPath.record(ofID: id, in: objects, records, firstID: firstID) else {
        return
      }
      cells.set(place, .receiver(record))
      place &+= 1
      position = next
    }
  }

  /// Reads dates, as many as there is room for.
  private mutating func readDates(at position: inout Int, into place: inout Int, end: Int) {
    let (input, cells) = (input, cells)
    // In variables, as the loop would write counts to memory otherwise.
    var (records, objects) = (records, objects)
    let number = min(
      end - place, records.capacity - records.count, objects.capacity - objects.count,
      rules.nodes - records.count, (input.end - position) / 9)
    for _ in 0..<max(0, number) {
      guard input.byte(at: position) == WireTag.date else { break }
      let record = UInt32(truncatingIfNeeded: records.count)
      let time = CloneDate.clip(Double(bitPattern: input.innerWord(at: position &+ 1)))
      records.push(Record(date: time))
      objects.push(2 &* record &+ 2)
      cells.set(place, .receiver(record))
      place &+= 1
      position &+= 9
    }
    self.records.count = records.count
    self.objects.count = objects.count
  }

  /// Reads big integers behind one that was read.
  @inline(never)
  private func readBigInts(
    at startPosition: inout Int, into startPlace: inout Int, end: Int
  ) {
    let (input, cells) = (input, cells)
    let longest = min(CloneBigInt.longest, rules.bigIntSize)
    let last = input.usualEnd
    var (position, place) = (startPosition, startPlace)
    defer { (startPosition, startPlace) = (position, place) }
    while place < end, position <= last {
      let word = input.innerWord(at: position)
      guard UInt8(truncatingIfNeeded: word) == WireTag.bigint else { return }
      var field = UInt32(truncatingIfNeeded: word >> 8 & 0x7F)
      var next = position &+ 2
      if word & 0x8000 != 0 {
        guard let (long, length) = WireInput.varint(behindTagIn: word), long >> 31 == 0 else {
          return
        }
        field = long
        next = position &+ length
      }
      let length = Int(field >> 1)
      next &+= length
      guard length > 0, length <= longest, next <= input.end else { return }
      cells.set(place, .bigint(at: UInt32(truncatingIfNeeded: position &+ 1)))
      place &+= 1
      position = next
    }
  }

  /// Reads an element that is no container.
  private mutating func readElement(at position: inout Int) -> Cell? {
    if let value = input.readPrimitive(at: &position, stringLength: rules.stringLength)
      ?? readLeaf(at: &position)
    {
      return value
    }
    guard position < input.end, input.byte(at: position) == WireTag.hole else { return nil }
    position &+= 1
    return .hole
  }

  /// Reads elements of an array in the sparse form as long as each index is above those before.
  mutating func readIndexedElements() {
    var position = position
    while !frames.top.hasName, !frames.top.hasKeyTable, stack.has(2), position < input.end {
      guard input.byte(at: position) == WireTag.int32,
        let (bits, end) = input.varint(at: position + 1), bits & 1 == 0
      else { break }
      let index = bits >> 1
      guard frames.top.count == 0 || index > frames.top.lastIndex,
        Int(index) < rules.sparseArrayLength
      else { break }
      position = end
      stack.push(WireInput.integer(bits))
      frames.top.lastIndex = index
      guard
        let value = input.readPrimitive(at: &position, stringLength: rules.stringLength)
          ?? readLeaf(at: &position)
      else {
        frames.top.setCheckedIndex()
        break
      }
      stack.push(value)
      frames.top.count &+= 1
    }
    self.position = position
  }
}
