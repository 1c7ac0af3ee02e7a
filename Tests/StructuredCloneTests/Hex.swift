import StructuredClone
import _CloneFixtures

/// The bytes of hexadecimal digits; spaces are ignored.
func bytes(_ text: String) -> [UInt8] { Fixtures.bytes(text) }

/// The value of a payload in hexadecimal.
func decode(
  _ text: String, profile: CloneProfile = .default
) throws(CloneDecodingError) -> CloneValue {
  try CloneValue(decoding: bytes(text), profile: profile)
}
