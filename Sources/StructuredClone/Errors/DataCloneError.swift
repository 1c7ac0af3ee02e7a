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
    /// The caller's memory has room for fewer bytes than this, which the value takes.
    case insufficientRoom(Int)
    /// A limit of ``CloneLimits``, by name and value.
    case limitExceeded(String, Int)
  }

  /// Why.
  public let reason: Reason

  /// The text that V8 throws.
  public let message: String

  /// Where in the value, or which entry of the transfer list.
  public internal(set) var path: ClonePath

  package init(_ reason: Reason, message: String, path: ClonePath = ClonePath()) {
    self.reason = reason
    self.message = message
    self.path = path
  }

  /// Memory of the caller's that is too small.
  static func insufficientRoom(_ size: Int) -> DataCloneError {
    DataCloneError(
      .insufficientRoom(size), message: "The value takes \(size) bytes, for which there is no room."
    )
  }

  /// A value of a kind that is refused, by V8's description of it.
  static func uncloneable(_ description: String, path: ClonePath) -> DataCloneError {
    DataCloneError(.uncloneable, message: "\(description) could not be cloned.", path: path)
  }

  static func detachedBuffer(path: ClonePath) -> DataCloneError {
    DataCloneError(
      .detachedBuffer, message: "An ArrayBuffer is detached and could not be cloned.", path: path)
  }

  /// V8 describes a typed array that is out of bounds otherwise than a data view.
  static func outOfBounds(_ kind: CloneArrayBufferView.Kind, path: ClonePath) -> DataCloneError {
    let description = kind == .dataView ? "#<DataView>" : "[object Object]"
    return DataCloneError(
      .viewOutOfBounds, message: "\(description) could not be cloned.", path: path)
  }

  /// Where and why.
  public var diagnosis: String {
    let text: String
    switch reason {
    case .uncloneable: text = "structured clone refuses such a value"
    case .detachedBuffer: text = "the buffer was transferred away"
    case .unsupportedByProfile(let what): text = what
    case .viewOutOfBounds: text = "the view lies outside its buffer"
    case .tooLong: text = "longer than the format can say"
    case .duplicateTransfer(let index):
      text = "entry \(index) of the transfer list is listed before"
    case .untransferable(let index): text = "entry \(index) of the transfer list is no buffer"
    case .sharedBufferTransfer(let index):
      text = "entry \(index) of the transfer list is a shared buffer"
    case .insufficientRoom(let size): text = "the value takes \(size) bytes; lend as much room"
    case .limitExceeded(let name, let value):
      text = "the limit \(name) of \(value) is exceeded; raise it in CloneLimits"
    }
    return "at \(path): \(text)"
  }

  /// V8's text and the place.
  public var description: String { "\(message) (at \(path))" }
}
