extension UnsafeRawBufferPointer {
  /// Whether both have the same bytes, compared by eight at a time.
  @inlinable @inline(__always)
  func hasSameBytes(as other: UnsafeRawBufferPointer) -> Bool {
    guard other.count == count else { return false }
    guard count >= 8 else {
      return unsafe ShortContent(self).first == ShortContent(other).first
    }
    var done = 0
    while done &+ 8 < count {
      guard unsafe ShortContent.word(self, at: done) == ShortContent.word(other, at: done) else {
        return false
      }
      done &+= 8
    }
    return unsafe ShortContent.word(self, at: count &- 8)
      == ShortContent.word(other, at: count &- 8)
  }
}
