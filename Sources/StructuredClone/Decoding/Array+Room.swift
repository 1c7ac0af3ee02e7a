extension Array {
  /// An array of what a closure appends, with room for just so many elements.
  ///
  /// As `init(capacity:initializingWith:)`, which looks up the type of the array's memory each time, as code that is not specialized
  /// does: a quarter of the time that it takes to make an array of a few strings.
  @inlinable @inline(__always)
  package init(room: Int, _ append: (inout OutputSpan<Element>) -> Void) {
    self = []
    // The memory of all empty arrays is one, and would be written to.
    guard room > 0 else { return }
    reserveCapacity(room)
    self.append(addingCapacity: room, initializingWith: append)
  }
}
