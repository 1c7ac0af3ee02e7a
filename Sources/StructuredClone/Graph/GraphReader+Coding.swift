/// What a coder of Swift types asks of a graph: its cells and records as they are, names compared with Swift text, text.
extension GraphReader {
  /// A reader of a value's graph, and the value's cell in it.
  ///
  /// All containers are in one graph then: a value that was put together from others is copied, in linear time.
  package static func reader(of value: CloneValue) -> (reader: GraphReader, root: Cell) {
    guard var receiver = value.receiver else {
      let graph = CloneGraph(cells: [], records: .none, isEditable: true)
      return (GraphReader(graph), graph.makeCell(value))
    }
    let holdsOthers = receiver.graph.slots.contains {
      if case .receiver = $0 { true } else { false }
    }
    if holdsOthers, let copy = value.detached().receiver { receiver = copy }
    return (GraphReader(receiver.graph), .receiver(receiver.index))
  }

  /// A record of the graph.
  @inline(__always)
  package func record(_ index: UInt32) -> Record { access.record(index) }

  /// Whether an object of the graph may be reachable in more than one way.
  package var mayShare: Bool { graph.mayShare }

  /// The number of cells.
  @inline(__always)
  package var cellCount: Int { unsafe cells.count }

  /// Whether a cell is a string.
  package func isString(_ cell: Cell) -> Bool { cell.isString || graph.string(of: cell) != nil }

  /// The string of a cell.
  package func string(of cell: Cell) -> CloneString? { graph.string(of: cell) }

  /// The big integer of a cell.
  package func bigint(of cell: Cell) -> CloneBigInt? { graph.bigint(of: cell) }

  // MARK: - Text

  /// The text of a cell; `nil` if it is no string, or holds a lone surrogate.
  package func text(of cell: Cell) -> String? {
    cell.isString
      ? content.text(of: cell) : graph.string(of: cell).flatMap { String(exactly: $0) }
  }

  // MARK: - Names

  /// A name that is looked for: UTF-8, of which is known whether it is ASCII.
  @safe package struct Name {
    let utf8: UnsafeRawBufferPointer
    let short: ShortContent

    /// A name whose bytes are kept by the caller as long as it is used.
    @inline(__always)
    init(_ utf8: UnsafeRawBufferPointer) {
      unsafe self.utf8 = utf8
      short = unsafe utf8.count <= ShortContent.longest ? ShortContent(utf8) : .empty
    }
  }

  /// Whether the key at a position is a name.
  @inline(__always)
  private func isKey(at position: Int, _ name: Name) -> Bool {
    let key = cell(at: position)
    guard key.isString else { return false }
    let offset = Int(key.payload)
    let count = unsafe name.utf8.count
    guard unsafe input[offset] == WireTag.oneByteString, unsafe Int(input[offset &+ 1]) == count,
      count <= ShortContent.longest, unsafe offset &+ 18 <= input.count
    else { return isOtherKey(key, name) }
    // As many bytes are there.
    let content = unsafe ShortContent(
      UnsafeRawBufferPointer(input), from: offset &+ 2, count: count)
    return content == name.short && content.isASCII
  }

  /// The same for keys that are long, near the end of the input, not ASCII or in two bytes a unit.
  @inline(never)
  private func isOtherKey(_ key: Cell, _ name: Name) -> Bool {
    let (bytes, isTwoByte) = unsafe content.bytes(ofStringAt: Int(key.payload))
    if !isTwoByte, unsafe UTF8Transcoder.isASCII(name.utf8) {
      return unsafe bytes.hasSameBytes(as: name.utf8)
    }
    return unsafe graph.string(of: key)
      == UTF8Transcoder.string(name.utf8.assumingMemoryBound(to: UInt8.self))
  }

  /// How many names are compared one by one.
  private static let mostComparedNames = 24

  /// The position of the key cell of an object's property.
  ///
  /// - Parameter predicted: where it probably is.
  package func position(
    of name: String, in object: Record, index: UInt32, predicted: Int
  ) -> Int? {
    var name = name
    return name.withUTF8 { utf8 in
      let key = unsafe Name(UnsafeRawBufferPointer(utf8))
      let start = Int(object.start)
      let end = start &+ 2 &* Int(object.count)
      if object.hasKey(at: predicted), isKey(at: predicted, key) { return predicted }
      guard object.count <= GraphReader.mostComparedNames, unsafe !isIndex(utf8) else {
        return graph.findEntry(
          LookupKey(ClonePropertyKey(unsafe UTF8Transcoder.string(utf8))), of: index)
      }
      var position = start
      while position < end {
        if isKey(at: position, key) { return position }
        position &+= 2
      }
      // Keys that are not in the input.
      guard !graph.slots.isEmpty else { return nil }
      return graph.findEntry(
        LookupKey(ClonePropertyKey(unsafe UTF8Transcoder.string(utf8))), of: index)
    }
  }

  /// Whether a name may be an index.
  private func isIndex(_ utf8: UnsafeBufferPointer<UInt8>) -> Bool {
    unsafe utf8.count > 0 && (0x30...0x39).contains(utf8[0])
  }

  /// The name of a key cell, and the index if it is one; `nil` of a property that was removed.
  package func keyName(at position: Int) -> (name: String, index: Int?)? {
    let key = cell(at: position)
    if let number = key.number { return (String(Int(number)), Int(number)) }
    guard let name = graph.string(of: key) else { return nil }
    return (String(name), nil)
  }

  /// The positions of the key cells of an object, map or set, in the order in which engines list them.
  package func entries(of index: UInt32) -> [Int] {
    Array(EntryPositions(of: receiver(index)))
  }

  /// The position of an element of an array that has elements in pairs; `nil` for a hole.
  package func pairElement(_ element: Int, of index: UInt32) -> Int? {
    receiver(index).elementPosition(element)
  }
}
