import BigInt
import StructuredClone
import StructuredCloneBigInt
import Testing

/// attaswift's big integers to values and back.
struct BigIntTests {
  @Test func `every value`() throws {
    var values: [BigInt] = [0, 1, -1]
    for width in [7, 8, 31, 32, 63, 64, 65, 127, 128, 1000, 8192] {
      let power = BigInt(1) << width
      values += [power, power - 1, power + 1, -power, 1 - power, -power - 1]
    }
    for _ in 0..<500 {
      let integer = BigInt(BigUInt.randomInteger(withMaximumWidth: Int.random(in: 1...300)))
      values += [integer, -integer]
    }
    for value in values {
      let integer = CloneBigInt(value)
      #expect(BigInt(integer) == value)
      #expect(integer.isNegative == (value < 0))
      #expect(integer.magnitude.last != 0)
      if value.bitWidth < 8000 { #expect(integer.description == value.description) }
      #expect(try BigInt(CloneValue(value)) == value)
      #expect(BigUInt(exactly: integer) == (value < 0 ? nil : value.magnitude))
    }
  }

  @Test func `other kinds`() throws {
    #expect(try BigInt(.number(-9_007_199_254_740_994)) == -9_007_199_254_740_994)
    #expect(try BigInt(.number(1e300)) == BigInt(exactly: 1e300))
    for (value, text) in [
      (.number(1.5), "1.5 does not fit into BigInt exactly"),
      (.number(.nan), "nan does not fit into BigInt exactly"),
      ("1", "expected BigInt, found string"),
    ] as [(CloneValue, String)] {
      let error = try #require(throws: CloneConversionError.self) { try BigInt(value) }
      #expect("\(error)" == text)
    }
    #expect(CloneValue(BigUInt(7)) == .bigint(7))
  }
}
