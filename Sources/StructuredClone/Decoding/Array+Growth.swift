extension Array {
  /// Appends an element where it is known about how many more will follow at most. Storage doubles as ever, but
  /// not beyond what can be needed: arrays of all the input's items would else be half empty at the end.
  @inline(__always)
  mutating func append(_ element: Element, beforeAtMost others: @autoclosure () -> Int) {
    if count == capacity { reserveCapacity(count + Self.growth(of: count, beforeAtMost: others())) }
    append(element)
  }

  /// How much longer an array becomes that is full, for another element and what may follow it.
  static func growth(of count: Int, beforeAtMost others: Int) -> Int {
    1 + Swift.min(Swift.max(count, 7), Swift.max(0, others))
  }
}
