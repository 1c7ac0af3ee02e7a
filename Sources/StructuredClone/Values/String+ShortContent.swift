extension String {
  /// Text of a few ASCII bytes, made as the standard library holds it: in the string itself, the bytes from the lowest on, the
  /// length and a mark in the highest byte.
  ///
  /// By any of the library's own ways it takes about twice as long (Documentation/Performance.md).
  @inlinable @inline(__always)
  package init(_ content: ShortContent, count: Int) {
    assert(content.isASCII && count <= ShortContent.longest)
    guard String.holdsShortContent else {
      self = unsafe content.withBytes(count: count) { unsafe String(decoding: $0, as: UTF8.self) }
      return
    }
    let mark = String.shortMark | UInt64(truncatingIfNeeded: count)
    var bits = (content.first, content.second | mark &<< 56)
    // These are the bits of such a string: that was compared. It is moved, as what is cast is retained.
    self = unsafe withUnsafeMutablePointer(to: &bits) {
      unsafe UnsafeMutableRawPointer($0).assumingMemoryBound(to: String.self).move()
    }
  }

  /// The mark of ASCII text that is held in the string itself.
  @inlinable static var shortMark: UInt64 { 0xE0 }

  /// Whether strings have this form here. The compiler compares two literals; nothing is left of it in the program.
  @inlinable static var holdsShortContent: Bool {
    guard MemoryLayout<String>.size == 16 else { return false }
    let short = unsafe unsafeBitCast("ab", to: (UInt64, UInt64).self)
    let long = unsafe unsafeBitCast("abcdefghijklmno", to: (UInt64, UInt64).self)
    return short == (0x6261, 0xE2 &<< 56)
      && long == (0x6867_6665_6463_6261, 0xEF6F_6E6D_6C6B_6A69)
  }

  /// The content of a string that is held in this form.
  @inlinable @inline(__always)
  package var shortContent: (content: ShortContent, count: Int)? {
    guard String.holdsShortContent else { return nil }
    let (first, second) = unsafe unsafeBitCast(self, to: (UInt64, UInt64).self)
    let mark = second &>> 56
    guard mark & 0xF0 == String.shortMark else { return nil }
    return (
      ShortContent(first: first, second: second & 0x00FF_FFFF_FFFF_FFFF),
      Int(truncatingIfNeeded: mark & 0x0F)
    )
  }
}

extension UnsafeRawBufferPointer {
  /// Whether a string of just these one-byte characters, at least one, is at an offset, behind which there are 18 bytes.
  @inlinable @inline(__always)
  func isShortName(_ content: ShortContent, count: Int, at offset: Int) -> Bool {
    guard
      unsafe loadUnaligned(fromByteOffset: offset, as: UInt16.self).littleEndian
        == UInt16(WireTag.oneByteString) | UInt16(truncatingIfNeeded: count) &<< 8
    else { return false }
    // Bytes behind the name are shifted out.
    let first = unsafe ShortContent.word(self, at: offset &+ 2) ^ content.first
    let unused = UInt64(truncatingIfNeeded: 128 &- 8 &* count)
    guard count > 8 else { return first &<< (unused &- 64) == 0 && count > 0 }
    let second = unsafe ShortContent.word(self, at: offset &+ 10) ^ content.second
    return first == 0 && second &<< unused == 0
  }
}
