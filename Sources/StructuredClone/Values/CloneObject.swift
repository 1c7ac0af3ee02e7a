/// A plain JavaScript object: own enumerable properties in the order in which engines list them, index
/// keys ascending, then names in the order of their creation.
public struct CloneObject: Sendable {
  var receiver: Receiver

  init(_ receiver: Receiver) { self.receiver = receiver }

  /// Makes a new empty object.
  public init() { receiver = Receiver(.object) }

  /// Makes a new object. If a key is repeated, the last value wins, at the place of the first.
  public init(_ properties: some Sequence<(ClonePropertyKey, CloneValue)>) {
    var content = BuiltProperties(reserving: properties.underestimatedCount)
    for (key, value) in properties { content.append(key, value) }
    receiver = content.receiver()
  }

  /// Makes a new object of what a literal lists.
  init(literal properties: consuming [(ClonePropertyKey, CloneValue)]) {
    let levels = LiteralContent.levels(of: properties)
    receiver =
      levels > 0
      ? Receiver(.properties(properties), levels: levels) : CloneObject(properties).receiver
  }

  /// The number of properties.
  public var count: Int { receiver.entryCount }

  /// Removes all properties.
  public mutating func removeAll() {
    guard !isEmpty else { return }
    receiver.makeEditable()
    receiver.graph.removeAllEntries()
  }

  /// Whether there are no properties.
  public var isEmpty: Bool { count == 0 }

  /// Whether there is a property of this key.
  public func contains(_ key: ClonePropertyKey) -> Bool {
    receiver.findEntry(LookupKey(key)) != nil
  }

  /// The value of a property; ``CloneValue/undefined`` if there is none. Setting adds the property or
  /// changes its value in place.
  ///
  /// Setting `undefined` makes a property whose value is `undefined`; ``removeValue(forKey:)`` removes.
  ///
  /// - Complexity: constant on average; the first look-up in a decoded object of more than eight
  ///   properties makes an index of its keys.
  public subscript(key: ClonePropertyKey) -> CloneValue {
    get { receiver[entry: LookupKey(key), { $0.makeCell(key) }] }
    set { receiver[entry: LookupKey(key), { $0.makeCell(key) }] = newValue }
    _modify { yield &receiver[entry: LookupKey(key), { $0.makeCell(key) }] }
  }

  /// The value of a property named by Swift text.
  public subscript(key: some StringProtocol) -> CloneValue {
    @inlinable
    get { property(named: String(key)) }
    set { self[ClonePropertyKey(key)] = newValue }
    _modify { yield &self[ClonePropertyKey(key)] }
  }

  @usableFromInline
  func property(named name: String) -> CloneValue {
    receiver.graph.value(ofName: name, in: receiver.index) ?? self[ClonePropertyKey(name)]
  }

  /// Sets a property, also to `undefined`.
  public mutating func updateValue(_ value: CloneValue, forKey key: ClonePropertyKey) {
    self[key] = value
  }

  /// Removes a property and answers its value, or `nil` if there was none.
  @discardableResult
  public mutating func removeValue(forKey key: ClonePropertyKey) -> CloneValue? {
    receiver.removeEntry(LookupKey(key))
  }

  /// The keys in order.
  public var keys: [ClonePropertyKey] {
    receiver.entryPositions.map { receiver.graph.propertyKey(of: receiver.graph.cells[$0]) }
  }

  /// The values in the order of their keys.
  public var values: [CloneValue] {
    receiver.entryPositions.map { receiver.graph.value(of: receiver.graph.cells[$0 + 1]) }
  }
}

extension CloneObject: Sequence {
  /// Lists properties.
  public struct Iterator: IteratorProtocol {
    var positions: EntryPositions

    /// The next property, or `nil` behind the last.
    public mutating func next() -> (key: ClonePropertyKey, value: CloneValue)? {
      guard let position = positions.next() else { return nil }
      let reader = positions.reader
      return (
        reader.propertyKey(of: reader.cell(at: position)),
        reader.value(of: reader.cell(at: position + 1))
      )
    }
  }

  /// Lists the properties in order.
  public func makeIterator() -> Iterator { Iterator(positions: receiver.entryPositions) }

  /// The number of properties.
  public var underestimatedCount: Int { count }
}

extension CloneGraph {
  /// The property key a key cell means.
  func propertyKey(of cell: Cell) -> ClonePropertyKey {
    if let number = cell.number { return ClonePropertyKey(number: number) }
    return ClonePropertyKey(form: .name(string(of: cell) ?? CloneString("")))
  }

  /// The key cell of a property key: an index as a number, a name as a string.
  func makeCell(_ key: ClonePropertyKey) -> Cell {
    switch key.form {
    case .index(let index): .number(Double(index))
    case .name(let name): makeCell(name)
    }
  }

  /// Moves a value out of an editable graph, so that it can be changed in place.
  func takeValue(at position: Int) -> CloneValue {
    let cell = cells[position]
    let value = self.value(of: cell)
    noteTaken(value.receiver)
    releaseCell(cell)
    cells[position] = .undefined
    return value
  }

  /// Puts back what ``takeValue(at:)`` took, or what it was changed into.
  func putBack(_ value: CloneValue, at position: Int) {
    cells[position] = value.receiver.map { restoreCell($0) } ?? makeCell(value)
  }
}
