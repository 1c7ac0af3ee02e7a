/// IEEE 754 binary16, in integer arithmetic: Swift's `Float16` is missing on some platforms.
enum HalfFloat {
  static func double(_ bits: UInt16) -> Double {
    let sign = bits & 0x8000 == 0 ? 1.0 : -1.0
    let exponent = Int(bits >> 10 & 0x1F)
    let fraction = Double(bits & 0x3FF)
    switch exponent {
    case 0: return sign * fraction / 16_777_216
    case 31: return fraction == 0 ? sign * .infinity : .nan
    default:
      return sign * Double(sign: .plus, exponent: exponent - 25, significand: 1024 + fraction)
    }
  }

  /// Rounds to nearest, ties to even.
  static func bits(_ value: Double) -> UInt16 {
    if value.isNaN { return 0x7E00 }
    let sign: UInt16 = value.sign == .minus ? 0x8000 : 0
    let magnitude = value.magnitude
    if magnitude >= 65520 { return sign | 0x7C00 }
    let exponent = magnitude < 0x1p-14 ? -14 : Int(magnitude.exponent)
    let scaled = magnitude * Double(sign: .plus, exponent: 10 - exponent, significand: 1)
    let fraction = UInt16(scaled.rounded(.toNearestOrEven))
    // A carry out of the fraction moves into the exponent by itself.
    return sign | (UInt16(exponent + 14) << 10) &+ fraction
  }
}
