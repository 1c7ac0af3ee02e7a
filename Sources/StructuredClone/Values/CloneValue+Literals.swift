extension CloneValue: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral, ExpressibleByStringLiteral,
  ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  /// Makes `null`.
  @inlinable
  public init(nilLiteral: ()) { self = .null }

  /// Makes a boolean.
  @inlinable
  public init(booleanLiteral value: Bool) { self = .boolean(value) }

  /// Makes a number.
  ///
  /// - Precondition: the literal is from −2^53 to 2^53, where every integer is a number. Use
  ///   ``bigint(_:)`` or ``init(exactly:)`` for others.
  @inlinable
  public init(integerLiteral value: Int) {
    precondition(
      value.magnitude <= 1 << 53, "an integer literal beyond 2^53 is not exact: use .bigint")
    self = .number(Double(value))
  }

  /// Makes a number.
  @inlinable
  public init(floatLiteral value: Double) { self = .number(value) }

  /// Makes a string.
  @inlinable @inline(__always)
  public init(stringLiteral value: StaticString) {
    self = .string(CloneString(stringLiteral: value))
  }

  /// Makes a dense array.
  public init(arrayLiteral elements: CloneValue...) {
    self = .array(CloneArray(literal: elements))
  }

  /// Makes an object. If a key is repeated, the last value wins, at the place of the first.
  public init(dictionaryLiteral elements: (ClonePropertyKey, CloneValue)...) {
    self = .object(CloneObject(literal: elements))
  }
}

extension CloneObject: ExpressibleByDictionaryLiteral {
  /// Makes a new object. If a key is repeated, the last value wins, at the place of the first.
  public init(dictionaryLiteral elements: (ClonePropertyKey, CloneValue)...) {
    self.init(literal: elements)
  }
}

extension CloneArray: ExpressibleByArrayLiteral {
  /// Makes a new packed array.
  public init(arrayLiteral elements: CloneValue...) { self.init(literal: elements) }
}

extension CloneMap: ExpressibleByDictionaryLiteral {
  /// Makes a new map. If a key is repeated, the last value wins, at the place of the first.
  public init(dictionaryLiteral elements: (CloneValue, CloneValue)...) { self.init(elements) }
}

extension CloneSet: ExpressibleByArrayLiteral {
  /// Makes a new set; repeated elements count once.
  public init(arrayLiteral elements: CloneValue...) { self.init(elements) }
}
