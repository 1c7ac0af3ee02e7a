extension CloneValue: CloneValueConvertible {
  /// The value itself.
  public init(cloneValue: CloneValue) throws(CloneValueConversionError) { self = cloneValue }

  /// The value itself.
  public func cloneValue() throws(CloneValueConversionError) -> CloneValue { self }
}

extension Bool: CloneValueConvertible {
  /// Makes a truth value of a boolean.
  public init(cloneValue: CloneValue) throws(CloneValueConversionError) {
    guard let value = cloneValue.boolean else {
      throw CloneValueConversionError(expected: "a boolean", found: cloneValue)
    }
    self = value
  }

  /// A boolean.
  public func cloneValue() throws(CloneValueConversionError) -> CloneValue { .boolean(self) }
}

extension Optional: CloneValueConvertible where Wrapped: CloneValueConvertible {
  /// Makes nothing of `undefined` and `null`.
  public init(cloneValue: CloneValue) throws(CloneValueConversionError) {
    switch cloneValue {
    case .undefined, .null: self = nil
    default: self = try Wrapped(cloneValue: cloneValue)
    }
  }

  /// `undefined` for nothing.
  public func cloneValue() throws(CloneValueConversionError) -> CloneValue {
    try self?.cloneValue() ?? .undefined
  }
}
