/// A payload taken apart.
public struct WirePayload: Hashable, Sendable {
  /// The version in the header; `nil` for bytes without one, which are read as version 0.
  public var version: UInt32?
  /// Whether views carry flags also where the version says that they do not.
  public var forcesViewFlags = false
  /// The values. A payload of version 0 is a list of items, of which `{` and `@` build objects and arrays.
  public var roots: [WireNode]
  /// What follows the values.
  public var trailing: [UInt8] = []

  /// Makes a payload.
  public init(version: UInt32?, roots: [WireNode]) {
    self.version = version
    self.roots = roots
  }

  /// Takes bytes apart; `nil` if they are not well formed, or nested deeper than a limit.
  ///
  /// Counts behind end tags may be wrong.
  public init?(parsing bytes: [UInt8], depth: Int = 64) {
    var parser = WireParser(bytes, depth: depth)
    guard let payload = parser.payload() else { return nil }
    self = payload
  }

  /// The bytes.
  public var bytes: [UInt8] {
    var encoder = WireEncoder()
    encoder.append(self)
    return encoder.bytes
  }

  /// Where the tags stand in ``bytes``, from the first to the last.
  public var tagOffsets: [Int] {
    var encoder = WireEncoder()
    encoder.append(self)
    return encoder.tags
  }
}
