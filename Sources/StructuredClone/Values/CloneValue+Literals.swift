extension CloneValue: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral, ExpressibleByStringLiteral,
  ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  /// Makes `null`.
  public init(nilLiteral: ()) { self = .null }

  /// Makes a boolean.
  public init(booleanLiteral value: Bool) { self = .boolean(value) }

  /// Makes a number.
  ///
  /// - Precondition: the literal is from −2^53 to 2^53, where every integer is a number. Use
  ///   ``bigint(_:)`` or ``init(exactly:)`` for others.
  public init(integerLiteral value: Int) {
    precondition(
      value.magnitude <= 1 << 53, "an integer literal beyond 2^53 is not exact: use .bigint")
    self = .number(Double(value))
  }

  /// Makes a number.
  public init(floatLiteral value: Double) { self = .number(value) }

  /// Makes a string.
  public init(stringLiteral value: String) { self = .string(CloneString(value)) }

  // What makes objects and arrays of literals is inlined: a tenth less (Documentation/Performance.md).

  /// Makes a dense array.
  @inlinable @inline(__always)
  public init(arrayLiteral elements: CloneValue...) {
    var content = BuiltContent(elements: elements.count)
    for element in elements { content.append(element) }
    self = .array(CloneArray(content))
  }

  /// Makes an object. If a key is repeated, the last value wins, at the place of the first.
  @inlinable @inline(__always)
  public init(dictionaryLiteral elements: (ClonePropertyKey, CloneValue)...) {
    var properties = BuiltProperties(reserving: elements.count)
    for (key, value) in elements { properties.append(key, value) }
    self = .object(CloneObject(properties))
  }
}

extension CloneObject: ExpressibleByDictionaryLiteral {
  /// Makes a new object. If a key is repeated, the last value wins, at the place of the first.
  public init(dictionaryLiteral elements: (ClonePropertyKey, CloneValue)...) { self.init(elements) }
}

extension CloneArray: ExpressibleByArrayLiteral {
  /// Makes a new packed array.
  public init(arrayLiteral elements: CloneValue...) { self.init(elements) }
}

extension CloneMap: ExpressibleByDictionaryLiteral {
  /// Makes a new map. If a key is repeated, the last value wins, at the place of the first.
  public init(dictionaryLiteral elements: (CloneValue, CloneValue)...) { self.init(elements) }
}

extension CloneSet: ExpressibleByArrayLiteral {
  /// Makes a new set; repeated elements count once.
  public init(arrayLiteral elements: CloneValue...) { self.init(elements) }
}
