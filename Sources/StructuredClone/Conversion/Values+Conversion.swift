extension CloneValue: CloneValueConvertible {
  /// The value itself.
  public init(cloneValue: CloneValue) throws(CloneConversionError) { self = cloneValue }

  /// The value itself.
  public func cloneValue() throws(CloneConversionError) -> CloneValue { self }
}

extension Bool: CloneValueConvertible {
  /// Makes a truth value of a boolean.
  public init(cloneValue: CloneValue) throws(CloneConversionError) {
    guard let value = cloneValue.boolean else {
      throw CloneConversionError(expected: "a boolean", found: cloneValue)
    }
    self = value
  }

  /// A boolean.
  public func cloneValue() throws(CloneConversionError) -> CloneValue { .boolean(self) }
}

extension Optional: CloneValueConvertible where Wrapped: CloneValueConvertible {
  /// Makes nothing of `undefined` and `null`.
  public init(cloneValue: CloneValue) throws(CloneConversionError) {
    switch cloneValue {
    case .undefined, .null: self = nil
    default: self = try Wrapped(cloneValue: cloneValue)
    }
  }

  /// `undefined` for nothing.
  public func cloneValue() throws(CloneConversionError) -> CloneValue {
    try self?.cloneValue() ?? .undefined
  }
}
