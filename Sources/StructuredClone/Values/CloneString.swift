/// A JavaScript string: a sequence of UTF-16 code units, which may contain lone surrogates.
///
/// V8 stores a string in one byte a unit (Latin-1) or in two, and writes the one or the other; both are
/// kept here as they travel: a few bytes in the string itself, more as a slice of the bytes they came in, or of a literal
/// where the compiler put them.
/// Equality, order and hash go by code units and do not see the storage.
public struct CloneString: Sendable {
  /// The stored bytes, marked if there are two to a unit.
  @usableFromInline let content: CompactBytes

  /// The longest string of V8 on 64-bit machines: 2^29 − 24 units.
  static let longest = (1 << 29) - 24

  /// A string whose content is a slice of bytes, which it keeps unless it is short.
  init(bytes: [UInt8], start: Int, count: Int, isTwoByte: Bool) {
    content = CompactBytes(
      bytes, start: start, count: isTwoByte ? 2 * count : count, isMarked: isTwoByte)
  }

  /// A string of content.
  @inlinable
  init(_ content: CompactBytes) { self.content = content }

  /// The string that begins with its tag at an offset of a graph's input, if it is short and not among the last bytes.
  @inlinable
  init?(shortIn input: UnsafeBufferPointer<UInt8>, at offset: Int) {
    guard input.count &- offset >= 2 + 16 else { return nil }
    // There are as many bytes, of which the first two are the tag and the length, or its first byte.
    let length = Int(unsafe input[offset &+ 1])
    guard length <= ShortContent.longest else { return nil }
    let content = unsafe ShortContent(
      UnsafeRawBufferPointer(input), from: offset &+ 2, count: length)
    let isTwoByte = unsafe input[offset] == WireTag.twoByteString
    self.init(CompactBytes(content, count: length, isMarked: isTwoByte))
  }

  /// A string of a graph, which starts with its tag and was checked when it was read.
  init(wireFormIn bytes: [UInt8], at offset: UInt32) {
    let (length, start) = Varint.read32(bytes, at: Int(offset) + 1)
    let isTwoByte = bytes[Int(offset)] == WireTag.twoByteString
    self.init(
      bytes: bytes, start: start, count: Int(isTwoByte ? length / 2 : length), isTwoByte: isTwoByte)
  }

  /// Makes a string from Swift text, in one-byte storage if every unit fits, as V8 does for text it
  /// decodes.
  public init(_ text: some StringProtocol) {
    // The buffer is read within the closure only.
    let string = text.utf8.withContiguousStorageIfAvailable {
      unsafe UTF8Transcoder.string($0)
    }
    if let string {
      self = string
    } else {
      // Text that is not kept as UTF-8, such as that of Foundation on macOS.
      var copy = String(text)
      self = copy.withUTF8 { unsafe UTF8Transcoder.string($0) }
    }
  }

  /// Makes a string from UTF-16 code units; lone surrogates are kept.
  public init(utf16 units: some Sequence<UInt16>) {
    let units = Array(units)
    if units.allSatisfy({ $0 <= 0xFF }) {
      let bytes = units.map { UInt8(truncatingIfNeeded: $0) }
      self.init(bytes: bytes, start: 0, count: bytes.count, isTwoByte: false)
    } else {
      self.init(twoByte: units)
    }
  }

  /// Makes a string from Latin-1 bytes, one code unit each.
  public init(latin1 bytes: [UInt8]) {
    self.init(bytes: bytes, start: 0, count: bytes.count, isTwoByte: false)
  }

  /// Makes a string in two-byte storage whatever its units are, as V8 has after slicing a two-byte
  /// string. Only the bytes that are written differ from ``init(utf16:)``.
  public init(twoByte units: some Sequence<UInt16>) {
    let units = units.map(\.littleEndian)
    // All bytes of the units, in one copy: four times as fast as one by one.
    let bytes = unsafe units.withUnsafeBytes { unsafe Array($0) }
    self.init(bytes: bytes, start: 0, count: bytes.count / 2, isTwoByte: true)
  }

  /// Makes a string of a copy of stored bytes: of units of one byte each, or of two, the lower first.
  ///
  /// - Precondition: there is an even number of bytes if units have two.
  package init(copying bytes: Span<UInt8>, isTwoByte: Bool) {
    guard bytes.count <= ShortContent.longest else {
      // The pointer does not leave the closure.
      let copy = unsafe bytes.withUnsafeBufferPointer { unsafe [UInt8]($0) }
      self.init(
        bytes: copy, start: 0, count: isTwoByte ? copy.count / 2 : copy.count, isTwoByte: isTwoByte)
      return
    }
    // The pointer does not leave the closure.
    let content = unsafe bytes.withUnsafeBytes { unsafe ShortContent($0) }
    self.init(CompactBytes(content, count: bytes.count, isMarked: isTwoByte))
  }

  /// How many bytes the string is stored in.
  package var storedCount: Int { content.count }

  /// Appends the bytes that the string is stored in; there must be room.
  package func appendStored(to span: inout OutputSpan<UInt8>) {
    precondition(span.freeCapacity >= content.count)
    // The pointer does not leave the closure, and there is room for as many bytes.
    unsafe content.withBytes { bytes in
      unsafe span.withUnsafeMutableBufferPointer { buffer, count in
        unsafe UnsafeMutableRawBufferPointer(
          rebasing: UnsafeMutableRawBufferPointer(buffer)[count...]
        )
        .copyMemory(from: bytes)
        count += bytes.count
      }
    }
  }

  /// Whether the string is stored, and so written, with two bytes a unit.
  @inlinable
  public var isTwoByte: Bool { content.isMarked }

  /// The number of UTF-16 code units: JavaScript's `length`.
  @inlinable
  public var utf16Count: Int {
    let countAndMark = content.countAndMark
    return Int(countAndMark >> (1 + countAndMark & 1))
  }

  /// Whether the string has no code units.
  @inlinable
  public var isEmpty: Bool { utf16Count == 0 }

  /// The UTF-16 code units.
  public var utf16: UTF16View { UTF16View(string: self) }

  /// The code units of a string.
  public struct UTF16View: RandomAccessCollection, Sendable {
    let string: CloneString

    /// The position of the first unit.
    public var startIndex: Int { 0 }
    /// The position after the last unit.
    public var endIndex: Int { string.utf16Count }
    /// The unit at a position.
    ///
    /// - Precondition: the position is at least 0 and less than ``CloneString/utf16Count``.
    public subscript(position: Int) -> UInt16 {
      precondition(position >= 0 && position < string.utf16Count, "code unit out of range")
      return string.unit(at: position)
    }
  }

  /// The UTF-16 code units in an array, several times as fast as one by one.
  var units: [UInt16] {
    // The bytes are read within the closure only; there are two for each unit, or one.
    unsafe content.withBytes { bytes in
      guard isTwoByte else { return unsafe bytes.map { UInt16($0) } }
      return (0..<(bytes.count / 2)).map { position in
        unsafe UInt16(
          littleEndian: bytes.loadUnaligned(fromByteOffset: 2 * position, as: UInt16.self))
      }
    }
  }

  private func unit(at position: Int) -> UInt16 {
    isTwoByte
      ? UInt16(content[2 * position]) | UInt16(content[2 * position + 1]) << 8
      : UInt16(content[position])
  }

  /// Whether every unit fits in one byte.
  var isLatin1: Bool { !isTwoByte || utf16.allSatisfy { $0 <= 0xFF } }
}

extension CloneString: Hashable, Comparable {
  /// Whether both have the same code units.
  public static func == (left: CloneString, right: CloneString) -> Bool {
    if left.isTwoByte == right.isTwoByte { return left.content == right.content }
    return left.utf16Count == right.utf16Count && left.utf16.elementsEqual(right.utf16)
  }

  /// Compares by code units, as JavaScript's `<` does.
  public static func < (left: CloneString, right: CloneString) -> Bool {
    left.utf16.lexicographicallyPrecedes(right.utf16)
  }

  /// Hashes the code units.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(utf16Count)
    // Latin-1 text hashes as one byte a unit whatever its storage.
    if isTwoByte, isLatin1 {
      for unit in utf16 { hasher.combine(UInt8(truncatingIfNeeded: unit)) }
      return
    }
    // The pointer is read within the closure only.
    unsafe content.withBytes { unsafe hasher.combine(bytes: $0) }
  }
}

extension CloneString: ExpressibleByStringLiteral, CustomStringConvertible,
  CustomDebugStringConvertible
{
  /// Makes a string from a literal.
  ///
  /// ASCII is read from where the compiler put it: nothing is copied, and no memory is asked for.
  @inlinable @inline(__always)
  public init(stringLiteral value: StaticString) {
    guard value.hasPointerRepresentation, value.isASCII else {
      self.init(value.description)
      return
    }
    let count = value.utf8CodeUnitCount
    // A literal lives as long as the program.
    if count > ShortContent.longest {
      unsafe self.init(CompactBytes(immortal: value.utf8Start, count: count))
    } else {
      let bytes = unsafe UnsafeRawBufferPointer(start: value.utf8Start, count: count)
      self.init(CompactBytes(unsafe ShortContent(bytes), count: count, isMarked: false))
    }
  }

  /// The text, with U+FFFD for every lone surrogate.
  public var description: String { String(self) }

  /// The text in quotes, with everything escaped that is not printable ASCII.
  public var debugDescription: String {
    MeasuredText.string { StringText.appendEscaped(self, to: &$0) }
  }
}

extension String {
  /// Makes Swift text of a JavaScript string, with U+FFFD for every lone surrogate.
  public init(_ string: CloneString) {
    self = unsafe string.content.withBytes { content in
      unsafe string.isTwoByte
        ? UTF8Transcoder.text(utf16: content).text : UTF8Transcoder.text(latin1: content)
    }
  }

  /// Makes Swift text of a JavaScript string, or `nil` if it holds a lone surrogate.
  public init?(exactly string: CloneString) {
    let (text, isExact) = unsafe string.content.withBytes { content in
      unsafe string.isTwoByte
        ? UTF8Transcoder.text(utf16: content) : (UTF8Transcoder.text(latin1: content), true)
    }
    guard isExact else { return nil }
    self = text
  }
}
