/// An array whose room for more is initialized, so that a loop can hold a pointer to all of it.
///
/// An array of the standard library gives no pointer to what it has reserved, and asks at every append whether it is
/// the only owner: half of the time of a decoder that appends each cell (Documentation/Performance.md).
struct ReservedArray<Element: BitwiseCopyable & Sendable>: Sendable {
  private var storage: [Element] = []
  private(set) var count = 0
  private let filler: Element

  init(filler: Element) { self.filler = filler }

  /// How many elements there is room for.
  var capacity: Int { storage.count }

  var isEmpty: Bool { count == 0 }

  subscript(position: Int) -> Element {
    get {
      assert(position < count)
      return storage[position]
    }
    _modify {
      assert(position < count)
      yield &storage[position]
    }
  }

  subscript(range: Range<Int>) -> ArraySlice<Element> {
    assert(range.upperBound <= count)
    return storage[range]
  }

  /// Makes room for more elements than there is.
  @inline(never)
  mutating func grow(by additional: Int) {
    storage.reserveCapacity(storage.count + additional)
    storage.append(contentsOf: repeatElement(filler, count: additional))
  }

  /// Makes room for a number of elements behind those that there are, and for no more.
  mutating func reserve(_ additional: Int) {
    if capacity - count < additional { grow(by: count + additional - capacity) }
  }

  /// Appends an element where it is known about how many more will follow at most. Room doubles as ever, but not
  /// beyond what can be needed: arrays of all the input's items would else be half empty at the end.
  @inline(__always)
  mutating func append(_ element: Element, beforeAtMost others: @autoclosure () -> Int) {
    if count == capacity { grow(by: [Element].growth(of: count, beforeAtMost: others())) }
    storage[count] = element
    count += 1
  }

  /// Appends an element that there is room for.
  mutating func append(_ element: Element) {
    storage[count] = element
    count += 1
  }

  /// Appends elements that there is room for.
  mutating func append(contentsOf elements: some Sequence<Element>) {
    for element in elements { append(element) }
  }

  /// Appends elements from elsewhere, and makes room for them.
  mutating func append(contentsOf room: FastPath.Room<Element>) {
    reserve(room.count)
    withRoom { $0.push(contentsOf: room, from: 0) }
  }

  /// Appends elements that are to be set; until then they are anything.
  mutating func extend(by number: Int) {
    reserve(number)
    count += number
  }

  mutating func removeLast(_ number: Int = 1) {
    assert(number <= count)
    count -= number
  }

  mutating func popLast() -> Element? {
    guard count > 0 else { return nil }
    count -= 1
    return storage[count]
  }

  /// Forgets all elements, and the room unless it is kept.
  mutating func removeAll(keepingCapacity: Bool = false) {
    count = 0
    if !keepingCapacity { storage = [] }
  }

  /// Hands the elements out as an array and starts anew: as an array of just their size if the room is kept, else with the
  /// room for more that there is.
  mutating func handOut(keepingCapacity: Bool) -> [Element] {
    defer { count = 0 }
    if keepingCapacity { return Array(storage[..<count]) }
    var elements: [Element] = []
    swap(&elements, &storage)
    elements.removeLast(elements.count - count)
    return elements
  }

  /// Makes room for a number of elements at least: for twice as many as there are or, in long inputs, for as many as
  /// the rest seems to hold after what was read of it, so that there are few copies and little is left over.
  ///
  /// - Parameters:
  ///   - first: how many there is room for at first.
  ///   - most: how many can follow.
  ///   - read: how many were made of what was read, with those that wait.
  ///   - progress: how many times as long the input is as what was read of it.
  ///   - known: how many of those to come have their places already.
  ///   - waiting: how many were read that are going to be put behind those that there are.
  mutating func makeRoom(
    _ number: Int, firstly first: Int, atMost most: Int, expecting read: Int = 0,
    _ progress: Double = 1, besides known: Int = 0, waiting: Int = 0
  ) {
    guard capacity - count < number else { return }
    var more = max(count, first)
    if progress > 1, count >= 256 {
      let needed = Int(min(Double(Int32.max), Double(read) * (progress - 1) * 1.05)) - known
      more = max(count / 8, min(15 * count, needed + waiting), waiting)
    }
    reserve(max(number, min(more, most)))
  }

  /// Calls a function with a pointer to the elements and the room behind them; `nil` if there is none. The function
  /// can change how many elements there are.
  @inline(__always) @discardableResult
  mutating func withRoom<Result>(_ body: (inout FastPath.Room<Element>) -> Result) -> Result? {
    var count = count
    // The pointer does not leave the function, and everything behind it is initialized.
    let result: Result? = unsafe storage.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return nil }
      var room = unsafe FastPath.Room(base: base, capacity: buffer.count, count: count)
      let result = body(&room)
      count = room.count
      return result
    }
    assert(count <= capacity)
    self.count = count
    return result
  }
}
