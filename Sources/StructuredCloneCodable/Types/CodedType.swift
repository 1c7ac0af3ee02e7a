import StructuredClone
import Synchronization

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// How the coders treat a type.
enum TypeKind: UInt8 {
  /// By its own `encode(to:)` and `init(from:)`.
  case ordinary
  /// The same, but it is a class, whose instances have an identity.
  case instance
  /// The same, but it is no level of its own: what it wraps is.
  case optional
  case bool, string, double, float
  case int, int8, int16, int32, int64, int128
  case uint, uint8, uint16, uint32, uint64, uint128
  case date, data, url, decimal
  /// A type of this package, which is what it is in the payload.
  case cloneValue
  case array, dictionary, set
  case integers, doubles, strings

  /// Whether a value needs no coder of its own, mostly.
  @inline(__always)
  var isLeaf: Bool {
    switch self {
    case .ordinary, .instance, .optional, .array, .dictionary, .set: false
    default: true
    }
  }
}

/// What is known of a type, found by its identity: asking the type itself, by casts, takes up to a hundred times as long.
///
/// The table only grows, by entries that never change or move. A bucket is the address of its first entry.
@safe struct CodedType {
  let kind: TypeKind
  /// The number of elements of an array that a pointer leads to.
  let arrayCount: (@Sendable (UnsafeRawPointer) -> Int)?

  @safe private struct Entry {
    let identifier: UInt
    let type: CodedType
    let next: UnsafePointer<Entry>?
  }

  private static let bucketCount = 256

  // Allocated once; the pointer never changes, and what it points to is atomic.
  private nonisolated(unsafe) static let buckets: UnsafeMutablePointer<Atomic<UInt>> = {
    let buckets = UnsafeMutablePointer<Atomic<UInt>>.allocate(capacity: bucketCount)
    for index in 0..<bucketCount { unsafe (buckets + index).initialize(to: Atomic(0)) }
    return unsafe buckets
  }()

  @inline(__always)
  private static func entry(_ address: UInt) -> UnsafePointer<Entry>? {
    unsafe UnsafePointer(bitPattern: address)
  }

  /// How values of a type are treated.
  @inline(__always)
  static func kind<T>(of type: T.Type) -> TypeKind {
    unsafe find(ObjectIdentifier(type))?.pointee.type.kind ?? add(type).kind
  }

  /// All that is known of a type.
  static func of<T>(_ type: T.Type) -> CodedType {
    unsafe find(ObjectIdentifier(type))?.pointee.type ?? add(type)
  }

  @inline(__always)
  private static func bucket(_ identifier: UInt) -> Int {
    Int(truncatingIfNeeded: (identifier >> 4) ^ (identifier >> 12)) & (bucketCount - 1)
  }

  @inline(__always)
  private static func find(_ identifier: ObjectIdentifier) -> UnsafePointer<Entry>? {
    let identifier = UInt(bitPattern: identifier)
    // Entries are complete before their address is stored.
    var next = unsafe entry(buckets[bucket(identifier)].load(ordering: .acquiring))
    while let entry = unsafe next {
      if unsafe entry.pointee.identifier == identifier { return unsafe entry }
      unsafe next = entry.pointee.next
    }
    return nil
  }

  @inline(never)
  private static func add<T>(_ type: T.Type) -> CodedType {
    let known = CodedType(type)
    let identifier = UInt(bitPattern: ObjectIdentifier(type))
    let place = bucket(identifier)
    let new = UnsafeMutablePointer<Entry>.allocate(capacity: 1)
    while true {
      let first = unsafe buckets[place].load(ordering: .acquiring)
      unsafe new.initialize(
        to: Entry(identifier: identifier, type: known, next: entry(first)))
      let (exchanged, _) = unsafe buckets[place].compareExchange(
        expected: first, desired: UInt(bitPattern: new), ordering: .acquiringAndReleasing)
      if exchanged { return known }
    }
  }

  private init<T>(_ type: T.Type) {
    kind = CodedType.classify(type)
    if kind == .array, let array = type as? any CountedArray.Type {
      unsafe arrayCount = CodedType.counter(array)
    } else {
      unsafe arrayCount = nil
    }
  }

  private static func counter<A: CountedArray>(
    _ array: A.Type
  ) -> @Sendable (UnsafeRawPointer) -> Int {
    { pointer in unsafe pointer.assumingMemoryBound(to: A.self).pointee.count }
  }

  private static let kinds: [ObjectIdentifier: TypeKind] = [
    ObjectIdentifier(Bool.self): .bool, ObjectIdentifier(String.self): .string,
    ObjectIdentifier(Double.self): .double, ObjectIdentifier(Float.self): .float,
    ObjectIdentifier(Int.self): .int, ObjectIdentifier(Int8.self): .int8,
    ObjectIdentifier(Int16.self): .int16, ObjectIdentifier(Int32.self): .int32,
    ObjectIdentifier(Int64.self): .int64, ObjectIdentifier(Int128.self): .int128,
    ObjectIdentifier(UInt.self): .uint, ObjectIdentifier(UInt8.self): .uint8,
    ObjectIdentifier(UInt16.self): .uint16, ObjectIdentifier(UInt32.self): .uint32,
    ObjectIdentifier(UInt64.self): .uint64, ObjectIdentifier(UInt128.self): .uint128,
    ObjectIdentifier(Date.self): .date, ObjectIdentifier(Data.self): .data,
    ObjectIdentifier(URL.self): .url, ObjectIdentifier(Decimal.self): .decimal,
    ObjectIdentifier([Int].self): .integers, ObjectIdentifier([Double].self): .doubles,
    ObjectIdentifier([String].self): .strings,
  ]

  private static func classify<T>(_ type: T.Type) -> TypeKind {
    if let kind = kinds[ObjectIdentifier(type)] { return kind }
    if type is any PassedValue.Type { return .cloneValue }
    if type is any CountedArray.Type { return .array }
    if type is any DictionaryCoding.Type { return .dictionary }
    if type is any SetCoding.Type { return .set }
    if type is any OptionalValue.Type { return .optional }
    return type is AnyObject.Type ? .instance : .ordinary
  }
}

/// An optional.
private protocol OptionalValue {}

extension Optional: OptionalValue {}

/// An array, whose length is known before its elements are written.
protocol CountedArray: SendableMetatype { var count: Int { get } }

extension Array: CountedArray {}
extension ContiguousArray: CountedArray {}
