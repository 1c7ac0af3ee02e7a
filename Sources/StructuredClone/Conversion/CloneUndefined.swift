/// The Swift type of what is `undefined`: the result of a function that has none.
///
/// Any value is taken for it, as JavaScript's functions often return something that nobody asks for.
public struct CloneUndefined: CloneValueConvertible, Hashable, Sendable {
  /// Makes the one value.
  public init() {}

  /// Makes the one value of any value.
  public init(cloneValue: CloneValue) throws(CloneConversionError) {}

  /// `undefined`
  public func cloneValue() throws(CloneConversionError) -> CloneValue { .undefined }
}
