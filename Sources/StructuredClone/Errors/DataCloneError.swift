/// A value that cannot be written, or a transfer that is refused.
public struct DataCloneError: Error, Sendable, CustomStringConvertible {
  /// Why.
  public enum Reason: Hashable, Sendable {
    /// A value of a kind that structured clone refuses.
    case uncloneable
    /// A detached buffer.
    case detachedBuffer
    /// The named engine has no such value: a Float16Array, a resizable buffer, a flag.
    case unsupportedByProfile(String)
    /// A view that lies outside its resizable buffer.
    case viewOutOfBounds
    /// A buffer or payload that is longer than the format can say.
    case tooLong
    /// A transfer list names something twice.
    case duplicateTransfer(Int)
    /// A transfer list names something that cannot be transferred.
    case untransferable(Int)
    /// A transfer list names a shared buffer.
    case sharedBufferTransfer(Int)
    /// A limit of ``CloneLimits``, by name and value.
    case limitExceeded(String, Int)
  }

  /// Why.
  public let reason: Reason

  /// The text that V8 throws.
  public let message: String

  /// Where in the value, or which entry of the transfer list.
  public internal(set) var path: ClonePath

  init(_ reason: Reason, message: String, path: ClonePath = ClonePath()) {
    self.reason = reason
    self.message = message
    self.path = path
  }

  /// V8's text and the place.
  public var description: String { "\(message) (at \(path))" }
}
