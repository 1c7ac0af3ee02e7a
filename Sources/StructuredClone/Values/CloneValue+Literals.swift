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
    precondition(value.magnitude <= 1 << 53, "an integer literal beyond 2^53 is not exact: use .bigint")
    self = .number(Double(value))
  }

  /// Makes a number.
  public init(floatLiteral value: Double) { self = .number(value) }

  /// Makes a string.
  public init(stringLiteral value: String) { self = .string(CloneString(value)) }

  /// Makes a dense array.
  public init(arrayLiteral elements: CloneValue...) { self = .array(CloneArray(elements)) }

  /// Makes an object. If a key is repeated, the last value wins, at the place of the first.
  public init(dictionaryLiteral elements: (ClonePropertyKey, CloneValue)...) {
    var object = CloneObject()
    for (key, value) in elements { object[key] = value }
    self = .object(object)
  }
}
