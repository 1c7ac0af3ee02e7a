import Synchronization

/// A few objects that are used again by whoever needs one next, on any thread: each by one at a time.
struct SpareObjects<Object: AnyObject>: ~Copyable, Sendable {
  /// The addresses of objects that are held here; 0 for none.
  private let first = Atomic<UInt>(0)
  private let second = Atomic<UInt>(0)
  private let third = Atomic<UInt>(0)
  private let fourth = Atomic<UInt>(0)
  /// How many objects can be held.
  private static var capacity: Int { 4 }
  /// How many objects were made to be held here.
  private let madeCount = Atomic(0)

  /// Whether one more object may be made, which will be held here.
  func mayMakeOne() -> Bool {
    madeCount.load(ordering: .relaxed) < Self.capacity
      && madeCount.wrappingAdd(1, ordering: .relaxed).oldValue < Self.capacity
  }

  /// Takes an object, if there is one.
  @inline(__always)
  func take() -> sending Object? { Self.take(first) ?? takeOther() }

  @inline(never)
  private func takeOther() -> sending Object? {
    Self.take(second) ?? Self.take(third) ?? Self.take(fourth)
  }

  /// Gives an object that nobody else has to whoever needs one next, unless there are enough.
  @inline(__always)
  func give(_ object: sending Object) {
    if !Self.give(object, first) { giveOther(object) }
  }

  @inline(never)
  private func giveOther(_ object: Object) {
    _ = Self.give(object, second) || Self.give(object, third) || Self.give(object, fourth)
  }

  @inline(__always)
  private static func take(_ place: borrowing Atomic<UInt>) -> sending Object? {
    // Nobody waits for a place that is empty.
    guard place.load(ordering: .relaxed) != 0 else { return nil }
    // Whoever exchanges an address has the reference that was held by it.
    let address = place.exchange(0, ordering: .acquiring)
    guard let pointer = unsafe UnsafeRawPointer(bitPattern: address) else { return nil }
    return unsafe Unmanaged<Object>.fromOpaque(pointer).takeRetainedValue()
  }

  @inline(__always)
  private static func give(_ object: Object, _ place: borrowing Atomic<UInt>) -> Bool {
    let reference = unsafe Unmanaged.passRetained(object)
    let address = unsafe UInt(bitPattern: reference.toOpaque())
    if place.compareExchange(expected: 0, desired: address, ordering: .releasing).exchanged {
      return true
    }
    unsafe reference.release()
    return false
  }
}
