public import StructuredClone

/// What a `message` event of a port brings.
public struct MessageEvent<Port: Sendable>: Sendable {
  /// The value; `null` if it could not be read.
  public let data: CloneValue
  /// The ports that came with it, not started yet.
  public let ports: [Port]
}
