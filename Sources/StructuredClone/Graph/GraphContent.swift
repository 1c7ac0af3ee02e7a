/// The arrays of a graph as addresses, without the graph, for somebody who keeps it: nothing is retained to look at a cell, which
/// was a quarter of the instructions of `decode` (Documentation/Performance.md).
///
/// The addresses hold as long as the graph lives and is not changed. All indices in a graph are those of its own arrays; debug
/// builds check them.
@safe @usableFromInline
package struct GraphContent {
  @usableFromInline let cells: UnsafeBufferPointer<Cell>
  @usableFromInline let records: UnsafeBufferPointer<Record>
  /// The only record of a graph that has one, which has no address.
  @usableFromInline let onlyRecord: Record
  @usableFromInline let input: UnsafeRawBufferPointer

  init(_ reader: GraphReader) {
    unsafe cells = reader.cells
    unsafe records = reader.graph.records.access
    onlyRecord = reader.graph.records.only ?? .vacant
    unsafe input = UnsafeRawBufferPointer(reader.input)
  }

  /// The number of cells.
  @inlinable package var cellCount: Int { unsafe cells.count }

  /// The cell at a position.
  @inlinable @inline(__always)
  package func cell(at position: Int) -> Cell { unsafe cells[position] }

  /// A record of the graph.
  @inlinable @inline(__always)
  package func record(_ index: UInt32) -> Record {
    unsafe records.isEmpty ? onlyRecord : records[Int(index)]
  }

  /// A string of a few bytes at an offset, if it is one and 16 bytes of the input follow its length.
  @inlinable @inline(__always)
  func shortString(at offset: Int) -> (content: ShortContent, count: Int)? {
    guard unsafe offset &+ 18 <= input.count, unsafe input[offset] == WireTag.oneByteString,
      case let count = unsafe Int(input[offset &+ 1]), count <= ShortContent.longest
    else { return nil }
    return (unsafe ShortContent(input, from: offset &+ 2, count: count), count)
  }

  /// Whether the key at a position is a short name; false also if that takes more than a look.
  @inlinable @inline(__always)
  package func isKey(at position: Int, _ name: String) -> Bool {
    let key = cell(at: position)
    let offset = Int(key.payload)
    guard key.isString, let (content, count) = name.shortContent,
      unsafe offset &+ 18 <= input.count
    else { return false }
    return unsafe input.isShortName(content, count: count, at: offset)
  }

  /// The text of a cell that is a string of a few ASCII bytes; `nil` also if that takes more than a look.
  @inlinable @inline(__always)
  package func shortText(of cell: Cell) -> (content: ShortContent, count: Int)? {
    guard cell.isString, let string = shortString(at: Int(cell.payload)), string.content.isASCII
    else { return nil }
    return string
  }

  /// The text of a cell that is a string of the input; `nil` for anything else, and if it holds a lone surrogate.
  package func text(of cell: Cell) -> String? {
    cell.isString ? longText(at: Int(cell.payload)) : nil
  }

  private func longText(at offset: Int) -> String? {
    let (bytes, isTwoByte) = unsafe bytes(ofStringAt: offset)
    guard isTwoByte else { return unsafe UTF8Transcoder.text(latin1: bytes) }
    let (text, isExact) = unsafe UTF8Transcoder.text(utf16: bytes)
    return isExact ? text : nil
  }

  /// Where a string of the input has its bytes; they hold as long as the graph.
  func bytes(ofStringAt offset: Int) -> (bytes: UnsafeRawBufferPointer, isTwoByte: Bool) {
    let isTwoByte = unsafe input[offset] == WireTag.twoByteString
    // The string was checked when it was read.
    let (length, start) = unsafe Varint.read32(
      input.assumingMemoryBound(to: UInt8.self), at: offset &+ 1)
    return unsafe (
      UnsafeRawBufferPointer(rebasing: input[start..<(start &+ Int(length))]), isTwoByte
    )
  }
}

extension GraphReader {
  /// The arrays alone.
  package var content: GraphContent { GraphContent(self) }
}
