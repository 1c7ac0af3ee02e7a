extension CloneString: CloneValueConvertible {
  /// Makes a string of a string.
  public init(cloneValue: CloneValue) throws(CloneValueConversionError) {
    guard let string = cloneValue.string else {
      throw CloneValueConversionError(expected: "a string", found: cloneValue)
    }
    self = string
  }

  /// A string.
  public func cloneValue() throws(CloneValueConversionError) -> CloneValue { .string(self) }
}

extension String: CloneValueConvertible {
  /// Makes text of a string, which must have no lone surrogates.
  public init(cloneValue: CloneValue) throws(CloneValueConversionError) {
    guard let text = String(exactly: try CloneString(cloneValue: cloneValue)) else {
      throw CloneValueConversionError(
        "the string has a lone surrogate; only a CloneString can hold it")
    }
    self = text
  }

  /// A string.
  public func cloneValue() throws(CloneValueConversionError) -> CloneValue { CloneValue(self) }
}
