public import StructuredClone

/// Why bytes are no value of Electron's.
///
/// Electron itself gives `null` for such a value, and throws what V8 throws if that got to read it.
public struct ElectronDecodingError: Error, Sendable, Equatable, CustomStringConvertible {
  /// Why.
  public enum Reason: Hashable, Sendable {
    /// The value does not begin with `FF`.
    case missingEnvelope
    /// The value ends within the envelope.
    case truncatedEnvelope
    /// From version 21 on `FE` must follow the version.
    case missingTrailerFields
    /// A value claims to be longer than the buffer that it is in.
    case sizeBeyondBuffer(UInt64)
    /// What V8's reader says of the value; its offsets are the same.
    case unreadable
  }

  /// Why.
  public let reason: Reason
  /// The offset of what is wrong.
  public let offset: Int
  /// The error of the reader, if the value itself cannot be read.
  public let underlyingError: CloneDecodingError?

  init(_ reason: Reason, offset: Int) {
    self.reason = reason
    self.offset = offset
    underlyingError = nil
  }

  init(_ error: CloneDecodingError) {
    reason = .unreadable
    offset = error.offset
    underlyingError = error
  }

  /// V8's text.
  public var message: String {
    underlyingError?.message ?? "Unable to deserialize cloned data."
  }

  /// What is wrong, where, and what to do about it.
  public var diagnosis: String {
    if let underlyingError { return underlyingError.diagnosis }
    let text =
      switch reason {
      case .missingEnvelope:
        "a value of Electron begins with an envelope, ff and a version; without one it may be of Node"
      case .truncatedEnvelope: "the value ends within the envelope"
      case .missingTrailerFields: "fe must follow a version of 21 or more"
      case .sizeBeyondBuffer(let size): "\(size) bytes are more than the buffer has"
      case .unreadable: "the value cannot be read"
      }
    return "offset \(offset): \(text)"
  }

  /// V8's text and the diagnosis.
  public var description: String { "\(message) (\(diagnosis))" }
}
