import Foundation
import StructuredClone
import StructuredCloneFoundation
import Testing

/// Foundation's types to values and back, and what does not fit.
struct FoundationTests {
  private static func refusal<Value>(_ body: () throws -> Value) throws -> String {
    try #require(throws: CloneConversionError.self) { try body() }.description
  }

  @Test func `bytes`() throws {
    let data = Data([1, 2, 3, 250])
    // A slice begins elsewhere.
    #expect(CloneArrayBuffer(data[1...]).bytes.elementsEqual([2, 3, 250]))
    let value = CloneValue(data)
    #expect(value.arrayBufferView?.kind == .uint8)
    #expect(try Data(value) == data)
    #expect(try Data(.arrayBuffer(CloneArrayBuffer([7]))) == Data([7]))
    let buffer = CloneArrayBuffer([1, 0, 2, 0])
    let view = try #require(CloneArrayBufferView(.int16, on: buffer, byteOffset: 2))
    #expect(try Data(view) == Data([2, 0]))
    #expect(try Data(.hostObject(CloneHostObject(interface: "Buffer", payload: value))) == data)

    let payload = Data(try value.encoded())
    #expect(try CloneValue(decoding: payload) == value)
    let error = try #require(throws: CloneDecodingError.self) {
      try CloneValue(decoding: Data([0, 0xFF, 15, 1]).dropFirst())
    }
    #expect(error.offset == 2)

    #expect(try Self.refusal { try Data([1] as CloneValue) } == "expected Data, found Array")
    #expect(try Self.refusal { try Data("x" as CloneValue) } == "expected Data, found string")
    let shared = CloneSharedArrayBuffer(cloneID: 0, byteLength: 8)
    let sharedView = try #require(CloneArrayBufferView(.uint8, on: shared))
    #expect(try Self.refusal { try Data(sharedView) } == "expected Data, found SharedArrayBuffer")
    var message: CloneValue = [.arrayBuffer(buffer), .arrayBufferView(view)]
    _ = try structuredClone(&message, transfer: [.arrayBuffer(buffer)])
    for detached in [message[0], message[1]] {
      #expect(
        try Self.refusal { try Data(detached) }
          == "a detached buffer, or a view outside of its buffer, does not become Data")
    }
  }

  @Test func `dates`() throws {
    // Seconds with a fraction are no binary fractions: the nearest millisecond is meant.
    for time in [
      0, 1, -1, 1_700_000_000_123, -62_198_755_200_001, 8_640_000_000_000_000,
      -8_640_000_000_000_000.0,
    ] {
      let date = CloneDate(millisecondsSince1970: time)
      #expect(try CloneDate(Date(date)).millisecondsSince1970 == time)
      #expect(try Date(.date(date)) == Date(date))
    }
    var random = SystemRandomNumberGenerator()
    for _ in 0..<20_000 {
      let time = Double(
        Int.random(in: -8_640_000_000_000_000...8_640_000_000_000_000, using: &random))
      #expect(
        try CloneDate(Date(CloneDate(millisecondsSince1970: time))).millisecondsSince1970 == time)
    }
    #expect(
      try CloneDate(Date(timeIntervalSince1970: 1_700_000_000.123)).millisecondsSince1970
        == 1_700_000_000_123)
    #expect(try CloneValue(Date(timeIntervalSince1970: 0.0004)).date?.millisecondsSince1970 == 0)
    #expect(
      try Self.refusal { try CloneDate(Date(timeIntervalSince1970: 8.65e12)) }
        == "8650000000000.0 seconds since 1970 does not fit into Date of JavaScript exactly")
    #expect(throws: CloneConversionError.self) { try CloneDate(Date(timeIntervalSince1970: .nan)) }
    #expect(
      try Self.refusal { try Date(CloneDate.invalid) } == "an invalid date does not become Date")
    #expect(try Self.refusal { try Date(1 as CloneValue) } == "expected Date, found number")
  }

  @Test func `identifiers`() throws {
    let url = try #require(URL(string: "https://example.org/a?b=c#d"))
    #expect(CloneValue(url) == "https://example.org/a?b=c#d")
    #expect(try URL(CloneValue(url)) == url)
    #expect(try Self.refusal { try URL("" as CloneValue) } == #""" does not have the form of URL"#)
    #expect(try Self.refusal { try URL(CloneValue.null) } == "expected URL, found null")

    let uuid = try #require(UUID(uuidString: "E621E1F8-C36C-495A-93FC-0C247A3E6E5F"))
    #expect(CloneValue(uuid) == "e621e1f8-c36c-495a-93fc-0c247a3e6e5f")
    #expect(try UUID(CloneValue(uuid)) == uuid)
    #expect(try UUID("E621E1F8-C36C-495A-93FC-0C247A3E6E5F" as CloneValue) == uuid)
    #expect(
      try Self.refusal { try UUID("e621e1f8" as CloneValue) }
        == #""e621e1f8" does not have the form of UUID"#)
    #expect(try Self.refusal { try UUID(.map([:])) } == "expected UUID, found Map")
  }

  @Test func `decimals`() throws {
    func decimal(_ text: String) throws -> Decimal { try #require(Decimal(string: text)) }
    for (text, number) in [
      ("0", 0.0), ("0.1", 0.1), ("-12.5", -12.5), ("9007199254740993", nil), ("1e21", 1e21),
      ("0.1234567890123456789", nil), ("3.133", 3.133), ("12345678901234567", nil),
    ] as [(String, Double?)] {
      if let number {
        #expect(try CloneValue(decimal(text)) == .number(number), "\(text)")
        #expect(try Decimal(.number(number)) == decimal(text), "\(text)")
      } else {
        #expect(
          try Self.refusal { try CloneValue(decimal(text)) }
            == "\(text) does not fit into number exactly")
      }
    }
    let most = "99999999999999999999999999999999999999"
    #expect(try Decimal(CloneValue(most)) == decimal(most))
    #expect(try CloneBigInt(decimal(most)).description == most)
    #expect(try Decimal(.bigint(CloneBigInt(decimal("-" + most)))) == decimal("-" + most))
    #expect(
      try Self.refusal { try Decimal(CloneValue("9" + most)) }
        == "9\(most) does not fit into Decimal exactly")
    #expect(
      try Self.refusal { try CloneBigInt(decimal("1.5")) } == "1.5 does not fit into BigInt exactly"
    )
    #expect(
      try Self.refusal { try CloneBigInt(Decimal.nan) } == "NaN does not fit into BigInt exactly")
    #expect(throws: CloneConversionError.self) { try CloneValue(Decimal.nan) }
    #expect(
      try Self.refusal { try Decimal(.number(.nan)) } == "nan does not fit into Decimal exactly")
    #expect(throws: CloneConversionError.self) { try Decimal(.number(.infinity)) }
    #expect(throws: CloneConversionError.self) { try Decimal(.number(1e300)) }
    #expect(throws: CloneConversionError.self) {
      try Decimal("1e99999999999999999999" as CloneValue)
    }
    #expect(
      try Self.refusal { try Decimal("12x" as CloneValue) }
        == #""12x" does not have the form of Decimal"#)
    #expect(
      try Self.refusal { try Decimal(true as CloneValue) } == "expected Decimal, found boolean")
    #expect(try Decimal("-0.50e1" as CloneValue) == -5)
  }
}
