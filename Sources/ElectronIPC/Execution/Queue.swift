/// First in, first out, in constant time on average. Room is kept, so that what comes and goes asks for no memory.
struct Queue<Element> {
  /// A ring of as many places as a power of two, or none.
  private var places: [Element?] = []
  private var start = 0
  private(set) var count = 0

  var isEmpty: Bool { count == 0 }

  mutating func append(_ element: consuming Element) {
    if count == places.count { grow() }
    places[(start + count) & (places.count - 1)] = element
    count += 1
  }

  mutating func popFirst() -> Element? {
    guard count > 0 else { return nil }
    let element = places[start].take()
    start = (start + 1) & (places.count - 1)
    count -= 1
    // What was needed once is not kept for ever.
    if count == 0, places.count > Queue.keptCapacity { self = Queue() }
    return element
  }

  /// The first one; `nil` if there is none.
  var first: Element? { count > 0 ? places[start] : nil }

  /// The element at a position below ``count``.
  subscript(position: Int) -> Element? { places[place(position)] }

  /// Sets the element at a position below ``count``.
  ///
  /// - Returns: what it was.
  mutating func exchange(at position: Int, with element: Element) -> Element? {
    let place = place(position)
    defer { places[place] = element }
    return places[place].take()
  }

  private func place(_ position: Int) -> Int {
    precondition(position >= 0 && position < count)
    return (start + position) & (places.count - 1)
  }

  /// Calls a function with every element, the first one first.
  func forEach(_ body: (Element) -> Void) {
    for offset in 0..<count {
      if let element = places[(start + offset) & (places.count - 1)] { body(element) }
    }
  }

  private mutating func grow() {
    let grown = max(Queue.firstCapacity, 2 * count)
    places = Array(places[start...] + places[..<start])
    places += repeatElement(nil, count: grown - count)
    start = 0
  }

  private static var firstCapacity: Int { 8 }
  private static var keptCapacity: Int { 1024 }
}

extension Queue: Sendable where Element: Sendable {}
