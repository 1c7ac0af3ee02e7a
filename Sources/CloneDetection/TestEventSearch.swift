/// Looks for an event of Node's test runner.
enum TestEventSearch {
  /// A header, a length and the header of a payload.
  private static let shortest = 9

  /// Where the first event begins that is there to its end.
  static func firstEvent(in bytes: [UInt8]) -> Int? {
    var offset = 0
    while offset + shortest <= bytes.count {
      if isHeader(bytes, at: offset), isHeader(bytes, at: offset + 6) {
        let length = bytes[(offset + 2)..<(offset + 6)].reduce(0) { $0 << 8 | Int($1) }
        if length > 2, length <= bytes.count - offset - 6 { return offset }
      }
      offset += 1
    }
    return nil
  }

  private static func isHeader(_ bytes: [UInt8], at offset: Int) -> Bool {
    bytes[offset] == 0xFF && (13...16).contains(bytes[offset + 1])
  }
}
