/// What stands behind a value since version 21 of the envelope: which interfaces a context must expose to receive it.
///
/// A browser checks it before it delivers a message; a reader of the value passes over it.
public struct BlinkTrailer: Hashable, Sendable {
  /// What begins the record of interfaces: `kTrailerRequiresInterfacesTag`.
  private static let requiresInterfacesTag: UInt8 = 0xA0
  /// The tag and the number of interfaces.
  private static let recordHeadLength = 5

  /// The tags of the host objects in the value, each once, in the order in which they were written. A byte that is no
  /// ``SerializationTag`` is an interface that nobody exposes.
  public var requiredInterfaces: [UInt8]

  /// Makes a trailer.
  public init(requiredInterfaces: [UInt8]) { self.requiredInterfaces = requiredInterfaces }

  /// Reads the trailer of a value; `nil` if it has none. The value itself is not looked at.
  ///
  /// - Throws: ``BlinkDecodingError/Reason/invalidHeader`` or ``BlinkDecodingError/Reason/invalidTrailer``, with which
  ///   Chromium does not deliver a message.
  public init?(of bytes: [UInt8]) throws(BlinkDecodingError) {
    guard let range = try BlinkTrailer.range(in: bytes) else { return nil }
    requiredInterfaces = []
    var position = range.lowerBound
    while position < range.upperBound {
      guard bytes[position] == BlinkTrailer.requiresInterfacesTag, requiredInterfaces.isEmpty,
        range.upperBound - position >= BlinkTrailer.recordHeadLength
      else { throw BlinkDecodingError(.invalidTrailer, offset: position) }
      let start = position + BlinkTrailer.recordHeadLength
      let count = BigEndian.read(bytes[(position + 1)..<start])
      guard count <= UInt64(range.upperBound - start) else {
        throw BlinkDecodingError(.invalidTrailer, offset: position)
      }
      position = start + Int(count)
      requiredInterfaces = Array(bytes[start..<position])
    }
  }

  /// Where the envelope says that the trailer is.
  private static func range(in bytes: [UInt8]) throws(BlinkDecodingError) -> Range<Int>? {
    guard let first = bytes.first else { throw BlinkDecodingError(.invalidHeader, offset: 0) }
    guard first == BlinkEnvelope.versionTag else { return nil }
    // Here no more than five bytes are a version.
    guard let (version, end) = BlinkEnvelope.readVersion(bytes), end <= 6 else {
      throw BlinkDecodingError(.invalidHeader, offset: 0)
    }
    guard version >= BlinkEnvelope.trailerSince else { return nil }
    let start = end + BlinkEnvelope.trailerFieldsLength
    guard version <= BlinkEnvelope.currentVersion, start <= bytes.count,
      bytes[end] == BlinkEnvelope.trailerOffsetTag
    else { throw BlinkDecodingError(.invalidHeader, offset: end) }
    let offset = BigEndian.read(bytes[(end + 1)..<(end + 9)])
    let size = BigEndian.read(bytes[(end + 9)..<start])
    guard offset != 0 || size != 0 else { return nil }
    guard offset >= UInt64(start), offset <= UInt64(bytes.count),
      size <= UInt64(bytes.count) - offset
    else { throw BlinkDecodingError(.invalidHeader, offset: end + 1) }
    return Int(offset)..<Int(offset + size)
  }

  /// Whether a context that exposes these interfaces can receive the value: `CanDeserializeIn`.
  public func isSatisfied(by exposed: Set<SerializationTag>) -> Bool {
    requiredInterfaces.allSatisfy { byte in
      SerializationTag(rawValue: byte).map { exposed.contains($0) } ?? false
    }
  }

  /// How many bytes it takes.
  package var encodedLength: Int { encoded.count }

  /// The bytes; none if nothing is required.
  var encoded: [UInt8] {
    guard !requiredInterfaces.isEmpty else { return [] }
    return [BlinkTrailer.requiresInterfacesTag]
      + BigEndian.bytes(UInt64(requiredInterfaces.count), count: 4) + requiredInterfaces
  }

  /// Appends the trailer to a value that begins with an envelope, and enters in that where it is.
  func append(to bytes: inout [UInt8]) {
    let trailer = encoded
    guard !trailer.isEmpty, let (_, fields) = BlinkEnvelope.readVersion(bytes) else { return }
    let position =
      BigEndian.bytes(UInt64(bytes.count), count: 8)
      + BigEndian.bytes(UInt64(trailer.count), count: 4)
    bytes.replaceSubrange((fields + 1)..<(fields + 1 + position.count), with: position)
    bytes += trailer
  }
}
