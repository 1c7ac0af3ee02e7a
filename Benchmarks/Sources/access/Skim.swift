/// The least that looking through a payload takes: every tag is read and every length skipped, and nothing is checked but the
/// end. A reader that only checked payloads would have to do more: keys must differ, references lead somewhere, counts
/// be right, patterns compile.
enum Skim {
  /// Walks over the objects, arrays, maps, sets and primitives of a payload; answers how many tags there are.
  static func tagCount(_ bytes: [UInt8]) -> Int {
    var position = 2
    var count = 0
    func varint() -> Int {
      var value = 0
      var shift = 0
      while position < bytes.count {
        let byte = bytes[position]
        position += 1
        value |= Int(byte & 0x7F) << shift
        shift += 7
        if byte < 0x80 { break }
      }
      return value
    }
    while position < bytes.count {
      let tag = bytes[position]
      position += 1
      count += 1
      switch tag {
      case UInt8(ascii: "A"), UInt8(ascii: "a"), UInt8(ascii: "I"), UInt8(ascii: "U"),
        UInt8(ascii: "^"), UInt8(ascii: "{"), UInt8(ascii: ":"), UInt8(ascii: ","):
        _ = varint()
      case UInt8(ascii: "$"), UInt8(ascii: "@"):
        _ = varint()
        _ = varint()
      case UInt8(ascii: "N"), UInt8(ascii: "D"): position += 8
      case UInt8(ascii: "\""), UInt8(ascii: "c"): position += varint()
      case UInt8(ascii: "Z"): position += varint() >> 1
      default: break
      }
    }
    return count
  }
}
