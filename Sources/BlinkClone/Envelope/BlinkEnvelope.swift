/// What Blink puts around V8's format: a version of its own, and since version 21 room for a trailer.
///
/// ```
/// 16 to 20:  FF version                                          V8's header and value
/// 21:        FF 15 FE offset (8 bytes) size (4 bytes)            V8's header and value   trailer
/// ```
///
/// Below 16 there is none: V8's header counts for both.
public struct BlinkEnvelope: Hashable, Sendable {
  /// The version that Chromium writes since 2022: `SerializedScriptValue::kWireFormatVersion`.
  public static let currentVersion: UInt32 = 21
  /// The versions that can be written.
  public static let writableVersions: ClosedRange<UInt32> = 16...currentVersion

  /// The first version that is an envelope, and not V8's header.
  static let separateSince: UInt32 = 16
  /// The first version with room for a trailer.
  static let trailerSince: UInt32 = 21
  static let versionTag: UInt8 = 0xFF
  static let trailerOffsetTag: UInt8 = 0xFE
  /// The tag and the offset and size of the trailer.
  static let trailerFieldsLength = 13

  /// Blink's version; `nil` if V8's header counts for both.
  public var version: UInt32?
  /// Whether the bytes are stored with each two of them exchanged, as up to version 16.
  public var isByteSwapped: Bool
  /// How many zeros follow the value below version 21: one, where the length had to be even.
  public var padding: Int

  /// Makes an envelope.
  public init(
    version: UInt32? = currentVersion, isByteSwapped: Bool = false, padding: Int = 0
  ) {
    self.version = version
    self.isByteSwapped = isByteSwapped
    self.padding = padding
  }

  /// Reads the version and where V8's header begins. As in Blink, what cannot be an envelope is none.
  package static func read(_ bytes: [UInt8]) -> (version: UInt32, length: Int)? {
    guard let (version, end) = readVersion(bytes), version >= separateSince else { return nil }
    guard version >= trailerSince else { return (version, end) }
    let length = end + trailerFieldsLength
    return length < bytes.count ? (version, length) : nil
  }

  /// Reads `FF` and a varint, of which Blink, unlike V8, takes all bytes however many they are.
  package static func readVersion(_ bytes: [UInt8]) -> (version: UInt32, end: Int)? {
    guard bytes.first == versionTag else { return nil }
    var version: UInt32 = 0
    for position in 1..<max(1, bytes.count) {
      // What is beyond 32 bits is lost.
      if position <= 5 { version |= UInt32(bytes[position] & 0x7F) << UInt32(7 * (position - 1)) }
      if bytes[position] < 0x80 { return (version, position + 1) }
    }
    return nil
  }

  /// What stands before V8's header, with no trailer.
  var prefix: [UInt8] {
    guard let version else { return [] }
    var bytes = [BlinkEnvelope.versionTag, UInt8(truncatingIfNeeded: version)]
    if version >= BlinkEnvelope.trailerSince {
      bytes.append(BlinkEnvelope.trailerOffsetTag)
      bytes += repeatElement(0, count: BlinkEnvelope.trailerFieldsLength - 1)
    }
    return bytes
  }
}
