/// A JavaScript string: a sequence of UTF-16 code units, which may contain lone surrogates.
///
/// V8 stores a string in one byte a unit (Latin-1) or in two, and writes the one or the other; both are
/// kept here as they travel: a few bytes in the string itself, more as a slice of the bytes they came in.
/// Equality, order and hash go by code units and do not see the storage.
public struct CloneString: Sendable {
  /// The bytes that the content is a slice of; `nil` for content of at most ``ShortContent/longest`` bytes, which the two
  /// words hold.
  @usableFromInline let storage: [UInt8]?
  /// The first eight bytes of short content, or where the content begins.
  @usableFromInline let first: UInt64
  /// The other seven bytes of short content and, in the highest byte, count and width; or only count and width: the
  /// number of code units, doubled, and the lowest bit set for two-byte storage.
  @usableFromInline let second: UInt64

  /// The longest string of V8 on 64-bit machines: 2^29 − 24 units.
  static let longest = (1 << 29) - 24

  /// A string whose content is a slice of bytes, which it keeps unless it is short.
  init(bytes: [UInt8], start: Int, count: Int, isTwoByte: Bool) {
    let byteCount = isTwoByte ? 2 * count : count
    if byteCount <= ShortContent.longest {
      // The pointer does not leave the closure.
      let content = unsafe bytes.withUnsafeBytes {
        unsafe ShortContent(UnsafeRawBufferPointer(rebasing: $0[start..<(start + byteCount)]))
      }
      self.init(content, count: count, isTwoByte: isTwoByte)
    } else {
      self.init(
        storage: bytes, first: UInt64(start), second: UInt64(count) << 1 | (isTwoByte ? 1 : 0))
    }
  }

  private init(storage: [UInt8]?, first: UInt64, second: UInt64) {
    self.storage = storage
    self.first = first
    self.second = second
  }

  /// A string of short content.
  @inline(__always)
  init(_ content: ShortContent, count: Int, isTwoByte: Bool) {
    let countAndWidth = UInt64(count) << 1 | (isTwoByte ? 1 : 0)
    self.init(storage: nil, first: content.first, second: content.second | (countAndWidth << 56))
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

  @inlinable
  var countAndWidth: UInt64 { storage == nil ? second >> 56 : second }

  /// Whether the string is stored, and so written, with two bytes a unit.
  @inlinable
  public var isTwoByte: Bool { countAndWidth & 1 != 0 }

  /// The number of UTF-16 code units: JavaScript's `length`.
  @inlinable
  public var utf16Count: Int { Int(countAndWidth >> 1) }

  /// Whether the string has no code units.
  @inlinable
  public var isEmpty: Bool { utf16Count == 0 }

  /// The number of stored bytes: Latin-1, or UTF-16 in little-endian order.
  var byteCount: Int {
    let countAndWidth = self.countAndWidth
    return Int((countAndWidth >> 1) &<< (countAndWidth & 1))
  }

  /// The stored bytes if they are few, else `nil`.
  @inline(__always)
  var shortContent: ShortContent? {
    storage == nil ? ShortContent(first: first, second: (second << 8) >> 8) : nil
  }

  /// The stored bytes if they are a slice of an array, else `nil`.
  var longContent: ArraySlice<UInt8>? {
    storage.map { $0[Int(first)..<(Int(first) + byteCount)] }
  }

  /// Calls a function with the stored bytes.
  @inline(__always)
  func withContent<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    if let content = shortContent { return unsafe content.withBytes(count: byteCount, body) }
    // The pointer does not leave the closure.
    return unsafe (longContent ?? []).withUnsafeBytes { unsafe body($0) }
  }

  /// The same string with storage of its own, of just its size.
  func detached() -> CloneString {
    guard let content = longContent else { return self }
    return CloneString(
      bytes: Array(content), start: 0, count: utf16Count, isTwoByte: isTwoByte)
  }

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

  private func unit(at position: Int) -> UInt16 {
    func unit(_ byte: (Int) -> UInt8) -> UInt16 {
      isTwoByte
        ? UInt16(byte(2 * position)) | UInt16(byte(2 * position + 1)) << 8 : UInt16(byte(position))
    }
    if let storage { return unit { storage[Int(first) + $0] } }
    let content = ShortContent(first: first, second: second)
    return unit { content[$0] }
  }

  /// Whether every unit fits in one byte.
  var isLatin1: Bool { !isTwoByte || utf16.allSatisfy { $0 <= 0xFF } }
}

extension CloneString: Hashable, Comparable {
  /// Whether both have the same code units.
  public static func == (left: CloneString, right: CloneString) -> Bool {
    if left.storage == nil, right.storage == nil, left.isTwoByte == right.isTwoByte {
      return left.first == right.first && left.second == right.second
    }
    guard left.utf16Count == right.utf16Count else { return false }
    if left.isTwoByte == right.isTwoByte { return left.longContent == right.longContent }
    return left.utf16.elementsEqual(right.utf16)
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
    unsafe withContent { unsafe hasher.combine(bytes: $0) }
  }
}

extension CloneString: ExpressibleByStringLiteral, CustomStringConvertible,
  CustomDebugStringConvertible
{
  /// Makes a string from a literal.
  public init(stringLiteral value: String) { self.init(value) }

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
    self = unsafe string.withContent { content in
      unsafe string.isTwoByte
        ? UTF8Transcoder.text(utf16: content).text : UTF8Transcoder.text(latin1: content)
    }
  }

  /// Makes Swift text of a JavaScript string, or `nil` if it holds a lone surrogate.
  public init?(exactly string: CloneString) {
    let (text, isExact) = unsafe string.withContent { content in
      unsafe string.isTwoByte
        ? UTF8Transcoder.text(utf16: content) : (UTF8Transcoder.text(latin1: content), true)
    }
    guard isExact else { return nil }
    self = text
  }
}
