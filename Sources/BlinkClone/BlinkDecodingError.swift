public import StructuredClone

/// Why bytes are no value of Blink's.
///
/// Chromium itself says nothing of it: a page gets `null`, or no message at all.
public struct BlinkDecodingError: Error, Sendable, Equatable, CustomStringConvertible {
  /// Why.
  public enum Reason: Sendable, Hashable {
    /// The envelope, or what it says of the trailer, is wrong.
    case invalidHeader
    /// The trailer is cut off, or holds something else than one list of interfaces.
    case invalidTrailer
    /// The context does not expose an interface that the trailer requires.
    case interfaceNotExposed(UInt8)
    /// A stored value is in a blob that is not the last of those that came with it, or has another size.
    case missingBlob(index: UInt32, size: UInt32)
    /// What wraps a stored value ends too early.
    case truncatedWrapper
    /// A stored value is not what its compressed form claims to be.
    case invalidCompression
    /// A stored value claims to be longer than ``CloneLimits/inputSize`` when it is decompressed.
    case decompressedTooLong(Int)
    /// What V8's reader says of the value; its offsets are the same.
    case unreadable
  }

  /// Why.
  public let reason: Reason
  /// The offset of what is wrong; of a stored value that was unwrapped or had its bytes exchanged, in what that gave.
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

  /// V8's text, which is also that of Blink.
  public var message: String {
    underlyingError?.message ?? "Unable to deserialize cloned data."
  }

  /// What is wrong, where, and what to do about it.
  public var diagnosis: String {
    if let underlyingError { return underlyingError.diagnosis }
    let text =
      switch reason {
      case .invalidHeader: "the envelope is cut off, newer than 21, or points beyond the end"
      case .invalidTrailer: "the trailer must be one list of interfaces"
      case .interfaceNotExposed(let tag):
        "the context does not expose \(SerializationTag(rawValue: tag)?.interface ?? "the tag \(tag)")"
      case .missingBlob(let index, let size):
        "the value is in blob \(index), of \(size) bytes, which must be the last of its blobs"
      case .truncatedWrapper: "what wraps the value ends too early"
      case .invalidCompression: "no block of Snappy, or of another length than it claims"
      case .decompressedTooLong(let length):
        "\(length) bytes are more than limits.inputSize allows, or than so short a block can hold"
      case .unreadable: "the value cannot be read"
      }
    return "offset \(offset): \(text)"
  }

  /// V8's text and the diagnosis.
  public var description: String { "\(message) (\(diagnosis))" }
}
