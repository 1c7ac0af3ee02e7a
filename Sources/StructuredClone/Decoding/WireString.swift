/// Where a string that was read has its bytes in the input, so that keys can be hashed and compared without making strings
/// of them: that took a third of the time for an object of many keys (Documentation/Performance.md).
struct WireString {
  private let start: Int
  private let count: Int
  let isTwoByte: Bool

  /// The string that begins with its tag at an offset.
  @inline(__always)
  init(in input: UnsafeRawBufferPointer, at offset: Int) {
    let bytes = unsafe input.assumingMemoryBound(to: UInt8.self)
    let (length, start) = unsafe Varint.read32(bytes, at: offset + 1)
    self.start = start
    count = Int(length)
    isTwoByte = unsafe bytes[offset] == WireTag.twoByteString
  }

  /// Its bytes, as long as the input is borrowed.
  @inline(__always)
  func bytes(in input: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    unsafe UnsafeRawBufferPointer(rebasing: input[start..<(start + count)])
  }

  /// Whether both have the same units; `nil` if they are stored in different ways.
  @inline(__always)
  func isEqual(to other: WireString, in input: UnsafeRawBufferPointer) -> Bool? {
    guard isTwoByte == other.isTwoByte else { return nil }
    guard count == other.count else { return false }
    var done = 0
    while count - done > ShortContent.longest {
      // There are eight bytes at least, in both.
      let word = unsafe input.loadUnaligned(fromByteOffset: start + done, as: UInt64.self)
      let otherWord = unsafe input.loadUnaligned(
        fromByteOffset: other.start + done, as: UInt64.self)
      guard word == otherWord else { return false }
      done += 8
    }
    return unsafe ShortContent(UnsafeRawBufferPointer(rebasing: bytes(in: input)[done...]))
      == ShortContent(UnsafeRawBufferPointer(rebasing: other.bytes(in: input)[done...]))
  }
}
