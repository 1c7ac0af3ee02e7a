extension CloneString: CloneValueConvertible {
  /// Makes a string of a string.
  public init(cloneValue: CloneValue) throws(CloneConversionError) {
    guard let string = cloneValue.string else {
      throw CloneConversionError(expected: "a string", found: cloneValue)
    }
    self = string
  }

  /// A string.
  public func cloneValue() throws(CloneConversionError) -> CloneValue { .string(self) }
}

extension String: CloneValueConvertible {
  /// Makes text of a string, which must have no lone surrogates.
  public init(cloneValue: CloneValue) throws(CloneConversionError) {
    guard let text = String(exactly: try CloneString(cloneValue: cloneValue)) else {
      throw CloneConversionError(
        "the string has a lone surrogate; only a CloneString can hold it")
    }
    self = text
  }

  /// A string.
  public func cloneValue() throws(CloneConversionError) -> CloneValue { CloneValue(self) }
}
