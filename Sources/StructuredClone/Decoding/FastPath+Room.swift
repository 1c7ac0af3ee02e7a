extension FastPath {
  /// Elements and room for more behind them, through a pointer: of a ``ReservedArray`` or on the stack.
  @safe
  struct Room<Element: BitwiseCopyable> {
    private let base: UnsafeMutablePointer<Element>
    let capacity: Int
    var count: Int

    init(base: UnsafeMutablePointer<Element>, capacity: Int, count: Int) {
      unsafe self.base = base
      self.capacity = capacity
      self.count = count
    }

    /// Calls a function with room on the stack; it takes a kibibyte at most.
    @inline(__always)
    static func withTemporary<Result>(
      _ capacity: Int, _ body: (inout Room) -> Result
    ) -> Result {
      // The pointer does not leave the function; room for something has an address.
      unsafe withUnsafeTemporaryAllocation(of: Element.self, capacity: capacity) { buffer in
        var room = unsafe Room(
          base: buffer.baseAddress.unsafelyUnwrapped, capacity: capacity, count: 0)
        return body(&room)
      }
    }

    /// The elements, as an array of just their size.
    func copy() -> [Element] {
      unsafe Array(UnsafeBufferPointer(start: base, count: count))
    }

    var isEmpty: Bool { count == 0 }

    /// The last element; there is one.
    @inline(__always)
    var top: Element {
      get {
        assert(count > 0)
        return unsafe base[count &- 1]
      }
      nonmutating _modify {
        assert(count > 0)
        yield unsafe &base[count &- 1]
      }
    }

    @inline(__always)
    mutating func pop() {
      assert(count > 0)
      count &-= 1
    }

    /// Whether there is room for more elements.
    @inline(__always)
    func has(_ number: Int) -> Bool { capacity &- count >= number }

    /// An element, or one that was set in the room behind the elements.
    @inline(__always)
    subscript(position: Int) -> Element {
      assert(position >= 0 && position < capacity)
      return unsafe base[position]
    }

    @inline(__always)
    func set(_ position: Int, _ element: Element) {
      assert(position >= 0 && position < count)
      unsafe base[position] = element
    }

    /// Sets what is in the room behind the elements.
    @inline(__always)
    func setRoom(_ position: Int, _ element: Element) {
      assert(position >= count && position < capacity)
      unsafe base[position] = element
    }

    @inline(__always)
    func update(_ position: Int, _ change: (inout Element) -> Void) {
      assert(position >= 0 && position < count)
      unsafe change(&base[position])
    }

    /// Adds the last elements of another array, for which there is room.
    @inline(__always)
    mutating func push(contentsOf other: Room, from start: Int) {
      let number = other.count &- start
      assert(start >= 0 && number >= 0 && has(number))
      // Both hold as many elements, in memory of their own.
      unsafe (base + count).initialize(from: other.base + start, count: number)
      count &+= number
    }

    @inline(__always)
    mutating func push(_ element: Element) {
      setRoom(count, element)
      count &+= 1
    }
  }
}
