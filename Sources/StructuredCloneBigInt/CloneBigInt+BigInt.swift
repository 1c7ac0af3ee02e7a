public import BigInt
public import StructuredClone

extension CloneBigInt {
  /// Makes a big integer of the same value.
  public init(_ integer: BigInt) {
    self.init(isNegative: integer.sign == .minus, magnitude: integer.magnitude.littleEndianBytes)
  }

  /// Makes a big integer of the same value.
  public init(_ integer: BigUInt) {
    self.init(isNegative: false, magnitude: integer.littleEndianBytes)
  }
}

extension CloneValue {
  /// Makes a BigInt.
  public init(_ integer: BigInt) { self = .bigint(CloneBigInt(integer)) }

  /// Makes a BigInt.
  public init(_ integer: BigUInt) { self = .bigint(CloneBigInt(integer)) }
}

extension BigInt {
  /// Makes an integer of the same value.
  public init(_ integer: CloneBigInt) {
    self.init(
      sign: integer.isNegative ? .minus : .plus,
      magnitude: BigUInt(littleEndianBytes: integer.magnitude))
  }

  /// Makes an integer of a BigInt, or of a number that is one.
  ///
  /// - Throws: that the value is something else, or has a fraction or none of the finite values.
  public init(_ value: CloneValue) throws(CloneConversionError) {
    switch value {
    case .bigint(let integer): self.init(integer)
    case .number(let number):
      guard let integer = BigInt(exactly: number) else {
        throw CloneConversionError.notExact("\(number)", type: "BigInt")
      }
      self = integer
    default: throw CloneConversionError(expected: "BigInt", found: value)
    }
  }
}

extension BigUInt {
  /// Makes an integer of the same value; `nil` if that is below zero.
  public init?(exactly integer: CloneBigInt) {
    guard !integer.isNegative else { return nil }
    self.init(littleEndianBytes: integer.magnitude)
  }

  /// The bytes from the lowest on, without zeros at the end but those of the highest word.
  fileprivate var littleEndianBytes: [UInt8] {
    words.flatMap { word in
      (0..<(UInt.bitWidth / 8)).map { UInt8(truncatingIfNeeded: word >> UInt(8 * $0)) }
    }
  }

  fileprivate init(littleEndianBytes bytes: ArraySlice<UInt8>) {
    let size = UInt.bitWidth / 8
    self.init(
      words: stride(from: bytes.startIndex, to: bytes.endIndex, by: size).map { start in
        bytes[start..<Swift.min(start + size, bytes.endIndex)].reversed()
          .reduce(0) { $0 << 8 | UInt($1) }
      })
  }
}
