/// The length in front of a payload: four bytes, the highest first.
package enum NodeFrame {
  package static let prefixLength = 4

  /// Stores a length at a position where there are four bytes.
  static func store(_ length: UInt32, in frame: inout [UInt8], at position: Int = 0) {
    for place in 0..<prefixLength {
      frame[position + place] = UInt8(
        truncatingIfNeeded: length >> UInt32(8 * (prefixLength - 1 - place)))
    }
  }

  /// The length at a position where there are four bytes.
  package static func length(in bytes: [UInt8], at position: Int) -> Int {
    var length = 0
    for place in 0..<prefixLength { length = length << 8 | Int(bytes[position + place]) }
    return length
  }
}
