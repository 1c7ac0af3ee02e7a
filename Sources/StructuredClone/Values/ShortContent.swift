/// The content of a short string in two words: at most 15 bytes, and zeros behind them.
///
/// Names of properties and many strings are no longer than that. Held in the string itself they take no memory of their
/// own and nothing that is counted when they are copied: half of the time of visiting a decoded object
/// (Documentation/Performance.md).
@usableFromInline
package struct ShortContent: Hashable, BitwiseCopyable, Sendable {
  /// The most bytes that fit.
  @inlinable static var longest: Int { 15 }

  /// The first eight bytes, the very first in the lowest place.
  @usableFromInline let first: UInt64
  /// The seven others. The highest byte is zero.
  @usableFromInline let second: UInt64

  static let empty = ShortContent(first: 0, second: 0)

  @inlinable
  init(first: UInt64, second: UInt64) {
    self.first = first
    self.second = second
  }

  /// The first eight and the last seven of many bytes, for a hash; all of no more than ``longest``.
  package init(endsOf bytes: UnsafeRawBufferPointer) {
    guard bytes.count > ShortContent.longest else {
      unsafe self.init(bytes)
      return
    }
    unsafe self.init(
      first: ShortContent.word(bytes, at: 0),
      second: ShortContent.word(bytes, at: bytes.count &- 8) >> 8)
  }

  /// The content of at most ``longest`` bytes.
  @inlinable @inline(__always)
  package init(_ bytes: UnsafeRawBufferPointer) {
    let count = bytes.count
    assert(count <= ShortContent.longest)
    // All loads are within the bytes; they overlap where that is fewer than two full ones.
    if count >= 8 {
      first = unsafe ShortContent.word(bytes, at: 0)
      second = unsafe ShortContent.word(bytes, at: count &- 8) >> UInt64(8 &* (16 &- count))
      return
    }
    second = 0
    if count >= 4 {
      let low = unsafe UInt32(littleEndian: bytes.loadUnaligned(as: UInt32.self))
      let high = unsafe UInt32(
        littleEndian: bytes.loadUnaligned(fromByteOffset: count &- 4, as: UInt32.self))
      first = UInt64(low) | UInt64(high) &<< UInt64(8 &* (count &- 4))
    } else if count > 0 {
      let middle = count / 2
      let low = unsafe UInt64(bytes[0]) | UInt64(bytes[middle]) &<< UInt64(8 &* middle)
      first = unsafe low | UInt64(bytes[count &- 1]) &<< UInt64(8 &* (count &- 1))
    } else {
      first = 0
    }
  }

  /// The content of so many bytes from an offset on, behind which there are 16 bytes.
  @inlinable
  init(_ bytes: UnsafeRawBufferPointer, from offset: Int, count: Int) {
    assert(count <= ShortContent.longest && offset + 16 <= bytes.count)
    let isLong = count >= 8
    let mask: UInt64 = (1 &<< UInt64(truncatingIfNeeded: 8 &* (count & 7))) &- 1
    first = unsafe ShortContent.word(bytes, at: offset) & (isLong ? ~0 : mask)
    second = unsafe ShortContent.word(bytes, at: offset &+ 8) & (isLong ? mask : 0)
  }

  @inlinable
  static func word(_ bytes: UnsafeRawBufferPointer, at offset: Int) -> UInt64 {
    unsafe UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
  }

  /// Whether no byte is above 0x7F.
  @inlinable var isASCII: Bool { (first | second) & 0x8080_8080_8080_8080 == 0 }

  /// Whether the first byte is that of a digit.
  @inlinable package var beginsWithDigit: Bool {
    (0x30...0x39).contains(UInt8(truncatingIfNeeded: first))
  }

  /// Bits that are probably others for another content.
  @inlinable package var hash: UInt64 {
    (first ^ (second &<< 7)) &* 0x9E37_79B9_7F4A_7C15
  }

  /// The byte at a position below 15.
  subscript(position: Int) -> UInt8 {
    let word = position < 8 ? first : second
    return UInt8(truncatingIfNeeded: word &>> UInt64(8 &* (position & 7)))
  }

  /// Calls a function with the first bytes.
  @inlinable @inline(__always)
  func withBytes<Result>(count: Int, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    // The pointer does not leave the closure.
    unsafe withUnsafeBytes(of: (first.littleEndian, second.littleEndian)) {
      unsafe body(UnsafeRawBufferPointer(rebasing: $0[..<count]))
    }
  }
}
