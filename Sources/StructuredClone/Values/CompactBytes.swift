/// The bytes of a string or a big integer, and one mark: few bytes in the value itself, more as a slice of an array, or where
/// the compiler put them.
@usableFromInline
struct CompactBytes: Sendable {
  /// What the bytes are a slice of; `nil` for at most ``ShortContent/longest`` bytes, which the two words hold; empty for bytes
  /// that nobody owns.
  @usableFromInline let storage: [UInt8]?
  /// The first eight bytes of few, or where the slice begins, or the address of what nobody owns.
  @usableFromInline let first: UInt64
  /// The other seven of few bytes and, in the highest byte, count and mark; or only count and mark: the number of
  /// bytes, doubled, and the lowest bit.
  @usableFromInline let second: UInt64

  @inlinable
  init(storage: [UInt8]?, first: UInt64, second: UInt64) {
    self.storage = storage
    self.first = first
    self.second = second
  }

  /// A slice of bytes, which keeps them unless it is short.
  init(_ bytes: [UInt8], start: Int, count: Int, isMarked: Bool) {
    if count <= ShortContent.longest {
      // The pointer does not leave the closure.
      let content = unsafe bytes.withUnsafeBytes {
        unsafe ShortContent(UnsafeRawBufferPointer(rebasing: $0[start..<(start + count)]))
      }
      self.init(content, count: count, isMarked: isMarked)
    } else {
      precondition(start >= 0 && count <= bytes.count - start)
      self.init(
        storage: bytes, first: UInt64(start), second: UInt64(count) << 1 | (isMarked ? 1 : 0))
    }
  }

  /// So many bytes of short content.
  @inlinable
  init(_ content: ShortContent, count: Int, isMarked: Bool) {
    let countAndMark = UInt64(count) << 1 | (isMarked ? 1 : 0)
    self.init(storage: nil, first: content.first, second: content.second | (countAndMark << 56))
  }

  /// More than ``ShortContent/longest`` bytes that are never freed: those of a literal.
  @inlinable
  init(immortal bytes: UnsafePointer<UInt8>, count: Int) {
    assert(count > ShortContent.longest)
    self.init(
      storage: [], first: UInt64(UInt(bitPattern: bytes)), second: UInt64(count) << 1)
  }

  @inlinable
  var countAndMark: UInt64 { storage == nil ? second >> 56 : second }

  @inlinable
  var isMarked: Bool { countAndMark & 1 != 0 }

  /// The number of bytes.
  @inlinable
  var count: Int { Int(countAndMark >> 1) }

  /// The bytes if they are few, else `nil`.
  @inline(__always)
  var short: ShortContent? {
    storage == nil ? ShortContent(first: first, second: (second << 8) >> 8) : nil
  }

  /// The bytes if they are more than ``ShortContent/longest``, else `nil`; a copy if they are no slice of an array.
  var slice: ArraySlice<UInt8>? {
    guard let storage else { return nil }
    guard !storage.isEmpty else { return unsafe withBytes { unsafe ArraySlice($0) } }
    return storage[Int(first)..<(Int(first) + count)]
  }

  /// The byte at a position below ``count``.
  subscript(position: Int) -> UInt8 {
    if let short { return short[position] }
    return unsafe withBytes { unsafe $0[position] }
  }

  /// Calls a function with the bytes.
  @inline(__always)
  func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    guard let storage else {
      return unsafe ShortContent(first: first, second: (second << 8) >> 8)
        .withBytes(count: count, body)
    }
    // The pointer does not leave the closure. Whoever made this of no storage vouched for the address, and a slice was compared
    // with its array.
    return unsafe storage.withUnsafeBytes { bytes in
      let start =
        unsafe bytes.isEmpty
        ? UnsafeRawPointer(bitPattern: UInt(truncatingIfNeeded: first))
        : bytes.baseAddress.map { unsafe $0 + Int(first) }
      return unsafe body(UnsafeRawBufferPointer(start: start, count: count))
    }
  }

  /// The bytes of what is not short, as long as it is kept.
  ///
  /// A function of its own, as the writing loop takes longer for all that it meets if it has this in place.
  @inline(never)
  var longBytes: UnsafeRawBufferPointer { unsafe withBytes { unsafe $0 } }

  /// Whether not much else is kept with them.
  var isCompact: Bool {
    guard let storage else { return true }
    return storage.count <= 2 * count + 64
  }

  /// The same bytes in an array of just their size, if they are a slice of one.
  func detached() -> CompactBytes {
    guard let storage, !storage.isEmpty, count < storage.count else { return self }
    let bytes = Array(storage[Int(first)..<(Int(first) + count)])
    return CompactBytes(bytes, start: 0, count: count, isMarked: isMarked)
  }
}

extension CompactBytes: Equatable {
  /// Whether both have the same bytes and mark.
  @usableFromInline
  static func == (left: CompactBytes, right: CompactBytes) -> Bool {
    if left.storage == nil || right.storage == nil {
      return left.storage == nil && right.storage == nil && left.first == right.first
        && left.second == right.second
    }
    // Count and mark, then the bytes. The pointers do not leave the closures.
    return left.second == right.second
      && (unsafe left.withBytes { left in
        unsafe right.withBytes { right in unsafe left.hasSameBytes(as: right) }
      })
  }
}
