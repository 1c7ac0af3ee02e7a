/// A JavaScript array: elements, some of which may be holes, and possibly named properties.
///
/// An array written from a literal is *packed* and travels in the dense form; one that has or once had
/// holes, and every array that an engine read, is *holey* and travels in the sparse form. The form is
/// kept, but is not part of the value: equal arrays may be written differently.
public struct CloneArray: Sendable {
  var receiver: Receiver

  init(_ receiver: Receiver) { self.receiver = receiver }

  /// Makes a new empty, packed array.
  public init() { self.init(EmptyCollection()) }

  /// Makes a new packed array.
  ///
  /// - Precondition: at most 2^32 − 1 elements, the most an array can have.
  public init(_ elements: some Sequence<CloneValue>) {
    self.init(elements) { $0.append($1) }
  }

  /// Makes a new packed array of numbers.
  ///
  /// - Precondition: at most 2^32 − 1 numbers.
  public init(numbers: some Sequence<Double>) {
    self.init(numbers) { $0.append(Cell.number($1)) }
  }

  /// Makes a new holey array: what `new Array(a, b)`, a frozen array or an array with a `nil` (a hole)
  /// is in an engine.
  ///
  /// - Precondition: at most 2^32 − 1 elements.
  public init(holey elements: some Sequence<CloneValue?>) {
    self.init(elements, flags: .holey) {
      if let element = $1 { $0.append(element) } else { $0.append(Cell.hole) }
    }
  }

  /// Makes an array with a cell for each element.
  @inline(__always)
  private init<Elements: Sequence>(
    _ elements: Elements, flags: Record.Flags = [],
    append: (inout BuiltContent, Elements.Element) -> Void
  ) {
    var content = BuiltContent(elements: elements.underestimatedCount)
    for element in elements { append(&content, element) }
    self.init(content, flags: flags)
  }

  /// Makes a new array of what a literal lists.
  init(literal elements: consuming [CloneValue]) {
    let levels = LiteralContent.levels(of: elements)
    receiver =
      levels > 0 ? Receiver(.elements(elements), levels: levels) : CloneArray(elements).receiver
  }

  /// Makes an array of what ``BuiltContent/init(elements:)`` began.
  private init(_ elements: consuming BuiltContent, flags: Record.Flags) {
    receiver = Receiver(.array, flags: flags, count: elements.cells.count - 1, elements)
  }

  /// Makes a new array of holes, as `new Array(count)` does, whatever the count in constant space.
  ///
  /// - Precondition: the count is from 0 to 2^32 − 1.
  public init(count: Int) {
    self.init()
    precondition(UInt32(exactly: count) != nil, "an array has at most 2^32 - 1 elements")
    receiver.graph.records[0].flags.formUnion([.holey, .pairs])
    receiver.graph.records[0].extra = UInt32(count)
  }

  private var isPairs: Bool { receiver.record.flags.contains(.pairs) }

  /// The length, holes included. Setting it cuts off or adds holes; what is no length, because it is not from 0 to
  /// 2^32 − 1, changes nothing.
  public var count: Int {
    get { receiver.arrayLength }
    set {
      guard UInt32(exactly: newValue) != nil, newValue != count else { return }
      receiver.makeEditable()
      receiver.graph.setArrayLength(newValue)
    }
  }

  /// Whether the array is written in the dense form.
  public var isPacked: Bool { !receiver.record.flags.contains(.holey) }

  /// Whether an element is absent.
  public func isHole(at index: Int) -> Bool {
    index < 0 || receiver.elementPosition(index) == nil
  }

  /// The element at an index; ``CloneValue/undefined`` for a hole and beyond the end.
  ///
  /// Setting fills a hole, changes the element or, beyond the end, makes the array longer, with holes
  /// between. A negative index is the named property that it is in JavaScript.
  public subscript(index: Int) -> CloneValue {
    get {
      guard UInt32(exactly: index) ?? .max != .max else {
        return properties[ClonePropertyKey(index)]
      }
      return receiver.elementPosition(index).map {
        receiver.graph.value(of: receiver.graph.cells[$0])
      }
        ?? .undefined
    }
    set {
      guard UInt32(exactly: index) ?? .max != .max else {
        properties[ClonePropertyKey(index)] = newValue
        return
      }
      receiver.makeEditable()
      receiver.graph.setElement(index, receiver.graph.makeCell(newValue))
    }
    _modify {
      guard UInt32(exactly: index) ?? .max != .max else {
        yield &properties[ClonePropertyKey(index)]
        return
      }
      receiver.makeEditable()
      let position = receiver.elementPosition(index)
      var value = position.map { receiver.graph.takeValue(at: $0) } ?? .undefined
      defer {
        if let position {
          receiver.graph.putBack(value, at: position)
        } else if !value.isUndefined {
          receiver.graph.setElement(index, receiver.graph.makeCell(value))
        }
      }
      yield &value
    }
  }

  /// Adds an element at the end; false, and nothing is added, if the array has the greatest length there is,
  /// 2^32 − 1.
  @discardableResult
  public mutating func append(_ value: CloneValue) -> Bool {
    let length = count
    guard length < Int(UInt32.max) else { return false }
    receiver.makeEditable()
    receiver.graph.setElement(length, receiver.graph.makeCell(value))
    return true
  }

  /// Makes a hole of an element, as JavaScript's `delete` does; the length stays.
  public mutating func removeElement(at index: Int) {
    guard index >= 0, receiver.elementPosition(index) != nil else { return }
    receiver.makeEditable()
    receiver.graph.setElement(index, .hole)
  }

  /// Removes and answers the last element, or answers `nil` if the length is 0.
  @discardableResult
  public mutating func popLast() -> CloneValue? {
    guard count > 0 else { return nil }
    let value = self[count - 1]
    count -= 1
    return value
  }

  /// The indices of the elements that are no holes, ascending; a sparse array has few.
  ///
  /// - Complexity: linear in the number of stored elements, not in ``count``.
  public var presentIndices: [Int] { receiver.presentElements.map(\.index) }

  /// The elements in order; holes read as `undefined`.
  public var elements: Elements { Elements(array: self) }

  /// The named properties (`array.name = …`), usually none.
  ///
  /// They are no object of their own: reading gives a copy.
  public var properties: CloneObject {
    get { receiver.namedProperties.map { CloneObject($0.shallowCopy()) } ?? CloneObject() }
    set {
      receiver.makeEditable()
      receiver.graph.releaseCell(receiver.graph.cells[0])
      storeProperties(CloneObject(newValue.receiver.shallowCopy()))
    }
    _modify {
      receiver.makeEditable()
      var object = CloneObject()
      if case .object(let existing) = receiver.graph.takeValue(at: 0) { object = existing }
      defer { storeProperties(object) }
      yield &object
    }
  }

  /// Keeps the named properties. What JavaScript does not keep among them goes where it belongs: an index to
  /// the elements, and `length`, which every array has, to the length.
  private mutating func storeProperties(_ properties: CloneObject) {
    var properties = properties
    for key in properties.keys where key.index != nil || key == "length" {
      let value = properties.removeValue(forKey: key) ?? .undefined
      if let index = key.index {
        self[Int(index)] = value
      } else if let length = value.number.flatMap({ UInt32(exactly: $0) }) {
        count = Int(length)
      }
    }
    receiver.graph.putBack(properties.isEmpty ? .undefined : .object(properties), at: 0)
  }

  /// The elements of an array as a collection.
  public struct Elements: RandomAccessCollection, Sendable {
    let array: CloneArray
    /// 0.
    public var startIndex: Int { 0 }
    /// The length.
    public var endIndex: Int { array.count }
    /// The element at an index, `undefined` for a hole.
    public subscript(position: Int) -> CloneValue { array[position] }

    /// Lists elements.
    public struct Iterator: IteratorProtocol {
      private let reader: GraphReader
      private let record: UInt32
      private let count: Int
      /// Where the cells begin if there is one for each element.
      private let start: Int?
      private var index = 0

      init(_ array: CloneArray) {
        let record = array.receiver.record
        reader = GraphReader(array.receiver.graph)
        self.record = array.receiver.index
        count = array.count
        start = record.flags.contains(.pairs) ? nil : Int(record.start) + 1
      }

      /// The next element, `undefined` for a hole, or `nil` behind the last.
      public mutating func next() -> CloneValue? {
        guard index < count else { return nil }
        defer { index += 1 }
        guard let start else { return CloneArray(reader.receiver(record))[index] }
        return reader.value(of: reader.cell(at: start + index))
      }
    }

    /// Lists the elements from the first to the last.
    public func makeIterator() -> Iterator { Iterator(array) }
  }

  /// The elements, if there is one at each index and all are numbers: for long arrays of numbers, which take about a
  /// nanosecond each that way.
  public var numbers: [Double]? {
    let record = receiver.record
    guard !record.flags.contains(.pairs) else { return nil }
    let cells = receiver.graph.cells[(Int(record.start) + 1)...].prefix(Int(record.count))
    let numbers = [Double](capacity: cells.count) { span in
      for cell in cells {
        guard let number = cell.number else { break }
        span.append(number)
      }
    }
    guard numbers.count == cells.count else { return nil }
    return numbers
  }
}

extension Receiver {
  /// The length of an array.
  var arrayLength: Int {
    let record = self.record
    return Int(record.flags.contains(.pairs) ? record.extra : record.count)
  }

  /// The object that holds an array's named properties.
  var namedProperties: Receiver? { graph.receiver(of: cell(0)) }

  /// The position of an element's cell in the graph's cells, or `nil` for a hole or beyond the end.
  func elementPosition(_ index: Int) -> Int? { graph.elementPosition(index, of: record) }
}

extension CloneGraph {
  func elementPosition(_ index: Int, of record: Record) -> Int? {
    if record.flags.contains(.pairs) {
      let position = pairPosition(index, of: record)
      guard position < Int(record.start) + record.cellCount,
        cells[position].number == Double(index), !cells[position + 1].isHole
      else { return nil }
      return position + 1
    }
    guard index < Int(record.count) else { return nil }
    let position = Int(record.start) + 1 + index
    return cells[position].isHole ? nil : position
  }

  /// The position of the first pair whose index is not below a given one.
  private func pairPosition(_ index: Int, of record: Record) -> Int {
    var low = 0
    var high = Int(record.count)
    while low < high {
      let middle = (low + high) / 2
      if cells[Int(record.start) + 1 + 2 * middle].number ?? 0 < Double(index) {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return Int(record.start) + 1 + 2 * low
  }

  // MARK: - Changing the array that is an editable graph's only record

  /// The largest run of holes that is stored cell by cell.
  private static let longestGap = 64

  func setElement(_ index: Int, _ cell: Cell) {
    if records[0].flags.contains(.pairs) {
      let position = pairPosition(index, of: records[0])
      if position < cells.count, cells[position].number == Double(index) {
        releaseCell(cells[position + 1])
        if cell.isHole {
          cells.removeSubrange(position...(position + 1))
          records[0].count -= 1
        } else {
          cells[position + 1] = cell
        }
        return
      } else if !cell.isHole {
        cells.insert(contentsOf: [.number(Double(index)), cell], at: position)
        records[0].count += 1
        records[0].extra = max(records[0].extra, UInt32(index) + 1)
      }
      if Int(records[0].extra) <= 2 * Int(records[0].count) + CloneGraph.longestGap {
        storeElementByElement()
      }
      return
    }
    let count = Int(records[0].count)
    if index < count {
      releaseCell(cells[1 + index])
      cells[1 + index] = cell
      if cell.isHole { records[0].flags.insert(.holey) }
      return
    }
    if index > count {
      records[0].flags.insert(.holey)
      if index - count > CloneGraph.longestGap {
        storeAsPairs()
        setElement(index, cell)
        return
      }
      cells.append(contentsOf: repeatElement(.hole, count: index - count))
    }
    cells.append(cell)
    if cell.isHole { records[0].flags.insert(.holey) }
    records[0].count = UInt32(index + 1)
  }

  func setArrayLength(_ length: Int) {
    let old = records[0].flags.contains(.pairs) ? Int(records[0].extra) : Int(records[0].count)
    if length > old {
      records[0].flags.insert(.holey)
      if !records[0].flags.contains(.pairs) {
        if length - old <= CloneGraph.longestGap {
          cells.append(contentsOf: repeatElement(.hole, count: length - old))
          records[0].count = UInt32(length)
          return
        }
        storeAsPairs()
      }
      records[0].extra = UInt32(length)
    } else if records[0].flags.contains(.pairs) {
      let position = pairPosition(length, of: records[0])
      for cell in cells[position...] { releaseCell(cell) }
      cells.removeSubrange(position...)
      records[0].count = UInt32((position - 1) / 2)
      records[0].extra = UInt32(length)
    } else {
      for cell in cells[(1 + length)...] { releaseCell(cell) }
      cells.removeSubrange((1 + length)...)
      records[0].count = UInt32(length)
    }
  }

  private func storeAsPairs() {
    let elements = cells[1...]
    var pairs = [cells[0]]
    for (index, cell) in zip(0..., elements) where !cell.isHole {
      pairs.append(.number(Double(index)))
      pairs.append(cell)
    }
    records[0].extra = records[0].count
    cells = pairs
    records[0].count = UInt32(pairs.count / 2)
    records[0].flags.insert(.pairs)
  }

  private func storeElementByElement() {
    let length = Int(records[0].extra)
    var elements = [Cell](repeating: .hole, count: 1 + length)
    elements[0] = cells[0]
    for position in stride(from: 1, to: cells.count, by: 2) {
      elements[1 + Int(cells[position].number ?? 0)] = cells[position + 1]
    }
    cells = elements
    records[0].count = UInt32(length)
    records[0].extra = 0
    records[0].flags.remove(.pairs)
  }
}
