/// A payload to which a fresh engine gives another answer than this package.
public struct Difference: Sendable {
  /// Bugs of one kind are one group.
  public let kind: String
  /// The payload.
  public let payload: [UInt8]
  /// This package's answer.
  public let ours: Answer
  /// The engine's answer.
  public let engine: Answer
}
