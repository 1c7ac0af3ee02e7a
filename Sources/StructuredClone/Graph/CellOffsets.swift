/// Where in its input the values of a decoded graph begin: for errors about values that were read without one.
///
/// A graph does not keep it: most cells hold their value and nothing else. Bytes and cells are walked side by side, once, which
/// takes about as long as reading did. Where both differ (entries of equal keys, arrays in the sparse form), what is inside has
/// the offset of the container.
package struct CellOffsets {
  private let graph: CloneGraph
  private let bytes: [UInt8]
  private let hasViewFlags: Bool
  private var position: Int
  /// The offset for each cell, plus 1; 0 if it is not known.
  private var offsets: [UInt32]
  /// The cells whose own offset is known, in the order of the bytes.
  private var known: [UInt32] = []
  private var frames: [Frame] = []
  /// The offset of the root.
  private let start: Int

  /// A container that is being passed: how many values are to come, and which cells they are.
  private enum Frame {
    /// Pairs of an object that begins at an offset, as far as their cells are known: those of indices, ascending, and those of
    /// the names to come.
    case properties(indices: Range<Int>, names: Range<Int>, of: Int)
    /// So many elements, then named properties.
    case elements(Range<Int>, left: UInt32)
    case entries(Range<Int>, end: UInt8)
    /// Pairs up to the end of an array.
    case arrayProperties(end: UInt8)
    case error
  }

  /// Walks through the bytes that a reader's graph was read from.
  package init(_ reader: GraphReader, root: Cell, in bytes: [UInt8]) {
    graph = reader.graph
    self.bytes = bytes
    hasViewFlags = graph.origin?.viewFlags ?? true
    position = 0
    offsets = Array(repeating: 0, count: graph.cells.count)
    if bytes.first == WireTag.version {
      position = 1
      _ = Self.varint(bytes, &position)
    }
    while position < bytes.count, bytes[position] == WireTag.padding { position += 1 }
    start = position
    guard position < bytes.count, !graph.isEditable else { return }
    read(root, at: nil)
    while let frame = frames.popLast(), position < bytes.count { go(on: frame) }
  }

  /// The offset of the value of a cell; of the root for any other.
  package subscript(cell: Int) -> Int {
    guard cell < offsets.count, offsets[cell] > 0 else { return start }
    return Int(offsets[cell]) - 1
  }

  /// The cell of the value or key at an offset, if that is known of it.
  package func cell(at offset: Int) -> Int? {
    var low = 0
    var high = known.count
    while low < high {
      let middle = (low + high) / 2
      if self[Int(known[middle])] < offset { low = middle + 1 } else { high = middle }
    }
    return low < known.count && self[Int(known[low])] == offset ? Int(known[low]) : nil
  }

  // MARK: - Bytes

  /// The value of a varint that was checked when it was read.
  private static func varint(_ bytes: [UInt8], _ position: inout Int) -> UInt64 {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      if shift < 64 { value |= UInt64(byte & 0x7F) << shift }
      shift += 7
      if byte < 0x80 { break }
    }
    return value
  }

  @discardableResult
  private mutating func varint() -> UInt64 { Self.varint(bytes, &position) }

  private mutating func skip(_ count: UInt64) {
    position += Int(min(count, UInt64(max(0, bytes.count - position))))
  }

  /// The next byte that is not padding, or 0 at the end.
  private mutating func next() -> UInt8 {
    while position < bytes.count, bytes[position] == WireTag.padding { position += 1 }
    return position < bytes.count ? bytes[position] : 0
  }

  private mutating func skipString() {
    _ = next()
    position += 1
    skip(varint())
  }

  // MARK: - Values

  /// Passes a value, or the beginning of a container. What it is in the graph may not be known.
  private mutating func read(_ cell: Cell?, at place: Int?) {
    var tag = next()
    while tag == WireTag.verifyObjectCount {
      position += 1
      varint()
      tag = next()
    }
    let offset = position
    if let place {
      set(place, offset)
      if known.last.map({ self[Int($0)] < offset }) ?? true {
        known.append(UInt32(truncatingIfNeeded: place))
      }
    }
    position += 1
    switch tag {
    case WireTag.int32, WireTag.uint32, WireTag.objectReference: varint()
    case WireTag.double, WireTag.date, WireTag.numberObject: skip(8)
    case WireTag.bigint, WireTag.bigintObject: skip(varint() >> 1 & 0x3FFF_FFFF)
    case WireTag.oneByteString, WireTag.twoByteString, WireTag.utf8String: skip(varint())
    case WireTag.stringObject: skipString()
    case WireTag.regExp:
      skipString()
      varint()
    case WireTag.arrayBuffer, WireTag.immutableArrayBuffer: skip(varint())
    case WireTag.resizableArrayBuffer:
      let length = varint()
      varint()
      skip(length)
    case WireTag.hostObject:
      // Number and length, as Node writes views.
      varint()
      skip(varint())
    case WireTag.beginObject, WireTag.beginMap, WireTag.beginSet, WireTag.beginDenseArray,
      WireTag.beginSparseArray, WireTag.error:
      begin(tag, cell, at: offset)
    default: break
    }
    passView()
  }

  /// Passes a view behind its buffer.
  private mutating func passView() {
    guard next() == WireTag.arrayBufferView else { return }
    position += 2
    varint()
    varint()
    if hasViewFlags { varint() }
  }

  /// The cells of a container, if it is of a kind and has them in the order of the bytes; else all of them have its offset.
  private mutating func cells(
    of cell: Cell?, _ kind: Record.Kind, _ offset: Int, where isInOrder: (Record) -> Bool
  ) -> Range<Int> {
    if let cell, cell.isReceiver {
      let record = graph.records[Int(cell.payload)]
      if record.kind == kind, isInOrder(record) { return record.cells }
    }
    fill(cell, offset)
    return 0..<0
  }

  private mutating func begin(_ tag: UInt8, _ cell: Cell?, at offset: Int) {
    switch tag {
    case WireTag.beginObject:
      let cells = cells(of: cell, .object, offset) { !$0.flags.contains(.unordered) }
      // The graph has indices before names.
      let names =
        stride(from: cells.lowerBound, to: cells.upperBound, by: 2)
        .first { graph.cells[$0].number == nil } ?? cells.upperBound
      frames.append(
        .properties(indices: cells.lowerBound..<names, names: names..<cells.upperBound, of: offset))
    case WireTag.beginMap:
      frames.append(.entries(cells(of: cell, .map, offset) { _ in true }, end: WireTag.endMap))
    case WireTag.beginSet:
      frames.append(.entries(cells(of: cell, .set, offset) { _ in true }, end: WireTag.endSet))
    case WireTag.beginDenseArray:
      let count = UInt32(truncatingIfNeeded: varint())
      let cells = cells(of: cell, .array, offset) {
        !$0.flags.contains(.pairs) && $0.count == count
      }
      // Named properties have a record of their own.
      if let properties = cells.first { fill(graph.cells[properties], offset) }
      frames.append(.elements(cells.dropFirst(), left: count))
    case WireTag.beginSparseArray:
      varint()
      fill(cell, offset)
      frames.append(.arrayProperties(end: WireTag.endSparseArray))
    default:
      fill(cell, offset)
      frames.append(.error)
    }
  }

  private mutating func go(on frame: Frame) {
    switch frame {
    case .properties(let indices, let names, let offset):
      guard next() != WireTag.endObject else {
        position += 1
        varint()
        // What was not met.
        fill(indices, offset)
        return fill(names, offset)
      }
      let isName = names.first.map { self.isName(graph.cells[$0]) } == true
      frames.append(
        .properties(
          indices: indices, names: isName ? names.dropFirst(2) : names, of: offset))
      let key = isName ? names.first : indexPosition(in: indices)
      read(nil, at: key)
      read(key.map { graph.cells[$0 + 1] }, at: key.map { $0 + 1 })
    case .elements(let cells, let left):
      guard left > 0 else {
        frames.append(.arrayProperties(end: WireTag.endDenseArray))
        return
      }
      frames.append(.elements(cells.dropFirst(), left: left - 1))
      read(cells.first.map { graph.cells[$0] }, at: cells.first)
    case .entries(let cells, let end):
      guard next() != end else {
        position += 1
        varint()
        return
      }
      // Of entries with equal keys there is only one: what follows is not known then.
      let isKnown = cells.first.map { place in
        !graph.cells[place].isString || Int(graph.cells[place].payload) == position
      }
      frames.append(.entries(isKnown == true ? cells.dropFirst() : 0..<0, end: end))
      read(cells.first.map { graph.cells[$0] }, at: cells.first)
    case .arrayProperties(let end):
      guard next() != end else {
        position += 1
        varint()
        varint()
        return
      }
      frames.append(.arrayProperties(end: end))
      read(nil, at: nil)
    case .error:
      let tag = position < bytes.count ? bytes[position] : ErrorTag.end
      position += 1
      guard tag != ErrorTag.end else { return }
      frames.append(.error)
      if tag == ErrorTag.message || tag == ErrorTag.stack || tag == ErrorTag.cause {
        read(nil, at: nil)
      }
    }
  }

  /// Whether the key that is next is that of a cell with a name. Names that are not in the input are taken as they come.
  private func isName(_ cell: Cell) -> Bool {
    cell.isString ? Int(cell.payload) == position : nextIndex == nil
  }

  /// The cell of the key that is next, if it is one of these indices.
  private func indexPosition(in indices: Range<Int>) -> Int? {
    guard let index = nextIndex else { return nil }
    var low = 0
    var high = indices.count / 2
    while low < high {
      let middle = (low + high) / 2
      let place = indices.lowerBound + 2 * middle
      guard let number = graph.cells[place].number, number < index else {
        high = middle
        continue
      }
      low = middle + 1
    }
    let place = indices.lowerBound + 2 * low
    return place < indices.upperBound && graph.cells[place].number == index ? place : nil
  }

  /// The index that is next, as a number or as its digits.
  private var nextIndex: Double? {
    guard position < bytes.count else { return nil }
    var end = position + 1
    let number: Double?
    switch bytes[position] {
    case WireTag.int32:
      let bits = UInt32(truncatingIfNeeded: Self.varint(bytes, &end))
      number = bits & 1 == 0 ? Double(bits >> 1) : nil
    case WireTag.uint32: number = Double(UInt32(truncatingIfNeeded: Self.varint(bytes, &end)))
    case WireTag.double:
      number = Double(
        bitPattern: bytes[end...].prefix(8).reversed().reduce(0) { $0 << 8 | UInt64($1) })
    case WireTag.oneByteString, WireTag.twoByteString, WireTag.utf8String:
      let stride = bytes[position] == WireTag.twoByteString ? 2 : 1
      let length = Int(clamping: Self.varint(bytes, &end))
      number = length <= 10 * stride ? Self.number(bytes[end...].prefix(length), stride) : nil
    default: number = nil
    }
    guard let number, let index = UInt32(exactly: number), index != .max else { return nil }
    return number
  }

  /// The number that digits mean, if it is written as JavaScript does.
  ///
  /// - Parameter stride: how many bytes each has.
  private static func number(_ bytes: ArraySlice<UInt8>, _ stride: Int) -> Double? {
    var number = 0.0
    for (place, byte) in bytes.enumerated() {
      guard place.isMultiple(of: stride) else {
        guard byte == 0 else { return nil }
        continue
      }
      guard (0x30...0x39).contains(byte), place == 0 || number > 0 else { return nil }
      number = 10 * number + Double(byte - 0x30)
    }
    return bytes.isEmpty ? nil : number
  }

  private mutating func set(_ place: Int, _ offset: Int) {
    offsets[place] = UInt32(truncatingIfNeeded: offset + 1)
  }

  /// Gives everything in a receiver the same offset.
  private mutating func fill(_ cell: Cell?, _ offset: Int) {
    guard let cell, cell.isReceiver else { return }
    fill(graph.records[Int(cell.payload)].cells, offset)
  }

  /// Gives cells and everything in them the same offset.
  private mutating func fill(_ cells: Range<Int>, _ offset: Int) {
    var pending = [cells]
    while let cells = pending.popLast() {
      for place in cells where offsets[place] == 0 {
        set(place, offset)
        let cell = graph.cells[place]
        if cell.isReceiver { pending.append(graph.records[Int(cell.payload)].cells) }
      }
    }
  }
}
