/// Objects, arrays, maps and sets.
extension ValueDeserializer {
  /// The own property that every array has.
  private static let lengthName: CloneString = "length"

  // MARK: - Keys

  /// The key cell of a value in key position: an index as a number, anything else as a string. A fault's has a name that
  /// nothing else has.
  mutating func propertyKey(_ value: Cell) throws(CloneDecodingError) -> Cell {
    if let number = value.number {
      if let index = UInt32(exactly: number), index != .max {
        // An index that travelled as a double stays one, but −0 is 0.
        return index == 0 && number.sign == .minus ? .int32(0) : value
      }
      let name = addString(CloneString(NumberText.string(number)))
      if frames.top.kind == .object { engine?.keyIsSlow() }
      return name
    }
    if engine == nil, isPlainName(value) { return value }
    guard let name = string(of: value) else {
      return try faultKey(failure(.invalidKey, at: wire.position))
    }
    if let index = ClonePropertyKey.arrayIndex(name) { return .number(Double(index)) }
    if frames.top.kind == .object, let entered = engine?.enterKey(name) {
      return entered.isTwoByte == name.isTwoByte ? value : addString(entered)
    }
    return value
  }

  /// Whether a cell is a one-byte string of the input that does not begin with a digit, and so no index.
  private func isPlainName(_ cell: Cell) -> Bool {
    guard cell.isString else { return false }
    let offset = Int(cell.payload)
    return wire.bytes[offset] == WireTag.oneByteString && wire.bytes[offset + 1] < 0x80
      && wire.bytes[offset + 1] > 0 && !(0x30...0x39).contains(wire.bytes[offset + 2])
  }

  /// Adds a property to the object or array that is open.
  mutating func deliverProperty(_ value: Cell) throws(CloneDecodingError) {
    var frame = frames.top
    let isKeyChecked = frame.isKeyChecked
    frame.hasKey = false
    frame.count += 1
    var key = stack[stack.count - 1]
    if frame.kind != .object {
      if frame.kind == .denseProperties, let index = key.number, index < Double(frame.length) {
        let place = Int(records[Int(frame.record)].start) + 1 + Int(index)
        if cells[place].isHole {
          cells[place] = value
          stack.removeLast()
          frames.top = frame
          return
        }
        key = try renamedKey(in: &frame)
      } else if let name = string(of: key), name == ValueDeserializer.lengthName {
        key = try renamedKey(in: &frame)
      }
      if let index = key.number, index >= Double(limits.sparseArrayLength) {
        throw failure(
          .limitExceeded("sparseArrayLength", limits.sparseArrayLength), at: wire.position)
      }
    }
    // The fast path has compared the key, and entered it.
    if !isKeyChecked {
      // Indices that ascend differ.
      let ascends =
        key.number.map { !frame.hasName && (frame.count == 1 || UInt32($0) > frame.lastIndex) }
        ?? false
      if !ascends, findKey(key, base: frame.base, stride: 2, in: &frame) != nil {
        key = try renamedKey(in: &frame)
      }
      noteKey(key, at: stack.count - 1, in: frame)
    }
    let index = key.number.map { UInt32($0) }
    if let index {
      if frame.hasName || index < frame.lastIndex { frame.isUnordered = true }
      frame.lastIndex = max(frame.lastIndex, index)
    } else {
      frame.hasName = true
    }
    push(value)
    frames.top = frame
    if engine != nil { noteProperty(key, value, isObject: frame.kind == .object) }
  }

  /// Tells the engine's representation of a complete property, and takes over what it changes.
  private mutating func noteProperty(_ key: Cell, _ value: Cell, isObject: Bool) {
    guard var engine else { return }
    self.engine = nil
    let position = stack.count - 1
    let name = string(of: key)
    if isObject {
      engine.addProperty(name, value, at: position)
      storeBoxedIntegers(of: &engine)
    }
    if let name {
      let entered = engine.enterName(name, beforeValue: false)
      if entered.isTwoByte != name.isTwoByte { stack[position - 1] = addString(entered) }
    }
    self.engine = engine
  }

  /// Makes doubles of the small integers on the stack whose fields have become double.
  private mutating func storeBoxedIntegers(of engine: inout EngineRepresentation) {
    for position in engine.takeBoxed() { stack[position] = .double(stack[position].number ?? 0) }
  }

  /// The name under which a property is kept whose key occurs twice, where reading goes on behind faults: the one on top of
  /// the stack.
  private mutating func renamedKey(in frame: inout Frame) throws(CloneDecodingError) -> Cell {
    var name = try faultKey(failure(.duplicateKey, at: wire.position))
    stack[stack.count - 1] = name
    while findKey(name, base: frame.base, stride: 2, in: &frame) != nil {
      name = addString(CloneString(String(string(of: name) ?? "") + "'"))
      stack[stack.count - 1] = name
    }
    return name
  }

  /// The position on the stack of an equal key in the open container, whose last child on the stack is the
  /// key that is looked for.
  private mutating func findKey(
    _ key: Cell, base: Int, stride: Int, in frame: inout Frame
  ) -> Int? {
    let end = stack.count - 1
    if !frame.hasKeyTable {
      if (end - base) / stride < KeyIndex.threshold {
        var position = base
        while position < end {
          if isEqualKey(stack[position], key) { return position }
          position += stride
        }
        return nil
      }
      frame.hasKeyTable = true
      // Of a long input some more, where it may go on like this.
      let expected = Int(min(30, progress)) * KeyIndex.threshold
      if keyTable.capacity > 0 { outerKeyTables.append(keyTable) }
      keyTable = PositionTable(minimumCapacity: max(2 * KeyIndex.threshold, expected))
      keyTableSize += keyTable.byteCount
      var position = base
      while position < end {
        noteKey(stack[position], at: position, in: frame)
        position += stride
      }
    }
    // A closure would copy the whole reader.
    var place = keyTable.firstPlace(of: hash(of: key))
    while let position = keyTable.position(at: place) {
      if isEqualKey(stack[Int(position)], key) { return Int(position) }
      place = keyTable.place(after: place)
    }
    return nil
  }

  /// Enters a key of the innermost container into its table, if it has one.
  private mutating func noteKey(_ key: Cell, at position: Int, in frame: Frame) {
    guard frame.hasKeyTable else { return }
    if keyTable.isFull { growKeyTable() }
    keyTable.insert(UInt32(position), hash: hash(of: key))
  }

  /// Makes the table of the innermost container larger: several times, as each key is hashed anew, up to what it takes if the
  /// container goes on like this to the end of the input.
  private mutating func growKeyTable() {
    // With half of them more, so that keys are found at once; at least its double.
    let expected = Int(1.5 * Double(keyTable.count) * min(32, progress))
    var table = PositionTable(minimumCapacity: max(keyTable.capacity, expected))
    for position in keyTable.positions {
      table.insert(position, hash: hash(of: stack[Int(position)]))
    }
    keyTableSize += table.byteCount - keyTable.byteCount
    keyTable = table
  }

  /// The hash of a key: equal for equal ones.
  private func hash(of key: Cell) -> Int {
    if let number = key.number { return KeyHash.hash(number) }
    switch key.tag {
    case .string:
      // The bytes are read within the closure only.
      let hash = unsafe wire.bytes.withUnsafeBytes { input -> Int? in
        let string = unsafe WireString(in: input, at: Int(key.payload))
        return unsafe string.isTwoByte ? nil : KeyHash.hash(string.bytes(in: input))
      }
      return hash ?? KeyHash.hash(CloneString(wireFormIn: wire.bytes, at: key.payload))
    case .slot:
      if case .string(let string) = slots[Int(key.payload)] { return KeyHash.hash(string) }
      return lookupKey(key).hashValue
    case .bigint: return lookupKey(key).hashValue
    default: return KeyHash.hash(key.bits)
    }
  }

  private func lookupKey(_ cell: Cell) -> LookupKey {
    if let number = cell.number { return .number(number) }
    switch cell.tag {
    case .string: return string(of: cell).map { .string($0) } ?? .constant(cell.bits)
    case .bigint: return .integer(CloneBigInt(wireFormIn: wire.bytes, at: cell.payload))
    case .slot:
      switch slots[Int(cell.payload)] {
      case .receiver(let receiver): return .receiver(receiver)
      case .string(let string): return .string(string)
      case .bigint(let integer): return .integer(integer)
      case .vacant: return .constant(cell.bits)
      }
    default: return .constant(cell.bits)
    }
  }

  private func isEqualKey(_ left: Cell, _ right: Cell) -> Bool {
    if left == right { return true }
    if left.isString, right.isString {
      // The bytes are read within the closure only.
      let areEqual = unsafe wire.bytes.withUnsafeBytes { input in
        unsafe WireString(in: input, at: Int(left.payload)).isEqual(
          to: WireString(in: input, at: Int(right.payload)), in: input)
      }
      if let areEqual { return areEqual }
    }
    return lookupKey(left) == lookupKey(right)
  }

  // MARK: - Objects

  mutating func endObject() throws(CloneDecodingError) -> Cell {
    let frame = frames.top
    try checkCount(frame.count, of: frame)
    engine?.endObject()
    noteModel(frame)
    storePairs(frame.base..<stack.count, of: frame)
    return close(frame)
  }

  /// Stores the properties of an object, pairs on the stack, in the order in which engines list them.
  mutating func storePairs(_ pairs: Range<Int>, of frame: Frame) {
    records[Int(frame.record)].start = UInt32(cells.count)
    records[Int(frame.record)].count = UInt32(pairs.count / 2)
    guard frame.isUnordered else { return storeCells(pairs) }
    reserveCells(pairs.count)
    for position in indexedPairs(in: pairs) { storePair(at: Int(position)) }
    storeNamedPairs(in: pairs)
  }

  /// Where on the stack the pairs with index keys are, ascending by key.
  private func indexedPairs(in pairs: Range<Int>) -> [UInt32] {
    var positions: [UInt32] = []
    var last = -1.0
    var isAscending = true
    for position in stride(from: pairs.lowerBound, to: pairs.upperBound, by: 2) {
      guard let index = stack[position].number else { continue }
      if positions.isEmpty { positions.reserveCapacity((pairs.upperBound - position) / 2) }
      positions.append(UInt32(position))
      isAscending = isAscending && index > last
      last = index
    }
    if !isAscending {
      positions.sort { stack[Int($0)].number ?? 0 < stack[Int($1)].number ?? 0 }
    }
    return positions
  }

  /// Moves the pairs with names to cells that there is room for.
  private mutating func storeNamedPairs(in pairs: Range<Int>) {
    // A lazy sequence of their positions would hold a copy of the reader, and the first of these cells would copy all others.
    for position in stride(from: pairs.lowerBound, to: pairs.upperBound, by: 2)
    where stack[position].number == nil { storePair(at: position) }
  }

  // MARK: - Cells

  /// Moves what is on the stack to the cells of the graph.
  mutating func storeCells(_ range: Range<Int>) {
    // If it is all that there is, and with no more room than for twice as much, it becomes the cells as it is.
    if frames.count == 1, cells.isEmpty, range == 0..<stack.count,
      stack.count > stack.capacity / 2
    {
      return swap(&cells, &stack)
    }
    reserveCells(range.count)
    cells.append(contentsOf: stack[range])
  }

  /// Moves a pair on the stack to cells that there is room for.
  private mutating func storePair(at position: Int) {
    cells.append(stack[position])
    cells.append(stack[position + 1])
  }

  /// Stores an element behind its index in cells that there is room for; a hole is left out.
  mutating func storePair(_ index: Int, _ element: Cell) {
    guard !element.isHole else { return }
    cells.append(.number(Double(index)))
    cells.append(element)
  }

  /// Makes room for cells: a quarter more than there was, but no more than the rest of the input can need. Much of a
  /// large graph would be empty otherwise.
  mutating func reserveCells(_ count: Int) {
    guard cells.capacity - cells.count < count else { return }
    // A byte makes two cells at most: one that is the child of a container, if that has no place for it yet, and one of
    // a leaf's own.
    let most = count + stack.count + max(0, 2 * wire.remaining - owedElements)
    cells.reserve(max(count, min(max(64, cells.count / 4), most)))
  }

  private mutating func checkCount(
    _ count: UInt32, of frame: Frame
  ) throws(CloneDecodingError) {
    let offset = wire.position
    let expected: UInt32
    do {
      expected = try wire.readUInt32()
    } catch {
      throw failure(error.reason, at: error.offset)
    }
    guard expected == count else {
      return try noteFault(failure(.wrongCount(expected: expected, found: count), at: offset))
    }
  }

  // MARK: - Arrays

  mutating func beginArray(_ tag: UInt8, at offset: Int) throws(CloneDecodingError) -> Cell? {
    let isDense = tag == WireTag.beginDenseArray
    let length = try wire.readUInt32()
    if isDense, UInt64(length) > UInt64(wire.remaining) {
      throw failure(.lengthBeyondInput(UInt64(length)), at: offset, tag: tag)
    }
    try checkLength(length, isDense: isDense, at: offset, tag: tag)
    guard isDense else {
      try open(.sparseArray, .array, at: offset, length: length)
      return nil
    }
    // Each element takes a byte at least. If all that open arrays still owe are more than what is left, the payload is
    // wrong, but it is read on to where that shows, without places for what is only claimed.
    guard owedElements + Int(length) <= wire.remaining else {
      try open(.claimedElements, .array, at: offset, length: length)
      return nil
    }
    try open(.denseElements, .array, at: offset, length: length)
    placeElements(Int(length), of: frames.top)
    owedElements += Int(length)
    return nil
  }

  /// Makes places for the elements of an array in the dense form, behind that for its properties.
  private mutating func placeElements(_ number: Int, of frame: Frame) {
    records[Int(frame.record)].start = UInt32(cells.count)
    records[Int(frame.record)].count = UInt32(number)
    reserveCells(1 + number)
    cells.append(.undefined)
    cells.extend(by: number)
  }

  /// Adds an element to the array in the dense form that is open.
  mutating func deliverElement(_ value: Cell) {
    guard frames.top.kind == .denseElements else { return push(value) }
    let start = Int(records[Int(frames.top.record)].start)
    cells[start + 1 + Int(frames.top.count)] = value
    frames.top.count += 1
    owedElements -= 1
  }

  /// Goes on to the properties of an array whose elements are complete.
  mutating func endElements() {
    if frames.top.kind == .claimedElements {
      let frame = frames.top
      placeElements(frame.length, of: frame)
      let start = Int(records[Int(frame.record)].start) + 1
      for offset in 0..<frame.length { cells[start + offset] = stack[frame.base + offset] }
      stack.removeLast(frame.length)
    }
    frames.top.kind = .denseProperties
    frames.top.count = 0
  }

  /// Makes sure that an array may have a length.
  func checkLength(
    _ length: UInt32, isDense: Bool, at offset: Int, tag: UInt8
  ) throws(CloneDecodingError) {
    let limit = isDense ? limits.arrayLength : limits.sparseArrayLength
    guard Int(length) <= limit else {
      throw failure(
        .limitExceeded(isDense ? "arrayLength" : "sparseArrayLength", limit), at: offset, tag: tag)
    }
  }

  mutating func endDenseArray() throws(CloneDecodingError) -> Cell {
    let frame = frames.top
    try checkCount(frame.count, of: frame)
    try checkCount(UInt32(frame.length), of: frame)
    storeDenseArray(pairs: frame.base..<stack.count, of: frame)
    return close(frame)
  }

  mutating func endSparseArray() throws(CloneDecodingError) -> Cell {
    let frame = frames.top
    try checkCount(frame.count, of: frame)
    try checkCount(UInt32(frame.length), of: frame)
    storeSparseArray(pairs: frame.base..<stack.count, of: frame)
    return close(frame)
  }

  /// Stores the properties of an array in the dense form, pairs on the stack. Indices beyond its length make pairs of
  /// the elements too.
  mutating func storeDenseArray(pairs: Range<Int>, of frame: Frame) {
    if engine != nil { records[Int(frame.record)].flags.insert(.holey) }
    guard !pairs.isEmpty else { return }
    let indexed = indexedPairs(in: pairs)
    let properties = storeNamedProperties(in: pairs, count: pairs.count / 2 - indexed.count)
    let start = Int(records[Int(frame.record)].start)
    guard !indexed.isEmpty else {
      cells[start] = properties
      return
    }
    let elements = (start + 1)..<(start + 1 + frame.length)
    storeAsPairs(indexed, behind: elements, properties, of: frame)
  }

  /// Stores an array in the sparse form: element by element if every index is there, else as pairs.
  mutating func storeSparseArray(pairs: Range<Int>, of frame: Frame) {
    let indexed = indexedPairs(in: pairs)
    let properties = storeNamedProperties(in: pairs, count: pairs.count / 2 - indexed.count)
    let lastIndex = indexed.last.map { Int(stack[Int($0)].number ?? 0) } ?? -1
    records[Int(frame.record)].flags.insert(.holey)
    guard indexed.count == frame.length, lastIndex < frame.length,
      indexed.allSatisfy({ stack[Int($0)].isInt32 })
    else { return storeAsPairs(indexed, behind: 0..<0, properties, of: frame) }
    records[Int(frame.record)].start = UInt32(cells.count)
    records[Int(frame.record)].count = UInt32(frame.length)
    reserveCells(1 + frame.length)
    cells.append(properties)
    for position in indexed { cells.append(stack[Int(position) + 1]) }
  }

  /// Stores an array as pairs of index and value: elements that have places, and then pairs on the stack.
  private mutating func storeAsPairs(
    _ indexed: [UInt32], behind elements: Range<Int>, _ properties: Cell, of frame: Frame
  ) {
    let start = cells.count
    let present = cells[elements].count { !$0.isHole }
    reserveCells(1 + 2 * (present + indexed.count))
    cells.append(properties)
    for (index, position) in zip(0..., elements) { storePair(index, cells[position]) }
    for position in indexed { storePair(at: Int(position)) }
    let lastIndex = indexed.last.map { Int(stack[Int($0)].number ?? 0) } ?? -1
    records[Int(frame.record)].start = UInt32(start)
    records[Int(frame.record)].count = UInt32(present + indexed.count)
    records[Int(frame.record)].extra = UInt32(max(frame.length, lastIndex + 1))
    records[Int(frame.record)].flags.formUnion([.pairs, .holey])
  }

  /// Stores the named properties of an array as an object of their own and answers its cell, `undefined` if
  /// there are none.
  private mutating func storeNamedProperties(in pairs: Range<Int>, count: Int) -> Cell {
    guard count > 0 else { return .undefined }
    let record = addRecord(
      Record(kind: .object, start: UInt32(cells.count), count: UInt32(count)))
    reserveCells(2 * count)
    storeNamedPairs(in: pairs)
    return .receiver(record)
  }

  // MARK: - Maps and sets

  mutating func deliverMapItem(_ value: Cell) throws(CloneDecodingError) {
    frames.top.count &+= 1
    guard frames.top.hasKey else {
      push(ValueDeserializer.entryKey(value))
      frames.top.hasKey = true
      return
    }
    frames.top.hasKey = false
    // A key is entered as a name once its value is there.
    stack[stack.count - 1] = enteredAsName(stack[stack.count - 1])
    push(value)
  }

  mutating func deliverEntryKey(_ value: Cell) throws(CloneDecodingError) {
    frames.top.count &+= 1
    push(enteredAsName(ValueDeserializer.entryKey(value)))
  }

  /// A map's key or a set's element as it is kept: −0 is 0.
  static func entryKey(_ value: Cell) -> Cell {
    value.isDouble && value.doubleValue == 0 ? .int32(0) : value
  }

  /// The same, in the width of the name if the engine holds such strings as names.
  private mutating func enteredAsName(_ value: Cell) -> Cell {
    if profile.rules.narrowsNames, engine != nil, let name = string(of: value),
      let entered = engine?.enterName(name, beforeValue: true), entered.isTwoByte != name.isTwoByte
    {
      return addString(entered)
    }
    return value
  }

  mutating func endEntries() throws(CloneDecodingError) -> Cell {
    let frame = frames.top
    try checkCount(frame.count, of: frame)
    storeEntries(frame.base..<stack.count, of: frame)
    return close(frame)
  }

  /// Stores the entries of a map or set that are on the stack. Of those with equal keys there is one, with the place of
  /// the first and the value of the last.
  mutating func storeEntries(_ entries: Range<Int>, of frame: Frame) {
    let stride = frame.kind == .set ? 1 : 2
    let distinct = entries.lowerBound..<removeRepeatedEntries(entries, stride: stride)
    records[Int(frame.record)].start = UInt32(cells.count)
    records[Int(frame.record)].count = UInt32(distinct.count / stride)
    storeCells(distinct)
  }

  /// Moves entries with new keys to the front; answers where they end.
  private mutating func removeRepeatedEntries(_ entries: Range<Int>, stride: Int) -> Int {
    // A receiver that is no reference is new; where there are no references, all of them are.
    let sawReference = sawReference
    func mayRepeat(_ key: Cell) -> Bool { sawReference || !key.isReceiver }
    var comparedCount = 0
    for position in Swift.stride(from: entries.lowerBound, to: entries.upperBound, by: stride)
    where mayRepeat(stack[position]) { comparedCount += 1 }
    guard comparedCount > 1 else { return entries.upperBound }
    let isLong = comparedCount >= KeyIndex.threshold
    var table = PositionTable(minimumCapacity: isLong ? comparedCount : 0)
    var end = entries.lowerBound
    for position in Swift.stride(from: entries.lowerBound, to: entries.upperBound, by: stride) {
      let key = stack[position]
      var first: Int?
      if !mayRepeat(key) {
        // Stays.
      } else if isLong {
        let hash = hash(of: key)
        var candidate = table.firstPlace(of: hash)
        while first == nil, let other = table.position(at: candidate) {
          if isEqualKey(stack[Int(other)], key) { first = Int(other) }
          candidate = table.place(after: candidate)
        }
        if first == nil { table.insert(UInt32(end), hash: hash) }
      } else {
        for other in Swift.stride(from: entries.lowerBound, to: end, by: stride)
        where isEqualKey(stack[other], key) {
          first = other
          break
        }
      }
      let place = first ?? end
      if first == nil { stack[place] = key }
      if stride == 2 { stack[place + 1] = stack[position + 1] }
      if first == nil { end += stride }
    }
    return end
  }
}
