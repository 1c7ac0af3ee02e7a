/// A Swift type whose values are a kind of JavaScript's.
///
/// ```swift
/// struct Point: CloneValueConvertible {
///   var x: Double
///   var y: Double
///   init(cloneValue: CloneValue) throws(CloneConversionError) {
///     x = try cloneValue.converted(at: "x")
///     y = try cloneValue.converted(at: "y")
///   }
///   func cloneValue() throws(CloneConversionError) -> CloneValue { ["x": .number(x), "y": .number(y)] }
/// }
/// ```
///
/// Nothing is guessed: a string is no number, a fraction no integer. What has no exact counterpart is refused, and the
/// error says where it is.
public protocol CloneValueConvertible {
  /// Makes a value of a JavaScript value.
  ///
  /// - Throws: what was expected, what was found instead, and where.
  init(cloneValue: CloneValue) throws(CloneConversionError)

  /// The JavaScript value.
  ///
  /// - Throws: why there is none, and which part has none.
  func cloneValue() throws(CloneConversionError) -> CloneValue

  /// Makes an array of a JavaScript value: by default of an `Array`. For types whose arrays are something else there, as
  /// those of bytes are.
  static func array(cloneValue: CloneValue) throws(CloneConversionError) -> [Self]

  /// The JavaScript value of an array: by default an `Array`.
  static func cloneValue(ofArray array: [Self]) throws(CloneConversionError) -> CloneValue
}

extension CloneValueConvertible {
  /// Makes an array of an `Array` without holes. Properties beside its elements are not looked at.
  public static func array(cloneValue: CloneValue) throws(CloneConversionError) -> [Self] {
    guard let array = cloneValue.array else {
      throw CloneConversionError(expected: "an Array", found: cloneValue)
    }
    // An array of holes can be very long for nothing; one that engines write as if it had some often has none.
    guard array.isPacked || array.presentIndices.count == array.count else {
      throw CloneConversionError("expected an Array without holes")
    }
    var elements: [Self] = []
    elements.reserveCapacity(array.count)
    for (index, element) in array.elements.enumerated() {
      do {
        elements.append(try Self(cloneValue: element))
      } catch {
        throw error.within(.element(index))
      }
    }
    return elements
  }

  /// An `Array`.
  public static func cloneValue(
    ofArray array: [Self]
  ) throws(CloneConversionError) -> CloneValue {
    var values: [CloneValue] = []
    values.reserveCapacity(array.count)
    for (index, element) in array.enumerated() {
      do {
        values.append(try element.cloneValue())
      } catch {
        throw error.within(.element(index))
      }
    }
    return CloneValue(values)
  }
}

extension CloneValue {
  /// The value as a Swift type.
  ///
  /// - Throws: what was expected, what was found instead, and where.
  public func converted<Value: CloneValueConvertible>(
    to type: Value.Type = Value.self
  ) throws(CloneConversionError) -> Value {
    try Value(cloneValue: self)
  }

  /// A property as a Swift type; one that is missing is `undefined`.
  ///
  /// - Throws: what was expected, what was found instead, and where.
  public func converted<Value: CloneValueConvertible>(
    to type: Value.Type = Value.self, at key: ClonePropertyKey
  ) throws(CloneConversionError) -> Value {
    do {
      return try Value(cloneValue: self[key])
    } catch {
      throw error.within(.property(key))
    }
  }
}
