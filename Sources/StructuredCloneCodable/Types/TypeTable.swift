import Synchronization

/// What was found out about types, by their identity: asking a type itself, by casts, takes up to a hundred times as long.
///
/// A table only grows, by entries that never change or move. A bucket is the address of its first entry. One is made without a call,
/// so that nobody asks whether that has been done.
@safe struct TypeTable<Value: Sendable>: ~Copyable, Sendable {
  @safe struct Entry {
    fileprivate let identifier: UInt
    let value: Value
    fileprivate let next: UnsafePointer<Entry>?
  }

  private static var bucketCount: Int { 256 }

  /// The address of the buckets; 0 as long as there are none.
  private let address = Atomic<UInt>(0)

  private typealias Buckets = UnsafeMutablePointer<Atomic<UInt>>

  /// The buckets, which are never given back.
  private func makeBuckets() -> Buckets {
    let new = Buckets.allocate(capacity: Self.bucketCount)
    for index in 0..<Self.bucketCount { unsafe (new + index).initialize(to: Atomic(0)) }
    let (_, known) = address.compareExchange(
      expected: 0, desired: UInt(bitPattern: new), ordering: .acquiringAndReleasing)
    // Of two threads that make them at once the first counts.
    guard let first = unsafe Buckets(bitPattern: known) else { return unsafe new }
    unsafe new.deallocate()
    return unsafe first
  }

  @inline(__always)
  private static func entry(_ address: UInt) -> UnsafePointer<Entry>? {
    unsafe UnsafePointer(bitPattern: address)
  }

  @inline(__always)
  private static func bucket(_ identifier: UInt) -> Int {
    Int(truncatingIfNeeded: (identifier >> 4) ^ (identifier >> 12)) & (bucketCount - 1)
  }

  /// What is known of a type. The pointer is valid for ever.
  @inline(__always)
  func find<T>(_ type: T.Type) -> UnsafePointer<Entry>? {
    guard let buckets = unsafe Buckets(bitPattern: address.load(ordering: .acquiring)) else {
      return nil
    }
    let identifier = UInt(bitPattern: ObjectIdentifier(type))
    // Entries are complete before their address is stored.
    var next = unsafe Self.entry(buckets[Self.bucket(identifier)].load(ordering: .acquiring))
    while let entry = unsafe next {
      if unsafe entry.pointee.identifier == identifier { return unsafe entry }
      unsafe next = entry.pointee.next
    }
    return nil
  }

  /// Notes what was found out about a type; of two that do so at once, one is found later.
  func add<T>(_ value: Value, for type: T.Type) -> Value {
    let buckets =
      unsafe Buckets(bitPattern: address.load(ordering: .acquiring)) ?? makeBuckets()
    let identifier = UInt(bitPattern: ObjectIdentifier(type))
    let place = Self.bucket(identifier)
    let new = UnsafeMutablePointer<Entry>.allocate(capacity: 1)
    while true {
      let first = unsafe buckets[place].load(ordering: .acquiring)
      unsafe new.initialize(
        to: Entry(identifier: identifier, value: value, next: Self.entry(first)))
      let (exchanged, _) = unsafe buckets[place].compareExchange(
        expected: first, desired: UInt(bitPattern: new), ordering: .acquiringAndReleasing)
      if exchanged { return value }
      unsafe new.deinitialize(count: 1)
    }
  }
}
