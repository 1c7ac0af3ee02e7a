/// Regular expressions that need nothing but their bytes: no receiver is retained for them, which took half of the time.
extension WireWriter {
  /// Which regular expressions are written as they are.
  struct RegExpRules {
    let flags: UInt32
    let isFaithful: Bool
    let escapes: Bool

    init(_ settings: WritingSettings) {
      // Some engines write both flags of Unicode, others do not.
      flags = settings.profile.rules.regExpFlags & ~CloneRegExp.Flags.unicodeSets.rawValue
      isFaithful = settings.isFaithful
      escapes = settings.profile.rules.escapesRegExpSource
    }

    /// Whether a source stays as it is.
    @inline(__always)
    func keep(_ source: UnsafeRawBufferPointer, isTwoByte: Bool) -> Bool {
      if isFaithful { return true }
      guard source.count > 0 else { return false }
      return unsafe !escapes || (!isTwoByte && CloneRegExp.isEscaped(source))
    }
  }

  /// The longest source that is written here, in bytes.
  private static let longestSource = 4096

  /// Writes a regular expression if its source is written as it is; else nothing is written.
  @inline(never)
  mutating func append(regExp record: Record, in graph: GraphAccess, by rules: RegExpRules) -> Bool
  {
    guard record.extra & ~rules.flags == 0 else { return false }
    let cell = unsafe graph.cells[Int(record.start)]
    if cell.isString {
      let offset = Int(cell.payload)
      let (count, start) = unsafe Varint.read32(graph.input, at: offset + 1)
      let isTwoByte = unsafe graph.input[offset] == WireTag.twoByteString
      // The bytes were checked when they were read.
      return unsafe append(
        source: UnsafeRawBufferPointer(
          rebasing: UnsafeRawBufferPointer(graph.input)[start..<start + Int(count)]),
        isTwoByte: isTwoByte, flags: record.extra, by: rules)
    }
    guard cell.isSlot else { return false }
    switch graph.content(ofSlot: cell.payload) {
    case .shortString(let content, let count, let isTwoByte):
      return unsafe content.withBytes(count: count) {
        unsafe append(source: $0, isTwoByte: isTwoByte, flags: record.extra, by: rules)
      }
    case .string(let source, let count, let isTwoByte):
      return unsafe append(
        source: UnsafeRawBufferPointer(start: source, count: count), isTwoByte: isTwoByte,
        flags: record.extra, by: rules)
    default: return false
    }
  }

  private mutating func append(
    source: UnsafeRawBufferPointer, isTwoByte: Bool, flags: UInt32, by rules: RegExpRules
  ) -> Bool {
    guard source.count <= WireWriter.longestSource, unsafe rules.keep(source, isTwoByte: isTwoByte)
    else { return false }
    append(WireTag.regExp)
    beginString(byteCount: source.count, isTwoByte: isTwoByte)
    ensure(source.count)
    // There is room for as many.
    unsafe UnsafeMutableRawBufferPointer(start: position, count: source.count)
      .copyMemory(from: source)
    unsafe position += source.count
    append(varint: UInt64(flags))
    return true
  }
}
