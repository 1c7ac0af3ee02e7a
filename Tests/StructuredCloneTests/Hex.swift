import StructuredClone

/// Bytes as hexadecimal digits, to compare payloads readably.
func hex(_ bytes: some Sequence<UInt8>) -> String {
  bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
}

/// The bytes of hexadecimal digits; spaces are ignored.
func bytes(_ text: String) -> [UInt8] {
  var bytes: [UInt8] = []
  var high: Int?
  for digit in text.compactMap(\.hexDigitValue) {
    if let first = high {
      bytes.append(UInt8(first << 4 | digit))
      high = nil
    } else {
      high = digit
    }
  }
  return bytes
}

/// The value of a payload in hexadecimal.
func decode(
  _ text: String, profile: CloneProfile = .default
) throws(CloneDecodingError) -> CloneValue {
  try CloneValue(decoding: bytes(text), profile: profile)
}
