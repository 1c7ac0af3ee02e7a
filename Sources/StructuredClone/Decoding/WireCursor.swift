/// A cursor over input bytes through a pointer, for the fast path.
///
/// Sound because every load is compared with `end` first; offsets of strings that were read stay below it.
@safe
struct WireCursor {
  private let input: UnsafeRawPointer
  let end: Int
  var position: Int

  init(_ input: UnsafeRawPointer, end: Int, position: Int) {
    unsafe self.input = input
    self.end = end
    self.position = position
  }

  /// Whether no byte is left.
  var isAtEnd: Bool { position >= end }

  /// Whether an object or an array in the dense form is next, the most usual containers.
  @inline(__always)
  var isAtContainer: Bool {
    guard position < end else { return false }
    let tag = byte(at: position)
    return tag == WireTag.beginObject || tag == WireTag.beginDenseArray
  }

  /// The byte at an offset in the input.
  @inline(__always)
  func byte(at offset: Int) -> UInt8 {
    assert(offset >= 0 && offset < end)
    return unsafe input.load(fromByteOffset: offset, as: UInt8.self)
  }

  /// Bytes that are all in the input, as long as it is borrowed.
  @inline(__always)
  func bytes(from offset: Int, count: Int) -> UnsafeRawBufferPointer {
    assert(offset >= 0 && count >= 0 && count <= end - offset)
    return unsafe UnsafeRawBufferPointer(start: input + offset, count: count)
  }

  /// Eight bytes that are all in the input.
  @inline(__always)
  func innerWord(at offset: Int) -> UInt64 {
    assert(offset >= 0 && offset <= end - 8)
    return unsafe UInt64(
      littleEndian: input.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
  }

  /// Eight bytes, the first in the lowest place; zeros stand for what is behind the end.
  @inline(__always)
  func word(at offset: Int) -> UInt64 {
    assert(offset >= 0)
    return offset <= end &- 8 ? innerWord(at: offset) : lastWord(at: offset)
  }

  /// The same for the last seven bytes, which are loaded together with those before.
  @inline(__always)
  private func lastWord(at offset: Int) -> UInt64 {
    guard end >= 8, offset < end else { return shortWord(at: offset) }
    return innerWord(at: end &- 8) &>> UInt64(truncatingIfNeeded: 8 &* (offset &- end &+ 8))
  }

  /// The same in inputs of less than eight bytes.
  @inline(never)
  private func shortWord(at offset: Int) -> UInt64 {
    var word: UInt64 = 0
    var position = end
    while position > offset {
      position -= 1
      word = word << 8 | UInt64(byte(at: position))
    }
    return word
  }

  /// A varint of at most five bytes, and where it ends; `nil` for longer ones and for those that do not end.
  @inline(__always)
  func varint(at offset: Int) -> (value: UInt32, end: Int)? {
    let word = word(at: offset)
    if word & 0x80 == 0 {
      return offset < end ? (UInt32(truncatingIfNeeded: word & 0x7F), offset &+ 1) : nil
    }
    guard let (value, length) = WireCursor.varint(in: word), offset &+ length <= end else {
      return nil
    }
    return (value, offset &+ length)
  }

  /// The varint of at most five bytes that a word begins with, and its length.
  @inline(__always)
  static func varint(in word: UInt64) -> (value: UInt32, length: Int)? {
    let stops = ~word & 0x80_8080_8080
    guard stops != 0 else { return nil }
    let length = stops.trailingZeroBitCount &>> 3 &+ 1
    let bits = word & ((1 &<< UInt64(truncatingIfNeeded: 8 &* length)) &- 1)
    let value =
      (bits & 0x7F) | (bits & 0x7F00) >> 1 | (bits & 0x7F_0000) >> 2 | (bits & 0x7F00_0000) >> 3
      | (bits & 0x7F_0000_0000) >> 4
    return (UInt32(truncatingIfNeeded: value), length)
  }

  /// The integer of a zigzag varint.
  @inline(__always)
  static func integer(_ bits: UInt32) -> Cell {
    .int32(Int32(bitPattern: bits >> 1) ^ -Int32(bitPattern: bits & 1))
  }

  /// Whether the bytes at two offsets are equal: eight or more, all in the input.
  @inline(__always)
  func areEqual(_ first: Int, _ second: Int, count: Int) -> Bool {
    var done = 0
    while done &+ 8 < count {
      guard innerWord(at: first &+ done) == innerWord(at: second &+ done) else { return false }
      done &+= 8
    }
    return innerWord(at: first &+ count &- 8) == innerWord(at: second &+ count &- 8)
  }

  /// Reads a primitive of the usual kinds; `nil`, and nothing is read, for anything else.
  @inline(__always)
  mutating func readPrimitive(stringLength: Int) -> Cell? {
    guard position < end else { return nil }
    switch byte(at: position) {
    case WireTag.int32:
      guard let (bits, next) = varint(at: position &+ 1) else { return nil }
      position = next
      return WireCursor.integer(bits)
    case WireTag.double:
      guard end &- position >= 9 else { return nil }
      position &+= 9
      return double(at: position &- 8)
    case WireTag.oneByteString:
      guard let (length, start) = varint(at: position &+ 1), Int(length) <= end &- start,
        Int(length) <= stringLength
      else { return nil }
      return string(from: position, to: start &+ Int(length))
    case WireTag.twoByteString:
      guard let (length, start) = varint(at: position &+ 1), Int(length) <= end &- start,
        length & 1 == 0, Int(length / 2) <= stringLength
      else { return nil }
      return string(from: position, to: start &+ Int(length))
    case WireTag.true: return constant(.true)
    case WireTag.false: return constant(.false)
    case WireTag.null: return constant(.null)
    case WireTag.undefined: return constant(.undefined)
    case WireTag.uint32:
      guard let (value, next) = varint(at: position &+ 1) else { return nil }
      position = next
      return .number(Double(value))
    default: return nil
    }
  }

  /// The double at an offset. Another NaN than the canonical one stays where it is.
  @inline(__always)
  private func double(at offset: Int) -> Cell {
    let bits = word(at: offset)
    if bits & ~(1 << 63) > 0x7FF0_0000_0000_0000, bits != Cell.double(.nan).bits {
      return .nan(at: UInt32(truncatingIfNeeded: offset))
    }
    return Cell(bits: bits)
  }

  @inline(__always)
  private mutating func string(from start: Int, to end: Int) -> Cell {
    position = end
    return .string(at: UInt32(truncatingIfNeeded: start))
  }

  @inline(__always)
  private mutating func constant(_ cell: Cell) -> Cell {
    position &+= 1
    return cell
  }
}
