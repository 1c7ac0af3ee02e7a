/// A stack in one piece of memory, for loops over graphs and for coders. Pointers, because a check, a copy on write and an array's
/// count for each container took a tenth of the time of small objects.
@safe @usableFromInline package struct AddressStack<Element: BitwiseCopyable>: ~Copyable {
  @usableFromInline var base: UnsafeMutablePointer<Element>
  @usableFromInline var capacity: Int
  @usableFromInline var ownsMemory: Bool
  @usableFromInline package internal(set) var count = 0

  /// How many elements there is room for once there is one.
  @inlinable static var firstCapacity: Int { 16 }

  private init(_ base: UnsafeMutablePointer<Element>, capacity: Int, ownsMemory: Bool) {
    unsafe self.base = base
    self.capacity = capacity
    self.ownsMemory = ownsMemory
  }

  package init() {
    // Where there is no room no element is read or written.
    let nowhere = unsafe UnsafeMutablePointer<Element>(
      bitPattern: MemoryLayout<Element>.alignment)
    unsafe self.init(nowhere.unsafelyUnwrapped, capacity: 0, ownsMemory: false)
  }

  /// Makes a stack that begins in memory of the caller's, which lives as long as the stack does.
  package init(in memory: UnsafeMutableBufferPointer<Element>) {
    if let base = memory.baseAddress {
      unsafe self.init(base, capacity: memory.count, ownsMemory: false)
    } else {
      self.init()
    }
  }

  /// The same with raw memory that nothing else uses.
  package init(in memory: UnsafeMutableRawPointer, capacity: Int) {
    unsafe self.init(
      memory.bindMemory(to: Element.self, capacity: capacity), capacity: capacity,
      ownsMemory: false)
  }

  // Elements have nothing to release.
  deinit {
    if ownsMemory { unsafe base.deallocate() }
  }

  @inlinable @inline(__always)
  package subscript(position: Int) -> Element {
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
  @inlinable @inline(__always)
  package var top: Element {
    get { self[count - 1] }
    _modify { yield &self[count - 1] }
  }

  @inlinable @inline(__always)
  package mutating func push(_ element: Element) {
    if count == capacity { grow() }
    // There is room for one more.
    unsafe (base + count).initialize(to: element)
    count += 1
  }

  @inlinable @inline(__always)
  package mutating func pop() {
    assert(count > 0)
    count -= 1
  }

  /// Takes all elements off but the first.
  @inlinable @inline(__always)
  package mutating func pop(to count: Int) {
    assert(count >= 0 && count <= self.count)
    self.count = count
  }

  // Inlinable, so that it is made for the elements of other modules.
  @inlinable @inline(never)
  mutating func grow() {
    let more = capacity == 0 ? Self.firstCapacity : capacity / 2 + 1
    let longer = UnsafeMutablePointer<Element>.allocate(capacity: capacity + more)
    unsafe longer.moveInitialize(from: base, count: count)
    if ownsMemory { unsafe base.deallocate() }
    unsafe base = longer
    ownsMemory = true
    capacity += more
  }
}
