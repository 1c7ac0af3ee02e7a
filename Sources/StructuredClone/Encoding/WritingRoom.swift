/// Where the next byte goes and what may be written behind it, as a loop has it at hand in variables of its own.
@safe struct WritingRoom {
  /// Where the next byte goes; what is between here and `end` may be written.
  var out: UnsafeMutableRawPointer
  private(set) var end: UnsafeMutableRawPointer
  /// What `out` has to be reduced by to be an offset in the payload.
  private var origin: UInt

  /// What a loop has before each cell: for a string of 30 units and its padding, copied by 32 bytes, or for the begin
  /// or the end of any plain container.
  static let forAnyCell = 48
  /// The same for two cells.
  static let forTurn = 2 * forAnyCell

  /// That of a writer, which is not to be used until it is told of what was written.
  @inline(__always)
  init(of writer: borrowing WireWriter) {
    unsafe out = writer.position
    unsafe end = writer.end
    origin = writer.origin
  }

  /// Tells the writer of what was written.
  @inline(__always)
  func save(_ writer: inout WireWriter) { unsafe writer.position = out }

  /// Makes sure that there is room.
  @inline(__always)
  mutating func ensure(of writer: inout WireWriter, _ number: Int = WritingRoom.forAnyCell) {
    guard unsafe end - out < number else { return }
    save(&writer)
    writer.makeRoom(number)
    self = WritingRoom(of: writer)
  }

  // MARK: - Where there is room for any cell

  /// Writes one byte, a tag.
  @inline(__always)
  mutating func write(tag: UInt8) {
    unsafe out.storeBytes(of: tag, as: UInt8.self)
    unsafe out += 1
  }

  /// Writes a tag and a varint.
  @inline(__always)
  mutating func write(tag: UInt8, _ count: Int) {
    unsafe out.storeBytes(of: tag, as: UInt8.self)
    unsafe out = Varint.store(UInt64(truncatingIfNeeded: count), at: out + 1)
  }

  /// Writes the end of a packed array without named properties.
  @inline(__always)
  mutating func write(endOfArray count: Int) {
    unsafe out.storeBytes(of: WireTag.endDenseArray, as: UInt8.self)
    unsafe out.storeBytes(of: 0, toByteOffset: 1, as: UInt8.self)
    unsafe out = Varint.store(UInt64(truncatingIfNeeded: count), at: out + 2)
  }

  /// Pads so that what is written behind so many bytes begins at an even offset.
  @inline(__always)
  mutating func align(unitsAfter count: Int) {
    let offset = unsafe UInt(bitPattern: out) &- origin &+ UInt(bitPattern: count)
    guard offset & 1 != 0 else { return }
    write(tag: WireTag.padding)
  }

  /// The same for a string whose length takes one byte, if it is one of two-byte units, without a branch.
  @inline(__always)
  mutating func alignShortString(isTwoByte: Bool) {
    unsafe out.storeBytes(of: WireTag.padding, as: UInt8.self)
    let isOdd = unsafe (UInt(bitPattern: out) &- origin) & 1
    unsafe out += Int(truncatingIfNeeded: isTwoByte ? isOdd : 0)
  }

  @inline(__always)
  mutating func write(integer: Int32) {
    let (bytes, count) = Varint.encoded(UInt32(bitPattern: integer << 1 ^ integer >> 31))
    unsafe out.storeBytes(of: (bytes << 8 | UInt64(WireTag.int32)).littleEndian, as: UInt64.self)
    unsafe out += 1 + count
  }

  /// Writes a double of these bits, or a date.
  @inline(__always)
  mutating func write(tag: UInt8, bits: UInt64) {
    unsafe out.storeBytes(of: tag, as: UInt8.self)
    unsafe out.storeBytes(of: bits.littleEndian, toByteOffset: 1, as: UInt64.self)
    unsafe out += 9
  }

  /// Writes a short string of `count` bytes.
  @inline(__always)
  mutating func write(_ string: ShortContent, count: Int, isTwoByte: Bool) {
    if isTwoByte { align(unitsAfter: 2) }
    unsafe out.storeBytes(
      of: isTwoByte ? WireTag.twoByteString : WireTag.oneByteString, as: UInt8.self)
    unsafe out.storeBytes(of: UInt8(truncatingIfNeeded: count), toByteOffset: 1, as: UInt8.self)
    unsafe out.storeBytes(of: string.first.littleEndian, toByteOffset: 2, as: UInt64.self)
    unsafe out.storeBytes(of: string.second.littleEndian, toByteOffset: 10, as: UInt64.self)
    unsafe out += 2 + count
  }

  /// Writes a short big integer in whole digits of eight bytes.
  @inline(__always)
  mutating func write(_ integer: ShortContent, count: Int, isNegative: Bool) {
    let length = count <= 8 ? 8 : 16
    unsafe out.storeBytes(of: WireTag.bigint, as: UInt8.self)
    unsafe out.storeBytes(
      of: UInt8(truncatingIfNeeded: length << 1 | (isNegative ? 1 : 0)), toByteOffset: 1,
      as: UInt8.self)
    unsafe out.storeBytes(of: integer.first.littleEndian, toByteOffset: 2, as: UInt64.self)
    unsafe out.storeBytes(of: integer.second.littleEndian, toByteOffset: 10, as: UInt64.self)
    unsafe out += 2 + length
  }

  /// Writes a string if there is room for it, too: `count` bytes from an address.
  @inline(__always)
  mutating func write(string source: UnsafeRawPointer, count: Int, isTwoByte: Bool) -> Bool {
    guard unsafe end - out >= count + WritingRoom.forAnyCell else { return false }
    if isTwoByte { align(unitsAfter: 1 + Varint.size(UInt64(count))) }
    unsafe out.storeBytes(
      of: isTwoByte ? WireTag.twoByteString : WireTag.oneByteString, as: UInt8.self)
    unsafe out = Varint.store(UInt64(count), at: out + 1)
    unsafe WireWriter.copy(from: source, to: out, count: count)
    unsafe out += count
    return true
  }
}
