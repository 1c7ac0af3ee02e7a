/// The length in front of a payload: four bytes, the highest first.
enum NodeFrame {
  static let prefixLength = 4

  static func store(_ length: UInt32, in frame: inout [UInt8]) {
    for position in 0..<prefixLength {
      frame[position] = UInt8(
        truncatingIfNeeded: length >> UInt32(8 * (prefixLength - 1 - position)))
    }
  }

  /// The length at a position where there are four bytes.
  static func length(in bytes: [UInt8], at position: Int) -> Int {
    bytes[position..<(position + prefixLength)].reduce(0) { $0 << 8 | Int($1) }
  }
}
