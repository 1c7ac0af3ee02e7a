/// A stack in one piece of memory, for loops over graphs. Pointers, because a check, a copy on write and an array's count for
/// each container took a tenth of the time of small objects.
@safe struct AddressStack<Element: BitwiseCopyable>: ~Copyable {
  private var base: UnsafeMutablePointer<Element>
  private var capacity = 16
  private(set) var count = 0

  init() { unsafe base = .allocate(capacity: capacity) }

  // Elements have nothing to release.
  deinit { unsafe base.deallocate() }

  @inline(__always)
  subscript(position: Int) -> Element {
    get {
      assert(position >= 0 && position < count)
      return unsafe base[position]
    }
    _modify {
      assert(position >= 0 && position < count)
      yield unsafe &base[position]
    }
  }

  /// The last; asked for only while there is one.
  @inline(__always)
  var top: Element {
    get { self[count - 1] }
    _modify { yield &self[count - 1] }
  }

  @inline(__always)
  mutating func push(_ element: Element) {
    if count == capacity { grow() }
    // There is room for one more.
    unsafe (base + count).initialize(to: element)
    count += 1
  }

  @inline(__always)
  mutating func pop() {
    assert(count > 0)
    count -= 1
  }

  @inline(never)
  private mutating func grow() {
    let longer = UnsafeMutablePointer<Element>.allocate(capacity: capacity + capacity / 2)
    unsafe longer.moveInitialize(from: base, count: count)
    unsafe base.deallocate()
    unsafe base = longer
    capacity += capacity / 2
  }
}
