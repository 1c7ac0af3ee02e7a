/// Reads the elements of a key in DER, the distinguished encoding rules (X.690), one after the other.
struct DERReader {
  /// The tags of the elements that keys consist of.
  enum Tag: UInt8 {
    case integer = 0x02
    case bitString = 0x03
    case octetString = 0x04
    case sequence = 0x30
    /// `[0]`, of bytes.
    case context0 = 0x80
  }

  private var rest: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

  var isAtEnd: Bool { rest.isEmpty }

  /// The content of the next element; `nil` if it is another, or its length is not in the shortest form or too large.
  mutating func read(_ tag: Tag) -> ArraySlice<UInt8>? {
    guard rest.popFirst() == tag.rawValue, let first = rest.popFirst() else { return nil }
    var length = Int(first)
    if first >= 0x80 {
      // Of how many bytes the length is; four are more than there can be.
      let count = Int(first & 0x7F)
      guard (1...4).contains(count), rest.count >= count, rest.first != 0 else { return nil }
      length = rest.prefix(count).reduce(0) { $0 << 8 | Int($1) }
      guard length >= 0x80 else { return nil }
      rest = rest.dropFirst(count)
    }
    guard length <= rest.count else { return nil }
    defer { rest = rest.dropFirst(length) }
    return rest.prefix(length)
  }

  /// The magnitude of the next element, which is an integer that is not negative.
  mutating func readUnsigned() -> ArraySlice<UInt8>? {
    guard let bytes = read(.integer), let first = bytes.first, first < 0x80 else { return nil }
    guard first == 0, bytes.count > 1 else { return bytes }
    // A zero in front is there only for the sign.
    let magnitude = bytes.dropFirst()
    return magnitude.first.map { $0 >= 0x80 } == true ? magnitude : nil
  }
}
