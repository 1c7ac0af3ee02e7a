/// Why a JavaScript value is not of a Swift type, or a Swift value has no JavaScript value.
public struct CloneConversionError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Why.
  public let reason: String
  /// Where, from the value that was to be converted.
  public private(set) var path: ClonePath

  /// Makes an error.
  public init(_ reason: String, at path: ClonePath = ClonePath()) {
    self.reason = reason
    self.path = path
  }

  /// Makes the error of another kind of value than was expected.
  public init(expected: String, found: CloneValue) {
    self.init("expected \(expected), found \(found.kindName)")
  }

  /// The error as seen from the value that contains the one which was converted.
  public func within(_ step: ClonePath.Step) -> CloneConversionError {
    CloneConversionError(reason, at: ClonePath([step] + path.steps))
  }

  /// Where and why.
  public var description: String { path.steps.isEmpty ? reason : "at \(path): \(reason)" }
}

extension CloneConversionError {
  /// A value that is outside of a type's range, or has more digits than fit.
  package static func notExact(_ text: String, type: String) -> CloneConversionError {
    CloneConversionError("\(text) does not fit into \(type) exactly")
  }

  /// Text that does not have the form of a type.
  package static func malformed(_ text: String, type: String) -> CloneConversionError {
    CloneConversionError("\(text) does not have the form of \(type)")
  }

  /// A buffer that was transferred away, or a view that lies outside of its buffer.
  package static func noBytes(type: String) -> CloneConversionError {
    CloneConversionError(
      "a detached buffer, or a view outside of its buffer, does not become \(type)")
  }
}
