import StructuredClone
import Testing

/// Numbers, constants, big integers, dates and boxed primitives.
struct BuiltNumbers: BuildsValues {
  static let cases = constants() + numbers() + bigints() + dates() + boxes()

  @Test(arguments: constants()) func `constants as engines write them`(_ built: BuiltCase) throws {
    try built.check()
  }
  @Test(arguments: numbers()) func `numbers as engines write them`(_ built: BuiltCase) throws {
    try built.check()
  }
  @Test(arguments: bigints()) func `bigints as engines write them`(_ built: BuiltCase) throws {
    try built.check()
  }
  @Test(arguments: dates()) func `dates as engines write them`(_ built: BuiltCase) throws {
    try built.check()
  }
  @Test(arguments: boxes()) func `boxes as engines write them`(_ built: BuiltCase) throws {
    try built.check()
  }

  static func constants() -> [BuiltCase] {
    var table = BuiltTable("constants")
    table.add("undefined", .undefined)
    table.add("null", nil)
    table.add("true", true)
    table.add("false", false)
    table.add("void", .undefined)
    table.add("not", .boolean(false))
    return table.cases
  }

  static func numbers() -> [BuiltCase] {
    var table = BuiltTable("numbers")
    let integers: [Int] = [
      0, 1, 2, 10, 42, 100, 127, 128, 255, 256, 1000, 65535, 65536, 63, 64, 8191, 8192, 1_048_575,
      1_048_576, 134_217_727, 134_217_728,
    ]
    for integer in integers { table.add("int-\(integer)", .number(Double(integer))) }
    let negatives: [Int] = [
      1, 2, 64, 65, 8192, 8193, 1_048_576, 1_048_577, 134_217_728, 134_217_729,
    ]
    for integer in negatives { table.add("int-minus-\(integer)", .number(-Double(integer))) }

    table.add("edge-2-to-30-minus-1", 1_073_741_823)
    table.add("edge-2-to-30", 1_073_741_824)
    table.add("edge-2-to-30-1", 1_073_741_825)
    table.add("edge-minus-2-to-30", -1_073_741_824)
    table.add("edge-minus-2-to-30-minus-1", -1_073_741_825)
    table.add("edge-2-to-31-minus-1", 2_147_483_647)
    table.add("edge-2-to-31", 2_147_483_648)
    table.add("edge-2-to-31-1", 2_147_483_649)
    table.add("edge-minus-2-to-31-1", -2_147_483_647)
    table.add("edge-minus-2-to-31", -2_147_483_648)
    table.add("edge-minus-2-to-31-minus-1", -2_147_483_649)
    table.add("edge-2-to-32-minus-1", 0xFFFF_FFFF)
    table.add("edge-2-to-32", 0x1_0000_0000)
    table.add("edge-2-to-32-1", 0x1_0000_0001)
    table.add("edge-2-to-40", 0x1p40)
    table.add("edge-2-to-53-minus-1", 9_007_199_254_740_991)
    table.add("edge-2-to-53", 9_007_199_254_740_992)
    table.add("edge-2-to-53-2", 9_007_199_254_740_994.0)
    table.add("edge-minus-2-to-53-1", -9_007_199_254_740_991)
    table.add("edge-minus-2-to-53", -9_007_199_254_740_992)
    table.add("edge-2-to-63", 0x1p63)
    table.add("edge-2-to-64", 0x1p64)
    table.add("edge-minus-2-to-63", -0x1p63)

    table.add("double-0.5", 0.5)
    table.add("double-minus-0.5", -0.5)
    table.add("double-0.1", 0.1)
    table.add("double-minus-0.1", -0.1)
    table.add("double-1.5", 1.5)
    table.add("double-0.1-0.2", CloneValue(0.1 + 0.2))
    table.add("double-1-3", CloneValue(1.0 / 3))
    table.add("double-minus-1-3", CloneValue(-1.0 / 3))
    table.add("double-2-3", CloneValue(2.0 / 3))
    table.add("double-1e21", 1e21)
    table.add("double-minus-1e21", -1e21)
    table.add("double-1e-minus-7", 1e-7)
    table.add("double-1e-minus-6", 1e-6)
    table.add("double-1e23", 1e23)
    table.add("double-1e300", 1e300)
    table.add("double-1e-minus-300", 1e-300)
    table.add("double-4.35", 4.35)
    table.add("double-123456.789", 123456.789)
    table.add("double-123456789012345680000", 123_456_789_012_345_680_000.0)
    table.add("double-Math.PI", 3.141592653589793)
    table.add("double-Math.E", 2.718281828459045)
    table.add("double-Number.EPSILON", .number(.ulpOfOne))
    table.add("double-1-Number.EPSILON", .number(1 + .ulpOfOne))
    table.add("double-Number.MAX_VALUE", .number(.greatestFiniteMagnitude))
    table.add("double-minus-Number.MAX_VALUE", .number(-.greatestFiniteMagnitude))
    table.add("double-Number.MIN_VALUE", .number(.leastNonzeroMagnitude))
    table.add("double-minus-Number.MIN_VALUE", .number(-.leastNonzeroMagnitude))
    table.add("double-2.2250738585072014e-minus-308", .number(.leastNormalMagnitude))
    table.add("double-2.225073858507201e-minus-308", .number(.leastNormalMagnitude.nextDown))
    table.add("double-minus-2.2250738585072014e-minus-308", .number(-.leastNormalMagnitude))
    table.add("double-1e-minus-310", CloneValue(Double("1e-310") ?? 0))
    table.add("double-1e308-10", CloneValue(1e308 * 10))
    table.add("double-2147483647.5", 2147483647.5)
    table.add("double-minus-2147483648.5", -2147483648.5)
    table.add("double-1073741823.5", 1073741823.5)
    table.add("double-5e-minus-7", 5e-7)
    table.add("double-1.7976931348623155e308", 1.7976931348623155e308)

    table.add("minus-zero", -0.0)
    table.add("minus-zero-product", CloneValue(0.0 * -1))
    table.add("minus-zero-rounded", CloneValue((-0.2).rounded()))
    table.add("minus-zero-parsed", CloneValue(Double("-0") ?? 1))
    table.add("zero-of-two-minus-zeros", CloneValue(-0.0 - -0.0))
    // Sign and payload of a NaN are no part of a value: `-NaN` and other NaNs are left out.
    table.add("nan", .number(.nan))
    table.add("infinity", .number(.infinity))
    table.add("minus-infinity", .number(-.infinity))

    table.add("computed-42.0", 42.0)
    table.add("computed-1e3", 1e3)
    table.add("computed-1.5-2", CloneValue(1.5 * 2))
    table.add("computed-7-7", CloneValue(7.0 / 7))
    table.add("computed-Math.sqrt-4", CloneValue(4.0.squareRoot()))
    table.add("computed-Math.floor-3.7", CloneValue(3.7.rounded(.down)))
    table.add("computed-Math.round-2.5", CloneValue(2.5.rounded()))
    table.add("computed-Math.pow-2-10", 0x1p10)
    table.add("computed-parseInt-7", CloneValue(exactly: Int("7") ?? 0) ?? nil)
    table.add("computed-parseFloat-7.0", CloneValue(Double("7.0") ?? 0))
    table.add("computed-Number-42", CloneValue(Double("42") ?? 0))
    table.add("computed-0x10", 0x10)
    table.add("computed-minus-1-0", CloneValue(exactly: UInt32.max) ?? nil)
    table.add("computed-minus-1-1", CloneValue(exactly: Int32.max) ?? nil)
    table.add("computed-4294967295-0", CloneValue(exactly: Int32(-1)) ?? nil)
    table.add("computed-abc-.length", CloneValue(exactly: CloneString("abc").utf16Count) ?? nil)
    table.add("computed-JSON.parse-1.0", 1.0)
    table.add("computed-JSON.parse-1e2", 1e2)
    table.add("computed-Number-2n-to-31n", CloneValue(exactly: Int64(1) << 31) ?? nil)
    table.add(
      "computed-new-Date-5-.getTime",
      CloneValue(CloneDate(millisecondsSince1970: 5).millisecondsSince1970))
    table.add("computed-Math.max-1.5-2", CloneValue(max(1.5, 2)))
    table.add("computed-Math.trunc-minus-0.5", CloneValue((-0.5).rounded(.towardZero)))
    return table.cases
  }

  /// 2^bits, or one less.
  private static func power(
    _ bits: Int, lessOne: Bool = false, isNegative: Bool = false
  ) -> CloneValue {
    var magnitude = [UInt8](repeating: lessOne ? 0xFF : 0, count: bits / 8)
    magnitude.append(lessOne ? 1 << (bits % 8) - 1 : 1 << (bits % 8))
    return .bigint(CloneBigInt(isNegative: isNegative, magnitude: magnitude))
  }

  static func bigints() -> [BuiltCase] {
    var table = BuiltTable("bigints")
    table.add("plain-0n", .bigint(0))
    table.add("plain-1n", .bigint(1))
    table.add("plain-minus-1n", .bigint(-1))
    table.add("plain-2n", .bigint(2))
    table.add("plain-42n", .bigint(42))
    table.add("plain-minus-42n", .bigint(-42))
    table.add("plain-255n", .bigint(255))
    table.add("plain-256n", .bigint(256))
    table.add("plain-minus-0n", .bigint(CloneBigInt(isNegative: true, magnitude: [])))
    table.add("plain-0x0123456789abcdefn", .bigint(0x0123_4567_89ab_cdef))
    table.add("plain-minus-0x0123456789abcdefn", .bigint(-0x0123_4567_89ab_cdef))
    table.add("plain-10n-to-19n", .bigint(10_000_000_000_000_000_000))
    table.add("plain-minus-10n-to-19n", .bigint(-10_000_000_000_000_000_000))
    table.add("plain-10n-to-40n", .bigint(10_000_000_000_000_000_000_000_000_000_000_000_000_000))
    table.add(
      "plain-minus-10n-to-40n", .bigint(-10_000_000_000_000_000_000_000_000_000_000_000_000_000))
    table.add(
      "plain-0x0102030405060708090a0b0c0d0e0f10n",
      .bigint(0x0102_0304_0506_0708_090a_0b0c_0d0e_0f10))

    for bits in [1, 8, 31, 32, 63, 64, 65, 127, 128, 129, 191, 192, 256, 512, 1024] {
      table.add("edge-2n-to-\(bits)n-minus-1n", power(bits, lessOne: true))
      table.add("edge-2n-to-\(bits)n", power(bits))
      table.add(
        "edge-minus-2n-to-\(bits)n-minus-1n", power(bits, lessOne: true, isNegative: true))
      table.add("edge-minus-2n-to-\(bits)n", power(bits, isNegative: true))
    }

    table.add("parsed", .bigint(123_456_789_012_345_678_901_234_567_890))
    table.add("of-number", .bigint(CloneBigInt(Int64(9_007_199_254_740_991))))
    let maximum: [UInt8] =
      [UInt8](repeating: 0, count: 121) + [0xF8] + [UInt8](repeating: 0xFF, count: 6)
    table.add("of-max-value", .bigint(CloneBigInt(magnitude: maximum)))
    table.add("as-int", .bigint(CloneBigInt(Int64.min)))
    table.add("as-uint", .bigint(CloneBigInt(UInt64.max)))
    table.add("of-array-element", .bigint(CloneBigInt(-5)))
    table.add("difference", .bigint(CloneBigInt(magnitude: [0, 0, 0])))
    table.add("in-array", [.bigint(1), .bigint(-1), .bigint(0x1_0000_0000_0000_0000)])
    table.add("in-object", ["a": .bigint(1), "b": power(70, isNegative: true)])
    var digits = [UInt8](repeating: 0, count: 501)
    digits[0] = 1
    digits[500] = 1
    table.add("many-digits", .bigint(CloneBigInt(magnitude: digits)))
    return table.cases
  }

  static func dates() -> [BuiltCase] {
    var table = BuiltTable("dates")
    table.add("time-0", date(0))
    table.add("time-1", date(1))
    table.add("time-minus-1", date(-1))
    table.add("time-0.5", date(0.5))
    table.add("time-minus-0.5", date(-0.5))
    table.add("time-minus-0", date(-0.0))
    table.add("time-1e12", date(1e12))
    table.add("time-1700000000000", date(1_700_000_000_000))
    table.add("time-8.64e15", date(8.64e15))
    table.add("time-minus-8.64e15", date(-8.64e15))
    table.add("time-8.64e15-1", date(8.64e15 + 1))
    table.add("time-NaN", date(.nan))
    table.add("time-Infinity", date(.infinity))
    table.add("time-2-to-31", date(0x1p31))
    table.add("time-951782400000", date(951_782_400_000))
    table.add("time-1.9", date(1.9))
    table.add("text", date(1_709_210_096_789))
    table.add("utc", date(0))
    table.add("far-year", date(8.64e15))
    table.add("invalid-text", .date(.invalid))
    var changed = date(0)
    changed.date?.millisecondsSince1970 = 5
    table.add("set-time", changed)
    table.add("properties-dropped", date(1))
    table.add("subclass", date(7))
    table.add("value-of-overridden", date(1))
    table.add("in-object", ["d": date(5)])
    table.add("array", [date(0), date(0)])
    return table.cases
  }

  static func boxes() -> [BuiltCase] {
    var table = BuiltTable("boxes")
    table.add("boxed-Object-true", boxed(true))
    table.add("boxed-Object-false", boxed(false))
    table.add("boxed-Object-0", boxed(0))
    table.add("boxed-Object-1", boxed(1))
    table.add("boxed-Object-minus-1", boxed(-1))
    table.add("boxed-Object-42", boxed(42))
    table.add("boxed-Object-minus-0", boxed(-0.0))
    table.add("boxed-Object-0.5", boxed(0.5))
    table.add("boxed-Object-NaN", boxed(.number(.nan)))
    table.add("boxed-Object-Infinity", boxed(.number(.infinity)))
    table.add("boxed-Object-2-to-31", boxed(2_147_483_648))
    table.add("boxed-Object-2-to-30", boxed(1_073_741_824))
    table.add("boxed-Object", boxed(""))
    table.add("boxed-Object-a", boxed("a"))
    table.add("boxed-Object-hello", boxed("hello"))
    table.add("boxed-Object-xe9", boxed("\u{e9}"))
    table.add("boxed-Object-u20ac", boxed("\u{20ac}"))
    table.add("boxed-Object-ud800", boxed(.string(CloneString(utf16: [0xD800]))))
    table.add(
      "boxed-Object-u20acabcdefghijklmnop-.slice-1", boxed(.string(wide("abcdefghijklmnop"))))
    table.add("boxed-Object-0n", boxed(.bigint(0)))
    table.add("boxed-Object-1n", boxed(.bigint(1)))
    table.add("boxed-Object-minus-1n", boxed(.bigint(-1)))
    table.add("boxed-Object-2n-to-64n", boxed(power(64)))
    table.add("boxed-Object-minus-2n-to-63n", boxed(power(63, isNegative: true)))
    table.add("boxed-Object-2n-to-64n-minus-1n", boxed(power(64, lessOne: true)))
    table.add(
      "boxed-Object-a-.repeat-128", boxed(CloneValue(String(repeating: "a", count: 128))))
    table.add(
      "boxed-Object-u20ac-.repeat-64", boxed(CloneValue(String(repeating: "\u{20ac}", count: 64))))
    table.add("new-boolean", boxed(false))
    table.add("new-boolean-of-object", boxed(true))
    table.add("new-number", boxed(7))
    table.add("new-number-none", boxed(0))
    table.add("new-string", boxed("abc"))
    table.add("new-string-none", boxed(""))
    table.add("new-string-of-number", boxed("15"))
    table.add("string-prototype", boxed(""))
    table.add("number-prototype", boxed(0))
    table.add("boolean-prototype", boxed(false))
    table.add("properties-dropped", boxed("ab"))
    table.add("number-properties-dropped", boxed(1))
    table.add("subclass-number", boxed(3))
    table.add("subclass-string", boxed("s"))
    table.add("padded-odd", [boxed("\u{20ac}")])
    table.add("padded-even", [1, boxed("\u{20ac}")])
    let one = boxed(1)
    table.add("repeated", [one, one])
    table.add("equal-not-shared", [boxed("a"), boxed("a")])
    table.add("this-in-sloppy-function", boxed("abc"))
    let big = boxed(.bigint(1))
    table.add("bigint-repeated", [big, big, boxed(.bigint(1))])
    table.add("value-of-overridden", boxed(1))
    return table.cases
  }
}
