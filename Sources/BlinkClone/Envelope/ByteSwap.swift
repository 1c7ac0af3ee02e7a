/// The exchange of each two bytes in which Chromium stored values up to version 16 of the envelope, as text of 16-bit units.
package enum ByteSwap {
  /// What can stand behind `FF` if that is the second byte of a unit: the first tags of version 0.
  private static let legacyTags: Set<UInt8> = [
    0x23, 0x40, 0x44, 0x49, 0x4E, 0x52, 0x53, 0x55, 0x5B, 0x62, 0x66, 0x6C, 0x7B,
  ]

  /// Whether stored bytes are swapped, as Blink decides it: by the first two.
  static func isSwapped(_ bytes: [UInt8]) -> Bool {
    guard bytes.count.isMultiple(of: 2) else { return false }
    guard bytes.count >= 4, bytes[0] == BlinkEnvelope.versionTag else { return true }
    return legacyTags.contains(bytes[1])
  }

  /// Exchanges each two bytes; of an odd number the last stays.
  package static func swap(_ bytes: [UInt8]) -> [UInt8] {
    var swapped = bytes
    for low in stride(from: 0, to: bytes.count - 1, by: 2) { swapped.swapAt(low, low + 1) }
    return swapped
  }
}
