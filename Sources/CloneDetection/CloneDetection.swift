public import StructuredClone

/// Which layers a blob has, what program wrote it, and what it holds.
///
/// ```swift
/// if let found = CloneDetection.detect(bytes) {
///   for layer in found.layers { print(layer.offset, layer) }
///   print(try found.values.get())
/// }
/// ```
public struct CloneDetection: Sendable {
  /// How sure it is.
  public enum Certainty: Int, Comparable, Sendable {
    /// The bytes can be read so, but a text or a picture might be, too: a payload without a header, or one of a few bytes with
    /// others behind it.
    case possible
    /// The layers are there, but what they hold cannot be read to the end.
    case likely
    /// All layers are there, and everything in them was read.
    case certain

    /// Whether one is less sure than another.
    public static func < (left: Certainty, right: Certainty) -> Bool {
      left.rawValue < right.rawValue
    }
  }

  /// The layers, the outermost first.
  public let layers: [CloneLayer]
  /// Who writes such host objects.
  public let dialect: CloneDialect
  /// How sure it is.
  public let certainty: Certainty
  /// The values: one, or the messages of a stream. Or why there are none or not all.
  public let values: Result<[CloneValue], CloneDetectionError>
  /// The innermost bytes, in which the offsets of an error are: the input, or what is in compressed or exchanged bytes.
  public let innermost: [UInt8]
  /// How many bytes follow the value in them that were not read.
  public let trailingByteCount: Int

  /// Whether there is more than V8's format alone.
  public var isLayered: Bool { layers.count > 1 || dialect != .v8 }

  /// Finds out what bytes are; `nil` if they are nothing that is known here.
  ///
  /// - Parameter limits: of what is read to find out.
  /// - Complexity: linear; the bytes are read a few times at most.
  public static func detect(_ bytes: [UInt8], limits: CloneLimits = .default) -> CloneDetection? {
    guard bytes.count >= Detector.fewestBytes else { return nil }
    return Detector(limits: limits).detect(bytes)
  }
}
