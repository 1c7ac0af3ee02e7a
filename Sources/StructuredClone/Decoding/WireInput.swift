/// Input bytes through a pointer, for the fast path.
///
/// Sound because every load is compared with `end` first; offsets of strings that were read stay below it. The position is
/// not kept here: what is written in parts and copied as a whole soon after waits in the processor for the writes.
@safe
@usableFromInline struct WireInput {
  @usableFromInline let input: UnsafeRawPointer
  @usableFromInline let end: Int

  @inlinable
  init(_ input: UnsafeRawPointer, end: Int) {
    unsafe self.input = input
    self.end = end
  }

  /// The most units of strings that ``usualPrimitive(at:)`` reads.
  static let longestUsualString = 0x7F

  /// Up to where ``usualPrimitive(at:)`` can read: some bytes before the end, so that it loads whole words.
  var usualEnd: Int { end &- 16 }

  /// Whether an object or an array in the dense form is at an offset, the most usual containers.
  @inline(__always)
  func isContainer(at offset: Int) -> Bool {
    guard offset < end else { return false }
    let tag = byte(at: offset)
    return tag == WireTag.beginObject || tag == WireTag.beginDenseArray
  }

  /// The byte at an offset in the input.
  @inlinable @inline(__always)
  func byte(at offset: Int) -> UInt8 {
    assert(offset >= 0 && offset < end)
    return unsafe input.load(fromByteOffset: offset, as: UInt8.self)
  }

  /// Bytes that are all in the input, as long as it is borrowed.
  @inlinable @inline(__always)
  func bytes(from offset: Int, count: Int) -> UnsafeRawBufferPointer {
    assert(offset >= 0 && count >= 0 && count <= end - offset)
    return unsafe UnsafeRawBufferPointer(start: input + offset, count: count)
  }

  /// Eight bytes that are all in the input.
  @inlinable @inline(__always)
  func innerWord(at offset: Int) -> UInt64 {
    assert(offset >= 0 && offset <= end - 8)
    return unsafe UInt64(
      littleEndian: input.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
  }

  /// Eight bytes, the first in the lowest place; zeros stand for what is behind the end.
  @inlinable @inline(__always)
  func word(at offset: Int) -> UInt64 {
    assert(offset >= 0)
    return offset <= end &- 8 ? innerWord(at: offset) : lastWord(at: offset)
  }

  /// The same for the last seven bytes, which are loaded together with those before.
  @inlinable @inline(__always)
  func lastWord(at offset: Int) -> UInt64 {
    guard end >= 8, offset < end else { return shortWord(at: offset) }
    return innerWord(at: end &- 8) &>> UInt64(truncatingIfNeeded: 8 &* (offset &- end &+ 8))
  }

  /// The same in inputs of less than eight bytes.
  @inline(never) @usableFromInline
  func shortWord(at offset: Int) -> UInt64 {
    var word: UInt64 = 0
    var position = end
    while position > offset {
      position -= 1
      word = word << 8 | UInt64(byte(at: position))
    }
    return word
  }

  /// A varint of at most five bytes, and where it ends; `nil` for longer ones and for those that do not end.
  @inlinable @inline(__always)
  func varint(at offset: Int) -> (value: UInt32, end: Int)? {
    let word = word(at: offset)
    if word & 0x80 == 0 {
      return offset < end ? (UInt32(truncatingIfNeeded: word & 0x7F), offset &+ 1) : nil
    }
    guard let (value, length) = WireInput.varint(in: word), offset &+ length <= end else {
      return nil
    }
    return (value, offset &+ length)
  }

  /// The varint of at most five bytes that a word begins with, and its length.
  @inlinable @inline(__always)
  static func varint(in word: UInt64) -> (value: UInt32, length: Int)? {
    let stops = ~word & 0x80_8080_8080
    guard stops != 0 else { return nil }
    // All bits up to that which ends the varint.
    let bits = word & (stops ^ (stops &- 1))
    let value =
      (bits & 0x7F) | (bits & 0x7F00) >> 1 | (bits & 0x7F_0000) >> 2 | (bits & 0x7F00_0000) >> 3
      | (bits & 0x7F_0000_0000) >> 4
    return (UInt32(truncatingIfNeeded: value), stops.trailingZeroBitCount &>> 3 &+ 1)
  }

  /// The varint of at most five bytes behind the tag that a word begins with, and the length of both. The length is known
  /// as early as possible: a loop over integers waits for it.
  @inlinable @inline(__always)
  static func varint(behindTagIn word: UInt64) -> (value: UInt32, length: Int)? {
    let stops = ~word & 0x8080_8080_8000
    guard stops != 0 else { return nil }
    let bits = word & (stops ^ (stops &- 1))
    let low = bits >> 8 & 0x7F | bits >> 9 & 0x3F80 | bits >> 10 & 0x1F_C000
    let value = low | bits >> 11 & 0xFE0_0000 | bits >> 12 & 0xF000_0000
    return (UInt32(truncatingIfNeeded: value), stops.trailingZeroBitCount &>> 3 &+ 1)
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

  /// Reads a primitive of the most usual kinds that begins before ``usualEnd``; a hole, and nothing is read, for anything
  /// else. Strings are short.
  @inline(__always)
  func usualPrimitive(at position: inout Int) -> Cell {
    let start = position
    let word = innerWord(at: start)
    switch UInt8(truncatingIfNeeded: word) {
    case WireTag.oneByteString:
      let next = start &+ 2 &+ Int(truncatingIfNeeded: word >> 8 & 0xFF)
      guard word & 0x8000 == 0, next <= end else { return .hole }
      position = next
      return .string(at: UInt32(truncatingIfNeeded: start))
    case WireTag.twoByteString:
      let next = start &+ 2 &+ Int(truncatingIfNeeded: word >> 8 & 0xFF)
      guard word & 0x8100 == 0, next <= end else { return .hole }
      position = next
      return .string(at: UInt32(truncatingIfNeeded: start))
    case WireTag.int32:
      guard let (bits, length) = WireInput.varint(behindTagIn: word) else { return .hole }
      position = start &+ length
      return WireInput.integer(bits)
    case WireTag.double:
      let bits = innerWord(at: start &+ 1)
      guard WireInput.isNumber(bits) else { return .hole }
      position = start &+ 9
      return Cell(bits: bits)
    case WireTag.true:
      position = start &+ 1
      return .true
    case WireTag.false:
      position = start &+ 1
      return .false
    case WireTag.null:
      position = start &+ 1
      return .null
    default: return .hole
    }
  }

  /// Reads a short string that begins before ``usualEnd``, of either kind, or behind a byte of padding, which engines write
  /// so that units of two bytes are aligned; `nil`, and nothing is read, for anything else.
  ///
  /// No branch depends on the kind: where kinds are mixed, a processor guesses every other branch wrong.
  @inline(__always)
  func usualString(at position: inout Int) -> Cell? {
    var word = innerWord(at: position)
    let padding = word & 0xFFFF == UInt64(WireTag.twoByteString) << 8 ? 1 : 0
    word &>>= UInt64(truncatingIfNeeded: 8 &* padding)
    let start = position &+ padding
    // The highest bit of a length says that it goes on; the lowest is 0 where units have two bytes.
    // A product, which is 0 if one of them is, because compilers make branches of conditions.
    let oneByteMismatch = word & 0x80FF ^ UInt64(WireTag.oneByteString)
    let twoByteMismatch = word & 0x81FF ^ UInt64(WireTag.twoByteString)
    let next = start &+ 2 &+ Int(truncatingIfNeeded: word >> 8 & 0xFF)
    guard oneByteMismatch &* twoByteMismatch == 0, next <= end else { return nil }
    position = next
    return .string(at: UInt32(truncatingIfNeeded: start))
  }

  /// Reads an integer that begins before ``usualEnd``; `nil`, and nothing is read, for anything else.
  @inline(__always)
  func usualInteger(at position: inout Int) -> Cell? {
    let word = innerWord(at: position)
    guard UInt8(truncatingIfNeeded: word) == WireTag.int32,
      let (bits, length) = WireInput.varint(behindTagIn: word)
    else { return nil }
    position &+= length
    return WireInput.integer(bits)
  }

  /// Reads a double that begins before ``usualEnd`` and is a number; `nil`, and nothing is read, for anything else.
  @inline(__always)
  func usualDouble(at position: inout Int) -> Cell? {
    let bits = innerWord(at: position &+ 1)
    guard byte(at: position) == WireTag.double, WireInput.isNumber(bits) else { return nil }
    position &+= 9
    return Cell(bits: bits)
  }

  /// Whether a double is a number, so that its bits are its cell's.
  @inline(__always)
  static func isNumber(_ bits: UInt64) -> Bool { bits &<< 1 <= 0xFFE0_0000_0000_0000 }

  /// Reads a primitive of the usual kinds; `nil`, and nothing is read, for anything else.
  @inline(__always)
  func readPrimitive(at position: inout Int, stringLength: Int) -> Cell? {
    let start = position
    guard start < end else { return nil }
    switch byte(at: start) {
    case WireTag.int32:
      guard let (bits, next) = varint(at: start &+ 1) else { return nil }
      position = next
      return WireInput.integer(bits)
    case WireTag.double:
      guard end &- start >= 9 else { return nil }
      position = start &+ 9
      return double(at: start &+ 1)
    case WireTag.oneByteString:
      guard let (length, bytes) = varint(at: start &+ 1), Int(length) <= end &- bytes,
        Int(length) <= stringLength
      else { return nil }
      position = bytes &+ Int(length)
      return .string(at: UInt32(truncatingIfNeeded: start))
    case WireTag.twoByteString:
      guard let (length, bytes) = varint(at: start &+ 1), Int(length) <= end &- bytes,
        length & 1 == 0, Int(length / 2) <= stringLength
      else { return nil }
      position = bytes &+ Int(length)
      return .string(at: UInt32(truncatingIfNeeded: start))
    case WireTag.true:
      position = start &+ 1
      return .true
    case WireTag.false:
      position = start &+ 1
      return .false
    case WireTag.null:
      position = start &+ 1
      return .null
    case WireTag.undefined:
      position = start &+ 1
      return .undefined
    case WireTag.uint32:
      guard let (value, next) = varint(at: start &+ 1) else { return nil }
      position = next
      return .number(Double(value))
    default: return nil
    }
  }

  /// The double at an offset. Another NaN than the canonical one stays where it is.
  @inline(__always)
  private func double(at offset: Int) -> Cell {
    let bits = word(at: offset)
    guard WireInput.isNumber(bits) || bits == Cell.double(.nan).bits else {
      return .nan(at: UInt32(truncatingIfNeeded: offset))
    }
    return Cell(bits: bits)
  }
}
