/// A JavaScript BigInt of any width: sign and magnitude.
public struct CloneBigInt: Sendable {
  /// The bytes of the magnitude without leading zeros, marked if a sign stands before them.
  @usableFromInline let content: CompactBytes

  /// The longest magnitude of V8, 2^30 bits, in bytes.
  static let longest = 1 << 27

  /// A big integer of a graph, which starts with its bit field and was checked when it was read.
  init(wireFormIn bytes: [UInt8], at offset: UInt32) {
    let (field, start) = Varint.read32(bytes, at: Int(offset))
    let length = Int(field >> 1 & 0x3FFF_FFFF)
    self.init(
      bytes: bytes, start: start, length: length, signBit: field & 1 != 0)
  }

  private init(bytes: [UInt8], start: Int, length: Int, signBit: Bool) {
    var count = length
    while count > 0, bytes[start + count - 1] == 0 { count -= 1 }
    // A sign before digits that are all zero is dropped; 8.4 and 9.4 keep one without any digits.
    content = CompactBytes(
      bytes, start: start, count: count, isMarked: signBit && (count > 0 || length == 0))
  }

  /// A big integer of content.
  @inlinable
  init(_ content: CompactBytes) { self.content = content }

  /// The big integer at an offset of a graph's input if it has one digit of eight bytes that is not zero, and is not among
  /// the last bytes.
  @inlinable
  init?(shortIn input: UnsafeBufferPointer<UInt8>, at offset: Int) {
    guard input.count &- offset >= 1 + 16, unsafe input[offset] >> 1 == 8 else { return nil }
    // There are as many bytes, of which the first is the bit field.
    let content = unsafe ShortContent(UnsafeRawBufferPointer(input), from: offset &+ 1, count: 8)
    guard content.first != 0 else { return nil }
    let count = 8 &- content.first.leadingZeroBitCount / 8
    let isNegative = unsafe input[offset] & 1 != 0
    self.init(CompactBytes(content, count: count, isMarked: isNegative))
  }

  /// Makes a big integer from a magnitude in little-endian order.
  public init(isNegative: Bool = false, magnitude: [UInt8]) {
    self.init(
      bytes: magnitude, start: 0, length: magnitude.count,
      signBit: isNegative && magnitude.contains { $0 != 0 })
  }

  /// Makes a big integer from any Swift integer.
  public init(_ value: some BinaryInteger) {
    self.init(twosComplement: value.words.lazy.map { UInt64($0) }, isNegative: value < 0)
  }

  private init(twosComplement words: some Sequence<UInt64>, isNegative: Bool) {
    var bytes: [UInt8] = []
    // The magnitude of a negative number is its complement plus one.
    var carry = isNegative
    for word in words {
      var digit = word
      if isNegative {
        let (sum, overflow) = (~word).addingReportingOverflow(carry ? 1 : 0)
        digit = sum
        carry = overflow
      }
      for shift in stride(from: UInt64(0), to: 64, by: 8) {
        bytes.append(UInt8(truncatingIfNeeded: digit >> shift))
      }
    }
    self.init(isNegative: isNegative, magnitude: bytes)
  }

  /// The number of bytes of the magnitude.
  var count: Int { content.count }

  var signBit: Bool { content.isMarked }

  /// Whether the value is below zero.
  public var isNegative: Bool { signBit && count > 0 }

  /// Whether 8.4 or 9.4 would hold a zero with a sign here, and write it so.
  package var isNegativeZero: Bool { signBit && count == 0 }

  /// The magnitude in little-endian order, without leading zeros: empty for zero.
  public var magnitude: ArraySlice<UInt8> {
    // The bytes are read within the closure only.
    unsafe content.slice ?? content.withBytes { unsafe ArraySlice($0) }
  }

  /// The hexadecimal digits of the magnitude, lower case.
  var hexDigits: String {
    var digits: [UInt8] = []
    digits.reserveCapacity(2 * count)
    for position in (0..<count).reversed() {
      let byte = content[position]
      for shift in [4, 0] as [UInt8] {
        let digit = byte >> shift & 0xF
        if digit == 0, digits.isEmpty { continue }
        digits.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
      }
    }
    return digits.isEmpty ? "0" : String(decoding: digits, as: UTF8.self)
  }
}

extension CloneBigInt: Hashable, ExpressibleByIntegerLiteral, CustomStringConvertible {
  /// Whether both have the same value.
  public static func == (left: CloneBigInt, right: CloneBigInt) -> Bool {
    left.content == right.content || (left.count == 0 && right.count == 0)
  }

  /// Hashes the value.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(isNegative)
    // The pointer is read within the closure only.
    unsafe content.withBytes { unsafe hasher.combine(bytes: $0) }
  }

  /// Makes a big integer from a literal.
  public init(integerLiteral value: StaticBigInt) {
    self.init(
      twosComplement: (0..<((value.bitWidth + 63) / 64)).lazy.map { UInt64(value[$0]) },
      isNegative: value.signum() < 0)
  }

  /// The value in decimal, or in hexadecimal (`0x…`) if it has more than 1,024 bytes: conversion to
  /// decimal takes time that grows with the square of the width.
  public var description: String {
    let sign = isNegative ? "-" : ""
    guard count <= 1024 else { return sign + "0x" + hexDigits }
    guard count > 0 else { return "0" }
    var digits = Array(magnitude)
    var groups: [UInt32] = []
    while !digits.isEmpty {
      var remainder: UInt32 = 0
      for position in digits.indices.reversed() {
        let value = remainder << 8 | UInt32(digits[position])
        digits[position] = UInt8(truncatingIfNeeded: value / 10_000)
        remainder = value % 10_000
      }
      groups.append(remainder)
      while digits.last == 0 { digits.removeLast() }
    }
    var text = sign + String(groups.removeLast())
    for group in groups.reversed() {
      let part = String(group)
      text += String(repeating: "0", count: 4 - part.count) + part
    }
    return text
  }
}

extension FixedWidthInteger {
  /// The value of a big integer, or `nil` if it does not fit.
  public init?(exactly integer: CloneBigInt) {
    guard integer.count <= (Self.bitWidth + 7) / 8 else { return nil }
    var magnitude: Magnitude = 0
    for position in (0..<integer.count).reversed() {
      magnitude = magnitude << 8 | Magnitude(integer.content[position])
    }
    if !integer.isNegative {
      self.init(exactly: magnitude)
    } else {
      guard Self.isSigned, magnitude <= Self.min.magnitude else { return nil }
      self = 0 &- Self(truncatingIfNeeded: magnitude)
    }
  }
}
