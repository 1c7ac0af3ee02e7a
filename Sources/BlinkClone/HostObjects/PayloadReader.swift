import StructuredClone

/// Reads what stands behind the tag of a host object.
struct PayloadReader {
  var wire: HostObjectReader
  /// Blink's version.
  let version: UInt32

  mutating func readByte() throws(CloneDecodingError) -> UInt8 {
    try wire.readRawBytes(1).first ?? 0
  }

  mutating func readUInt32() throws(CloneDecodingError) -> UInt32 { try wire.readUInt32() }

  mutating func readUInt64() throws(CloneDecodingError) -> UInt64 { try wire.readUInt64() }

  mutating func readDouble() throws(CloneDecodingError) -> Double { try wire.readDouble() }

  mutating func readDoubles(_ count: Int) throws(CloneDecodingError) -> [Double] {
    var values: [Double] = []
    for _ in 0..<count { values.append(try readDouble()) }
    return values
  }

  mutating func readBytes(_ count: UInt64) throws(CloneDecodingError) -> ArraySlice<UInt8> {
    try wire.readRawBytes(Int(clamping: count))
  }

  /// Text in UTF-8 behind its length; what is no UTF-8 is refused.
  mutating func readString() throws(CloneDecodingError) -> String {
    let bytes = try readBytes(UInt64(try readUInt32()))
    guard let string = String(validating: bytes, as: UTF8.self) else {
      throw error("text that is no UTF-8")
    }
    return string
  }

  /// Text that is not empty.
  mutating func readName() throws(CloneDecodingError) -> String {
    let name = try readString()
    guard !name.isEmpty else { throw error("an empty name") }
    return name
  }

  /// A number that stands for one of a few things.
  mutating func readEnum<Value: RawRepresentable<UInt32>>(
    _ type: Value.Type = Value.self
  ) throws(CloneDecodingError) -> Value {
    let number = try readUInt32()
    guard let value = Value(rawValue: number) else {
      throw error("no \(type) has the number \(number)")
    }
    return value
  }

  /// 0 or 1.
  mutating func readBit() throws(CloneDecodingError) -> Bool {
    let number = try readUInt32()
    guard number <= 1 else { throw error("\(number) is neither 0 nor 1") }
    return number == 1
  }

  /// 0 or 1 in a byte.
  mutating func readBitInByte() throws(CloneDecodingError) -> Bool {
    let number = try readByte()
    guard number <= 1 else { throw error("\(number) is neither 0 nor 1") }
    return number == 1
  }

  /// 0, or anything else.
  mutating func readFlag() throws(CloneDecodingError) -> Bool { try readUInt32() != 0 }

  func error(_ text: String) -> CloneDecodingError { wire.error(text) }
}
