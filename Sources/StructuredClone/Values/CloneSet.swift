/// A JavaScript `Set`: elements in insertion order, equal by SameValueZero as in ``CloneMap``.
public struct CloneSet: Sendable {
  var receiver: Receiver

  init(_ receiver: Receiver) { self.receiver = receiver }

  /// Makes a new empty set.
  public init() { receiver = Receiver(.set) }

  /// Makes a new set; repeated elements count once.
  public init(_ elements: some Sequence<CloneValue>) {
    self.init()
    for element in elements { insert(element) }
  }

  /// The number of elements.
  public var count: Int { receiver.entryCount }

  /// Removes all elements.
  public mutating func removeAll() {
    guard !isEmpty else { return }
    receiver.makeEditable()
    receiver.graph.removeAllEntries()
  }

  /// Whether there are no elements.
  public var isEmpty: Bool { count == 0 }

  /// Whether there is such an element.
  public func contains(_ element: CloneValue) -> Bool {
    receiver.findEntry(LookupKey(element)) != nil
  }

  /// Adds an element at the end, unless it is there; true if it was added.
  @discardableResult
  public mutating func insert(_ element: CloneValue) -> Bool {
    guard !contains(element) else { return false }
    receiver.makeEditable()
    receiver.graph.appendEntry(
      LookupKey(element), keyCell: receiver.graph.makeEntryKey(element), valueCell: nil)
    return true
  }

  /// Removes an element; true if it was there.
  @discardableResult
  public mutating func remove(_ element: CloneValue) -> Bool {
    guard contains(element) else { return false }
    let lookup = LookupKey(element)
    receiver.makeEditable()
    guard let position = receiver.findEntry(lookup) else { return false }
    receiver.graph.removeEntry(at: position)
    return true
  }
}

extension CloneSet: Sequence {
  /// Lists elements.
  public struct Iterator: IteratorProtocol {
    var positions: EntryPositions

    /// The next element, or `nil` behind the last.
    public mutating func next() -> CloneValue? {
      guard let position = positions.next() else { return nil }
      return positions.reader.value(of: positions.reader.cell(at: position))
    }
  }

  /// Lists the elements in insertion order.
  public func makeIterator() -> Iterator { Iterator(positions: receiver.entryPositions) }

  /// The number of elements.
  public var underestimatedCount: Int { count }
}
