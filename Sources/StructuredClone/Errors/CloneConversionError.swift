/// A value that another type cannot hold, or that cannot hold another type's.
public struct CloneConversionError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Why.
  public enum Reason: Hashable, Sendable {
    /// The value is of another kind, such as `Map`.
    case wrongKind(String)
    /// The date is not a point in time.
    case invalidDate
    /// The buffer was transferred away, or the view lies outside of it.
    case noBytes
    /// The text does not have the form that it must have.
    case malformed(String)
    /// The value is outside of the range, or has more digits than fit.
    case notExact(String)
  }

  /// Why.
  public let reason: Reason
  /// The type that was wanted.
  public let type: String

  /// Makes an error.
  ///
  /// - Parameter type: the type that was wanted.
  package init(_ reason: Reason, type: String) {
    self.reason = reason
    self.type = type
  }

  /// A value of a kind that does not become the type.
  package init(_ value: CloneValue, type: String) {
    self.init(.wrongKind(value.kindName), type: type)
  }

  /// What is wrong.
  public var description: String {
    switch reason {
    case .wrongKind(let kind): "\(kind) does not become \(type)"
    case .invalidDate: "an invalid date does not become \(type)"
    case .noBytes: "a detached buffer, or a view outside of its buffer, does not become \(type)"
    case .malformed(let text): "\(text) does not have the form of \(type)"
    case .notExact(let text): "\(text) does not fit into \(type) exactly"
    }
  }
}
