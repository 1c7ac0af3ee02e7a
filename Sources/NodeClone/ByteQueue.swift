/// Bytes that arrived and were not read.
struct ByteQueue: Sendable {
  private var bytes: [UInt8] = []
  /// Where the first that was not read is.
  private var start = 0
  /// How many were read.
  private(set) var position = 0

  var count: Int { bytes.count - start }

  /// Appends bytes; those of an array are kept without a copy if all others were read.
  mutating func append(_ chunk: [UInt8]) {
    if start == bytes.count {
      bytes = chunk
      start = 0
    } else {
      dropRead()
      bytes.append(contentsOf: chunk)
    }
  }

  mutating func append(_ chunk: some Sequence<UInt8>) {
    dropRead()
    bytes.append(contentsOf: chunk)
  }

  /// Makes place of what was read, if that is most: each byte is moved once at most for each that was read before it.
  private mutating func dropRead() {
    guard start > bytes.count / 2 else { return }
    bytes.removeSubrange(..<start)
    start = 0
  }

  /// The byte at an offset from the first.
  subscript(offset: Int) -> UInt8 { bytes[start + offset] }

  /// The length that stands at an offset where there are four bytes.
  func length(at offset: Int) -> Int { NodeFrame.length(in: bytes, at: start + offset) }

  /// Reads so many bytes behind others, which are dropped, if they are the last, as the array that they arrived in and where they
  /// begin in it: not if most of it is something else, which whoever keeps the array would keep too.
  mutating func takeLast(
    _ number: Int, behind dropped: Int
  ) -> (bytes: [UInt8], start: Int)? {
    let first = start + dropped
    guard first + number == bytes.count, number >= bytes.count / 2 else { return nil }
    let taken = bytes
    bytes = []
    start = 0
    position += dropped + number
    return (taken, first)
  }

  /// Reads so many bytes behind others, which are dropped.
  mutating func take(_ number: Int, behind dropped: Int = 0) -> [UInt8] {
    let first = start + dropped
    let taken = Array(bytes[first..<(first + number)])
    start += dropped + number
    position += dropped + number
    return taken
  }
}
