import Synchronization

/// What was found out about types, by their identity: asking a type itself, by casts, takes up to a hundred times as long.
///
/// A table only grows, by entries that never change or move. A bucket is the address of its first entry. One is made without a call,
/// so that nobody asks whether that has been done.
@safe struct TypeTable<Value: Sendable>: ~Copyable, Sendable {
  /// A type, and its conformance to a protocol if that counts: two modules may declare one each.
  struct Identity: Equatable, Sendable {
    fileprivate let type: UInt
    fileprivate let conformance: UInt

    @inline(__always)
    init<T>(_ type: T.Type) {
      self.type = UInt(bitPattern: ObjectIdentifier(type))
      conformance = 0
    }

    /// A type of keys.
    @inline(__always)
    init(key: any CodingKey.Type) {
      // A type of which is known that it conforms is its address and that of its conformance.
      (type, conformance) = unsafe unsafeBitCast(
        key as any CodingKey.Type, to: (UInt, UInt).self)
    }
  }

  @safe struct Entry {
    fileprivate let identity: Identity
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
  private static func bucket(_ identity: Identity) -> Int {
    Int(truncatingIfNeeded: (identity.type >> 4) ^ (identity.type >> 12)) & (bucketCount - 1)
  }

  /// What is known of a type. The pointer is valid for ever.
  @inline(__always)
  func find(_ identity: Identity) -> UnsafePointer<Entry>? {
    guard let buckets = unsafe Buckets(bitPattern: address.load(ordering: .acquiring)) else {
      return nil
    }
    // Entries are complete before their address is stored.
    var next = unsafe Self.entry(buckets[Self.bucket(identity)].load(ordering: .acquiring))
    while let entry = unsafe next {
      if unsafe entry.pointee.identity == identity { return unsafe entry }
      unsafe next = entry.pointee.next
    }
    return nil
  }

  /// Notes what was found out about a type; of two that do so at once, one is found later.
  func add(_ value: Value, for identity: Identity) -> Value {
    let buckets =
      unsafe Buckets(bitPattern: address.load(ordering: .acquiring)) ?? makeBuckets()
    let place = Self.bucket(identity)
    let new = UnsafeMutablePointer<Entry>.allocate(capacity: 1)
    while true {
      let first = unsafe buckets[place].load(ordering: .acquiring)
      unsafe new.initialize(
        to: Entry(identity: identity, value: value, next: Self.entry(first)))
      let (exchanged, _) = unsafe buckets[place].compareExchange(
        expected: first, desired: UInt(bitPattern: new), ordering: .acquiringAndReleasing)
      if exchanged { return value }
      unsafe new.deinitialize(count: 1)
    }
  }
}
