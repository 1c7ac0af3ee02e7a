/// Where a payload goes that is written from its beginning to its end by somebody who does not know how long it gets: one
/// block, which grows.
///
/// `base <= position <= end`. Bytes below `position` are written, those below `end` may be.
@safe @usableFromInline package struct PayloadWriter: ~Copyable {
  /// What the addresses point into, which is changed in no other way as long as they are used; `nil` if that is the first block,
  /// which is no array: those take three times as long to make (Documentation/Performance.md).
  private var array: [UInt8]?
  @usableFromInline var base: UnsafeMutableRawPointer
  @usableFromInline var position: UnsafeMutableRawPointer
  @usableFromInline var end: UnsafeMutableRawPointer
  private let smallIntegerBits: Int
  /// Where two-byte strings begin, with the padding before them, as long as somebody needs to know.
  private var wideStrings: [Int] = []
  /// How many arrays are open whose length is not known.
  private var openLengths = 0
  /// Whether content was written in one piece, of which is not known what two-byte strings it holds.
  private var hasForeignContent = false

  private static let firstCapacity = 1024

  /// Makes a writer of a header.
  package init(_ profile: CloneProfile) {
    unsafe base = .allocate(byteCount: PayloadWriter.firstCapacity, alignment: 1)
    unsafe position = base
    unsafe end = base + PayloadWriter.firstCapacity
    smallIntegerBits = profile.rules.smallIntegerBits
    append(WireTag.version)
    append(varint: UInt64(profile.format.version))
  }

  deinit { if array == nil { unsafe base.deallocate() } }

  /// The offset of the next byte.
  @inlinable @inline(__always)
  package var offset: Int { unsafe position - base }

  /// An array of so many bytes, of which the first are those that were written.
  private func copy(_ byteCount: Int) -> [UInt8] {
    let source = unsafe UnsafeRawBufferPointer(start: base, count: offset)
    return [UInt8](capacity: byteCount) { span in
      unsafe span.withUnsafeMutableBufferPointer { target, initializedCount in
        // What is behind them is written, or taken off, before anybody reads it.
        unsafe UnsafeMutableRawBufferPointer(target).copyMemory(from: source)
        initializedCount = byteCount
      }
    }
  }

  /// Hands out the bytes that were written, which ends the writer. Those that were more than the first block are not copied: their
  /// array has room for as many more at most, as one has that was appended to.
  package mutating func takeBytes() -> [UInt8] {
    let count = offset
    guard var bytes = array else { return copy(count) }
    array = []
    // Nothing is left of what the addresses were for.
    unsafe base = position
    unsafe end = position
    bytes.removeLast(bytes.count - count)
    return bytes
  }

  // MARK: - Room

  @inlinable @inline(__always)
  mutating func ensure(_ count: Int) {
    if unsafe end - position < count { grow(count) }
  }

  @inline(never) @usableFromInline
  mutating func grow(_ count: Int) {
    let written = offset
    // What is long has an end behind it at least.
    let room = written + count + PayloadWriter.firstCapacity
    var longer = unsafe copy(max(2 * (end - base), room))
    if array == nil { unsafe base.deallocate() }
    // Nobody else changes the array, or keeps a copy of it, as long as the addresses are used.
    unsafe base = longer.withUnsafeMutableBytes { unsafe $0.baseAddress.unsafelyUnwrapped }
    unsafe position = base + written
    unsafe end = base + longer.count
    array = longer
  }

  // MARK: - Writing

  /// Writes a byte.
  @inlinable @inline(__always)
  package mutating func append(_ byte: UInt8) {
    ensure(1)
    // There is room for one.
    unsafe position.storeBytes(of: byte, as: UInt8.self)
    unsafe position += 1
  }

  /// Writes the shortest varint.
  @usableFromInline
  package mutating func append(varint value: UInt64) {
    ensure(Varint.longest)
    unsafe position = Varint.store(value, at: position)
  }

  /// Writes bytes.
  package mutating func append(contentsOf bytes: UnsafeRawBufferPointer) {
    ensure(bytes.count)
    guard let source = bytes.baseAddress else { return }
    // There is room for all of them.
    unsafe position.copyMemory(from: source, byteCount: bytes.count)
    unsafe position += bytes.count
  }

  /// Writes what somebody else has made for this offset.
  package mutating func append(foreign bytes: [UInt8]) {
    hasForeignContent = true
    // The pointer does not leave the closure.
    unsafe bytes.withUnsafeBytes { unsafe append(contentsOf: $0) }
  }

  /// Writes a tag and a double of eight bytes; every NaN is the canonical one.
  @inline(__always)
  private mutating func append(_ tag: UInt8, _ value: Double) {
    ensure(9)
    // There is room for nine.
    unsafe position.storeBytes(of: tag, as: UInt8.self)
    unsafe position.storeBytes(
      of: Cell.double(value).bits.littleEndian, toByteOffset: 1, as: UInt64.self)
    unsafe position += 9
  }

  // MARK: - Values

  package mutating func writeUndefined() { append(WireTag.undefined) }
  package mutating func writeNull() { append(WireTag.null) }
  @inlinable package mutating func write(_ value: Bool) {
    append(value ? WireTag.true : WireTag.false)
  }

  /// Writes a small integer: `I`, or `N` for an engine whose small integers are smaller.
  package mutating func write(_ value: Int32) {
    guard
      smallIntegerBits == 32 || CloneProfile.isSmallInteger(Double(value), bits: smallIntegerBits)
    else { return append(WireTag.double, Double(value)) }
    ensure(9)
    let (bytes, count) = Varint.encoded(UInt32(bitPattern: value << 1 ^ value >> 31))
    // There is room for the tag and a word.
    unsafe position.storeBytes(of: WireTag.int32, as: UInt8.self)
    unsafe position.storeBytes(of: bytes.littleEndian, toByteOffset: 1, as: UInt64.self)
    unsafe position += 1 + count
  }

  /// Writes a number: `I` if it is a small integer and not −0, else `N`.
  package mutating func write(_ value: Double) {
    if let integer = Cell.integer(value) {
      write(integer)
    } else {
      append(WireTag.double, value)
    }
  }

  /// Writes numbers one behind the other.
  package mutating func write(numbers: borrowing Span<Double>) {
    ensure(9 * numbers.count)
    // A variable of the loop: in memory each number waits for the one before.
    var out = unsafe position
    var index = 0
    while index < numbers.count {
      if index <= numbers.count - 4 {
        // There are as many.
        let four = unsafe SIMD4(
          numbers[unchecked: index], numbers[unchecked: index &+ 1],
          numbers[unchecked: index &+ 2], numbers[unchecked: index &+ 3])
        // There is room for nine bytes for each. What is stored of an integer is replaced.
        for place in 0..<4 {
          unsafe out.storeBytes(of: WireTag.double, toByteOffset: 9 * place, as: UInt8.self)
          unsafe out.storeBytes(
            of: four[place].bitPattern.littleEndian, toByteOffset: 9 * place + 1, as: UInt64.self)
        }
        // What has lost something here is no integer of 32 bits. The product is zero if one has lost nothing, and sometimes if all have
        // lost very little, and NaN if one is NaN.
        let lost = (four + 0x1.8p52) - 0x1.8p52 - four
        let product = (lost.x * lost.y) * (lost.z * lost.w)
        if product < 0 || product > 0 {
          unsafe out += 9 * 4
          index &+= 4
          continue
        }
      }
      unsafe position = out
      for _ in 0..<min(4, numbers.count - index) {
        write(numbers[index])
        index += 1
      }
      unsafe out = position
    }
    unsafe position = out
  }

  /// Writes a date; the time value is clipped as ``CloneDate/clip(_:)`` says.
  package mutating func write(date milliseconds: Double) {
    append(WireTag.date, CloneDate.clip(milliseconds))
  }

  package mutating func write(_ integer: CloneBigInt) {
    let count = (integer.count + 7) / 8 * 8
    append(WireTag.bigint)
    append(varint: UInt64(count) << 1 | (integer.isNegative ? 1 : 0))
    let magnitude = integer.magnitude
    // The pointer does not leave the closure.
    unsafe magnitude.withUnsafeBytes { unsafe append(contentsOf: $0) }
    for _ in magnitude.count..<count { append(0 as UInt8) }
  }

  /// Writes text, in one byte a unit if every unit fits, as V8 does for text it decodes.
  @inlinable @inline(__always)
  package mutating func write(_ text: String) {
    if let (content, count) = text.shortContent {
      write(content, count: count)
    } else {
      writeLong(text)
    }
  }

  @inline(never) @usableFromInline
  mutating func writeLong(_ text: String) {
    // The pointer does not leave the closure.
    let isWritten: Void? = unsafe text.utf8.withContiguousStorageIfAvailable {
      unsafe write(utf8: $0)
    }
    if isWritten != nil { return }
    var text = text
    text.withUTF8 { unsafe write(utf8: $0) }
  }

  /// Writes a key of an object; answers a hash of it, for nobody who could choose keys to collide.
  @inline(__always)
  package mutating func write(key: UnsafeRawBufferPointer) -> Int {
    let count = key.count
    if count <= ShortContent.longest {
      let content = unsafe ShortContent(key)
      if content.isASCII { return write(key: content, count: count) }
    }
    unsafe write(utf8: key.assumingMemoryBound(to: UInt8.self))
    return unsafe PayloadWriter.hash(key)
  }

  /// The same of a key of a few ASCII bytes.
  @inlinable @inline(__always)
  package mutating func write(key content: ShortContent, count: Int) -> Int {
    write(content, count: count)
    return PayloadWriter.hash(content, count: count)
  }

  @inlinable @inline(__always)
  static func hash(_ content: ShortContent, count: Int) -> Int {
    let bits = content.first &* 0x9E37_79B9_7F4A_7C15 ^ content.second &* 0xD6E8_FEB8_6659_FD93
    return Int(truncatingIfNeeded: bits ^ bits >> 29 ^ UInt64(truncatingIfNeeded: count) << 48)
  }

  private static func hash(_ key: UnsafeRawBufferPointer) -> Int { unsafe KeyHash.hash(key) }

  /// Writes a string of a few ASCII bytes.
  @inlinable @inline(__always)
  mutating func write(_ content: ShortContent, count: Int) {
    ensure(2 + 16)
    // There is room for both words, of which some bytes count.
    unsafe position.storeBytes(of: WireTag.oneByteString, as: UInt8.self)
    unsafe position.storeBytes(
      of: UInt8(truncatingIfNeeded: count), toByteOffset: 1, as: UInt8.self)
    unsafe position.storeBytes(of: content.first.littleEndian, toByteOffset: 2, as: UInt64.self)
    unsafe position.storeBytes(of: content.second.littleEndian, toByteOffset: 10, as: UInt64.self)
    unsafe position += 2 + count
  }

  /// Writes valid UTF-8 as a string.
  package mutating func write(utf8: UnsafeBufferPointer<UInt8>) {
    let source = UnsafeRawBufferPointer(utf8)
    let count = source.count
    if count <= ShortContent.longest {
      let content = unsafe ShortContent(source)
      if content.isASCII { return write(content, count: count) }
    }
    let asciiCount = unsafe UTF8Transcoder.asciiPrefix(source)
    if asciiCount == count {
      append(WireTag.oneByteString)
      append(varint: UInt64(count))
      return unsafe append(contentsOf: source)
    }
    let form = unsafe UTF8Transcoder.Form(source, from: asciiCount)
    let byteCount = form.isLatin1 ? form.unitCount : 2 * form.unitCount
    beginString(byteCount: byteCount, isTwoByte: !form.isLatin1)
    ensure(byteCount)
    // There is room for just as many bytes.
    let target = unsafe UnsafeMutableRawBufferPointer(start: position, count: byteCount)
    unsafe position +=
      form.isLatin1
      ? UTF8Transcoder.storeLatin1(
        source, asciiCount: asciiCount, isSparse: form.isSparse, target)
      : UTF8Transcoder.storeUTF16(source, target)
  }

  /// Writes a name of a property, which is ASCII; false, and nothing is written, if it may be an index, or is very long.
  @inlinable @inline(__always)
  package mutating func write(name: UnsafePointer<UInt8>, _ count: Int) -> Bool {
    guard count > 0, count < 0x80, unsafe !(0x30...0x39).contains(name[0]) else { return false }
    let source = unsafe UnsafeRawBufferPointer(start: name, count: count)
    if count <= ShortContent.longest {
      write(unsafe ShortContent(source), count: count)
    } else {
      ensure(2 + 0x80)
      // There is room for the longest name.
      unsafe position.storeBytes(of: WireTag.oneByteString, as: UInt8.self)
      unsafe position.storeBytes(
        of: UInt8(truncatingIfNeeded: count), toByteOffset: 1, as: UInt8.self)
      unsafe (position + 2).copyMemory(from: name, byteCount: count)
      unsafe position += 2 + count
    }
    return true
  }

  /// Writes what stands before the bytes of a string; two-byte units begin at an even offset.
  private mutating func beginString(byteCount count: Int, isTwoByte: Bool) {
    if isTwoByte {
      if openLengths > 0 { wideStrings.append(offset) }
      if (offset + 1 + Varint.size(UInt64(count))) & 1 != 0 { append(WireTag.padding) }
      append(WireTag.twoByteString)
    } else {
      append(WireTag.oneByteString)
    }
    append(varint: UInt64(count))
  }

  /// Writes a string in the form it is stored in.
  package mutating func write(_ string: CloneString) {
    beginString(byteCount: string.content.count, isTwoByte: string.isTwoByte)
    // The pointer does not leave the closure.
    unsafe string.content.withBytes { unsafe append(contentsOf: $0) }
  }

  /// Writes a buffer.
  package mutating func writeArrayBuffer(_ bytes: UnsafeRawBufferPointer) {
    append(WireTag.arrayBuffer)
    append(varint: UInt64(bytes.count))
    unsafe append(contentsOf: bytes)
  }

  /// Writes a view on the whole buffer that was written just before.
  package mutating func writeView(
    _ kind: CloneArrayBufferView.Kind, byteCount: Int, hasFlags: Bool
  ) {
    append(WireTag.arrayBufferView)
    append(kind.rawValue)
    append(varint: 0)
    append(varint: UInt64(byteCount))
    if hasFlags { append(varint: 0) }
  }

  package mutating func writeReference(_ id: UInt32) {
    append(WireTag.objectReference)
    append(varint: UInt64(id))
  }

  // MARK: - Containers

  @inlinable package mutating func beginObject() { append(WireTag.beginObject) }

  @inlinable
  package mutating func endObject(count: UInt32) {
    append(WireTag.endObject)
    if count < 0x80 {
      append(UInt8(truncatingIfNeeded: count))
    } else {
      append(varint: UInt64(count))
    }
  }

  package mutating func beginMap() { append(WireTag.beginMap) }

  /// - Parameter count: of keys and values.
  package mutating func endMap(count: UInt32) {
    append(WireTag.endMap)
    append(varint: UInt64(count))
  }

  package mutating func beginSet() { append(WireTag.beginSet) }

  package mutating func endSet(count: UInt32) {
    append(WireTag.endSet)
    append(varint: UInt64(count))
  }

  /// Begins an array of a known length.
  package mutating func beginArray(count: UInt32) {
    append(WireTag.beginDenseArray)
    append(varint: UInt64(count))
  }

  package mutating func endArray(count: UInt32) {
    append(WireTag.endDenseArray)
    append(0 as UInt8)
    append(varint: UInt64(count))
  }

  /// Begins an array whose length is told at its end.
  package mutating func beginArray() {
    openLengths += 1
    append(WireTag.beginDenseArray)
    append(0 as UInt8)
  }

  /// Ends an array that began at an offset without a length. What is in it moves if the length takes more than one byte.
  ///
  /// - Returns: false, and nothing is written, if it cannot move.
  package mutating func endArray(count: UInt32, from start: Int) -> Bool {
    openLengths -= 1
    if !setLength(count, at: start + 1) { return false }
    if openLengths == 0 {
      wideStrings.removeAll(keepingCapacity: true)
      hasForeignContent = false
    }
    endArray(count: count)
    return true
  }

  /// Sets the length of an array, for which there is one byte.
  private mutating func setLength(_ count: UInt32, at lengthOffset: Int) -> Bool {
    guard count >= 0x80 else {
      // The byte was written.
      unsafe base.storeBytes(
        of: UInt8(truncatingIfNeeded: count), toByteOffset: lengthOffset, as: UInt8.self)
      return true
    }
    guard !hasForeignContent else { return false }
    let first = lengthOffset + 1
    let content = unsafe [UInt8](
      UnsafeRawBufferPointer(start: base + first, count: offset - first))
    unsafe position = base + lengthOffset
    append(varint: UInt64(count))
    var done = 0
    // Two-byte strings are aligned anew.
    for index in wideStrings.indices where wideStrings[index] >= first {
      let start = wideStrings[index] - first
      unsafe content[done..<start].withUnsafeBytes { unsafe append(contentsOf: $0) }
      wideStrings[index] = offset
      let tag = content[start] == WireTag.padding ? start + 1 : start
      let length = Varint.read32(content, at: tag + 1)
      let size = length.end - tag
      if (offset + size) & 1 != 0 { append(WireTag.padding) }
      unsafe content[tag..<(length.end + Int(length.value))].withUnsafeBytes {
        unsafe append(contentsOf: $0)
      }
      done = length.end + Int(length.value)
    }
    unsafe content[done...].withUnsafeBytes { unsafe append(contentsOf: $0) }
    return true
  }
}
