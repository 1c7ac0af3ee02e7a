extension Double: CloneValueConvertible {
  /// Makes a number of a number.
  public init(cloneValue: CloneValue) throws(CloneConversionError) {
    guard let number = cloneValue.number else {
      throw CloneConversionError(expected: "a number", found: cloneValue)
    }
    self = number
  }

  /// A number.
  public func cloneValue() throws(CloneConversionError) -> CloneValue { .number(self) }
}

extension Float: CloneValueConvertible {
  /// Makes the nearest number of a number.
  public init(cloneValue: CloneValue) throws(CloneConversionError) {
    self.init(try Double(cloneValue: cloneValue))
  }

  /// A number.
  public func cloneValue() throws(CloneConversionError) -> CloneValue { .number(Double(self)) }
}

extension CloneBigInt: CloneValueConvertible {
  /// Makes a big integer of a bigint.
  public init(cloneValue: CloneValue) throws(CloneConversionError) {
    guard let integer = cloneValue.bigint else {
      throw CloneConversionError(expected: "a bigint", found: cloneValue)
    }
    self = integer
  }

  /// A bigint.
  public func cloneValue() throws(CloneConversionError) -> CloneValue { .bigint(self) }
}

extension CloneValueConvertible where Self: FixedWidthInteger {
  /// Makes an integer of a number, or a bigint, that is one and is in range.
  public init(cloneValue: CloneValue) throws(CloneConversionError) {
    let integer: Self?
    switch cloneValue {
    case .number(let number): integer = Self(exactly: number)
    case .bigint(let bigint): integer = Self(exactly: bigint)
    default: throw CloneConversionError(expected: "an integer", found: cloneValue)
    }
    guard let integer else {
      throw CloneConversionError("the number is no integer from \(Self.min) to \(Self.max)")
    }
    self = integer
  }

  /// A number.
  ///
  /// - Throws: if no number is equal to the integer, which happens beyond ±2^53.
  public func cloneValue() throws(CloneConversionError) -> CloneValue {
    guard let value = CloneValue(exactly: self) else {
      throw CloneConversionError("no number is \(self); use a CloneBigInt")
    }
    return value
  }
}

extension Int: CloneValueConvertible {}
extension Int8: CloneValueConvertible {}
extension Int16: CloneValueConvertible {}
extension Int32: CloneValueConvertible {}
extension Int64: CloneValueConvertible {}
extension UInt: CloneValueConvertible {}
extension UInt16: CloneValueConvertible {}
extension UInt32: CloneValueConvertible {}
extension UInt64: CloneValueConvertible {}

extension UInt8: CloneValueConvertible {
  /// Makes bytes of a `Uint8Array`, a `DataView` or an `ArrayBuffer`: those that it shows.
  public static func array(cloneValue: CloneValue) throws(CloneConversionError) -> [UInt8] {
    if let buffer = cloneValue.arrayBuffer { return Array(buffer.bytes) }
    if let view = cloneValue.arrayBufferView, view.kind == .uint8 || view.kind == .dataView {
      return Array(view.bytes)
    }
    throw CloneConversionError(expected: "a Uint8Array or an ArrayBuffer", found: cloneValue)
  }

  /// A `Uint8Array` on a buffer of its own.
  public static func cloneValue(
    ofArray array: [UInt8]
  ) throws(CloneConversionError) -> CloneValue {
    guard let view = CloneArrayBufferView(.uint8, on: CloneArrayBuffer(array)) else {
      throw CloneConversionError("no Uint8Array has \(array.count) elements")
    }
    return .arrayBufferView(view)
  }
}
