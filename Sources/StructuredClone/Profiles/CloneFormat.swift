/// How a payload is laid out, where engines differ: what a decoded value remembers of its own.
public struct CloneFormat: Hashable, Sendable {
  /// The version in the header.
  public var version: UInt32

  /// Whether an error's stack stands before its cause, as V8 writes since 12.4.
  public var stackBeforeCause: Bool

  /// Whether views carry flags; from version 14 on, and in some payloads of version 13.
  public var viewFlags: Bool

  /// Makes a format.
  public init(version: UInt32, stackBeforeCause: Bool, viewFlags: Bool) {
    self.version = version
    self.stackBeforeCause = stackBeforeCause
    self.viewFlags = viewFlags
  }
}
