/// Where in its input the values of a decoded graph begin: for errors about values that were read without one.
///
/// A graph does not keep it: most cells hold their value and nothing else. Bytes and cells are walked side by side, once, which
/// takes about as long as reading did. Where the order of both differs (entries of equal keys, objects whose indices are not
/// in order, arrays in the sparse form), what is inside has the offset of the container.
package struct CellOffsets {
  private let graph: CloneGraph
  private let bytes: [UInt8]
  private let hasViewFlags: Bool
  private var position: Int
  /// The offset for each cell, plus 1; 0 if it is not known.
  private var offsets: [UInt32]
  private var frames: [Frame] = []
  /// The offset of the root.
  private let start: Int

  /// A container that is being passed: how many values are to come, and which cells they are.
  private enum Frame {
    /// Pairs of an object that begins at an offset, as far as their cells are known.
    case properties(Range<Int>, of: Int)
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
    if let place { set(place, offset) }
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
      frames.append(
        .properties(
          cells(of: cell, .object, offset) { !$0.flags.contains(.unordered) }, of: offset))
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
    case .properties(var cells, let offset):
      guard next() != WireTag.endObject else {
        position += 1
        varint()
        return
      }
      // Indices that were not in order are so in the graph.
      if let key = cells.first, !isKey(graph.cells[key]) {
        fill(cells, offset)
        cells = 0..<0
      }
      frames.append(.properties(cells.dropFirst(2), of: offset))
      read(nil, at: cells.first)
      let value = cells.dropFirst().first
      read(value.map { graph.cells[$0] }, at: value)
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

  /// Whether the key that is next is that of a cell.
  private func isKey(_ cell: Cell) -> Bool {
    if cell.isString { return Int(cell.payload) == position }
    guard let number = cell.number else { return true }
    // An index, as a number or as its digits.
    switch bytes[position] {
    case WireTag.int32:
      var end = position + 1
      return Self.varint(bytes, &end) == UInt64(exactly: 2 * number)
    case WireTag.oneByteString:
      return bytes[position...].dropFirst(2).starts(with: "\(Int(exactly: number) ?? 0)".utf8)
    default: return true
    }
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
