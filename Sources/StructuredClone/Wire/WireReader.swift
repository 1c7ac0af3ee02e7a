/// A cursor over input bytes that reads the primitive encodings.
struct WireReader: Sendable {
  var bytes: [UInt8]
  var position = 0
  private let varints: EngineRules.Varints

  init(_ bytes: [UInt8], varints: EngineRules.Varints) {
    self.bytes = bytes
    self.varints = varints
  }

  var remaining: Int { bytes.count - position }

  /// The next byte that is not padding, without moving.
  func peekTag() -> UInt8? {
    var position = position
    while position < bytes.count {
      let byte = bytes[position]
      if byte != WireTag.padding { return byte }
      position += 1
    }
    return nil
  }

  /// Skips padding; the cursor then stands on the tag.
  mutating func skipPadding() {
    while position < bytes.count, bytes[position] == WireTag.padding { position += 1 }
  }

  mutating func readByte() throws(CloneDecodingError) -> UInt8 {
    guard position < bytes.count else { throw CloneDecodingError(.truncated, offset: position) }
    position += 1
    return bytes[position - 1]
  }

  /// Reads a varint into `width` bits; what does not fit is lost, as in V8.
  mutating func readVarint(width: Int = 32) throws(CloneDecodingError) -> UInt64 {
    if position < bytes.count, bytes[position] < 0x80 {
      position += 1
      return UInt64(bytes[position - 1])
    }
    let start = position
    var value: UInt64 = 0
    var shift = 0
    while true {
      guard position < bytes.count else { throw CloneDecodingError(.truncated, offset: start) }
      // From 10.2 on the byte behind the widest encoding must exist, but is not taken.
      if varints == .bounded, shift >= width { break }
      let byte = bytes[position]
      position += 1
      if shift < width { value |= UInt64(byte & 0x7F) << UInt64(shift) }
      shift += 7
      if byte < 0x80 { break }
    }
    return width == 64 ? value : value & (1 << UInt64(width) - 1)
  }

  mutating func readUInt32() throws(CloneDecodingError) -> UInt32 {
    UInt32(truncatingIfNeeded: try readVarint())
  }

  mutating func readInt32() throws(CloneDecodingError) -> Int32 {
    let raw = try readUInt32()
    return Int32(bitPattern: raw >> 1) ^ -Int32(bitPattern: raw & 1)
  }

  mutating func readDouble() throws(CloneDecodingError) -> Double {
    guard remaining >= 8 else { throw CloneDecodingError(.truncated, offset: position) }
    var bits: UInt64 = 0
    for offset in 0..<8 { bits |= UInt64(bytes[position + offset]) << UInt64(8 * offset) }
    position += 8
    return Double(bitPattern: bits)
  }

  /// Passes over `count` bytes and answers where they begin.
  mutating func skip(_ count: UInt64, from start: Int) throws(CloneDecodingError) -> Int {
    guard count <= UInt64(remaining) else {
      throw CloneDecodingError(.lengthBeyondInput(count), offset: start)
    }
    position += Int(count)
    return position - Int(count)
  }
}
