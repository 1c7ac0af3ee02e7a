public import StructuredClone

/// Why what the layers hold cannot be read.
public struct CloneDetectionError: Error, Sendable, CustomStringConvertible {
  /// What is wrong, where, and what to do about it.
  public let description: String
  /// The error of the reader, if a value cannot be read.
  public let underlyingError: CloneDecodingError?

  init(_ description: String, _ underlyingError: CloneDecodingError? = nil) {
    self.description = description
    self.underlyingError = underlyingError
  }
}
