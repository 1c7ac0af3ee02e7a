/// A JavaScript `Map`: entries in insertion order, keys of any kind.
///
/// Keys are equal by SameValueZero (ECMAScript 7.2.11): receivers by identity and never by content, NaN
/// to itself, −0 is stored as 0.
public struct CloneMap: Sendable {
  var receiver: Receiver

  init(_ receiver: Receiver) { self.receiver = receiver }

  /// Makes a new empty map.
  public init() { receiver = Receiver(.map) }

  /// Makes a new map. If a key is repeated, the last value wins, at the place of the first.
  public init(_ entries: some Sequence<(CloneValue, CloneValue)>) {
    self.init()
    for (key, value) in entries { self[key] = value }
  }

  /// The number of entries.
  public var count: Int { receiver.entryCount }

  /// Removes all entries.
  public mutating func removeAll() {
    guard !isEmpty else { return }
    receiver.makeEditable()
    receiver.graph.removeAllEntries()
  }

  /// Whether there are no entries.
  public var isEmpty: Bool { count == 0 }

  /// Whether there is an entry of this key.
  public func contains(_ key: CloneValue) -> Bool { receiver.findEntry(LookupKey(key)) != nil }

  /// The value of a key; ``CloneValue/undefined`` if there is none. Setting adds an entry or changes its
  /// value in place.
  public subscript(key: CloneValue) -> CloneValue {
    get { receiver[entry: LookupKey(key), { $0.makeEntryKey(key) }] }
    set { receiver[entry: LookupKey(key), { $0.makeEntryKey(key) }] = newValue }
    _modify { yield &receiver[entry: LookupKey(key), { $0.makeEntryKey(key) }] }
  }

  /// Removes an entry and answers its value, or `nil` if there was none.
  @discardableResult
  public mutating func removeValue(forKey key: CloneValue) -> CloneValue? {
    receiver.removeEntry(LookupKey(key))
  }

  /// Changes a key in place: its entry keeps its position and value.
  ///
  /// If the changed key is equal to that of another entry, the other entry is removed. Nothing happens if
  /// there is no entry of this key.
  public mutating func updateKey(_ key: CloneValue, _ change: (inout CloneValue) -> Void) {
    var changed = key
    change(&changed)
    let old = LookupKey(key)
    let new = LookupKey(changed)
    guard contains(key), old != new else { return }
    receiver.makeEditable()
    let graph = receiver.graph
    if let other = graph.findEntry(new, of: 0) { graph.removeEntry(at: other) }
    guard let position = graph.findEntry(old, of: 0) else { return }
    graph.releaseCell(graph.cells[position])
    graph.cells[position] = graph.makeEntryKey(changed)
    graph.noteEntry(
      UInt32((position - Int(graph.records[0].start)) / 2), key: new, in: 0)
  }

  /// The keys in order.
  public var keys: [CloneValue] {
    receiver.entryPositions.map { receiver.graph.value(of: receiver.graph.cells[$0]) }
  }

  /// The values in order.
  public var values: [CloneValue] {
    receiver.entryPositions.map { receiver.graph.value(of: receiver.graph.cells[$0 + 1]) }
  }
}

extension CloneMap: Sequence {
  /// Lists entries.
  public struct Iterator: IteratorProtocol {
    var positions: EntryPositions

    /// The next entry, or `nil` behind the last.
    public mutating func next() -> (key: CloneValue, value: CloneValue)? {
      guard let position = positions.next() else { return nil }
      let reader = positions.reader
      return (
        reader.value(of: reader.cell(at: position)), reader.value(of: reader.cell(at: position + 1))
      )
    }
  }

  /// Lists the entries in insertion order.
  public func makeIterator() -> Iterator { Iterator(positions: receiver.entryPositions) }

  /// The number of entries.
  public var underestimatedCount: Int { count }
}

extension CloneGraph {
  /// The key cell of a map or set: −0 becomes 0.
  func makeEntryKey(_ value: CloneValue) -> Cell {
    if case .number(let number) = value, number == 0 { return .int32(0) }
    return makeCell(value)
  }
}
