import BlinkClone
import StructuredClone
import Testing
import _CloneFixtures

/// Envelopes of every version, exchanged bytes, and trailers.
struct BlinkEnvelopeTests {
  private static let prefix = "ff15fe" + String(repeating: "00", count: 12)

  private func read(_ payload: String) throws -> SerializedScriptValue {
    try SerializedScriptValue(decoding: Fixtures.bytes(payload))
  }

  @Test(
    arguments: [
      ("ff0d30", nil), ("ff0f30", nil), ("ff10ff0f30", 16), ("ff11ff0d30", 17), ("ff11ff0f30", 17),
      ("ff14ff1030", 20),
      (prefix + "ff1030", 21),
    ] as [(String, UInt32?)])
  func `each version is read and written back`(payload: String, version: UInt32?) throws {
    let value = try read(payload)
    #expect(value.value == .null)
    #expect(value.envelope.version == version)
    #expect(!value.envelope.isByteSwapped)
    #expect(hex(try value.encoded()) == payload)
  }

  @Test func `without an envelope V8's version is Blink's, from 0 on`() throws {
    for (payload, version): (String, UInt32) in [
      ("49540000", 0), ("ff0149540000", 1), ("ff0c495400", 12), ("ff0f495400", 15),
    ] {
      // An odd length is never taken for exchanged bytes.
      let odd = payload.utf8.count / 2 % 2 == 1 ? payload : payload + "00"
      let value = try read(odd)
      #expect(value.value == 42)
      #expect(value.blinkVersion == version)
    }
  }

  @Test func `zeros behind a value are kept`() throws {
    // Blink's own null and undefined.
    #expect(hex(try read("ff11ff0d3000").encoded()) == "ff11ff0d3000")
    #expect(hex(try read("ff11ff0d5f00").encoded()) == "ff11ff0d5f00")
    #expect(try read("ff11ff0d5f00").envelope.padding == 1)
    // Other bytes are no part of the value.
    #expect(hex(try read("ff11ff0d3001").encoded()) == "ff11ff0d30")
  }

  @Test func `nothing at all is undefined`() throws {
    #expect(try SerializedScriptValue.deserialize([]) == .undefined)
  }

  @Test(arguments: [
    // Version 16, swapped, padded to an even length; the first units are 0x10ff and 0x0dff.
    ("10ff0dff540000", false), ("10ff0dff4954", true), ("10ff0dff0030", true), ("0fff4954", true),
    ("0cff4954", true),
  ])
  func `exchanged bytes are recognized by an even length`(stored: String, isSwapped: Bool) throws {
    guard isSwapped else {
      #expect(throws: BlinkDecodingError.self) { try read(stored) }
      return
    }
    let value = try read(stored)
    #expect(value.envelope.isByteSwapped)
  }

  @Test func `exchanged bytes are written back`() throws {
    // ff10 ff0d 63 02 ac20: the data of the string begin at an even offset.
    let stored = "10ff0dff026320ac"
    let value = try read(stored)
    #expect(value.value == "\u{20AC}")
    #expect(value.envelope == BlinkEnvelope(version: 16, isByteSwapped: true))
    #expect(hex(try value.encoded()) == stored)
    // ff10 ff0d 54 00: one zero makes the length even.
    #expect(hex(try read("10ff0dff0054").encoded()) == "10ff0dff0054")
    #expect(try read("10ff0dff0054").value == true)
    // Tags of version 0 behind ff: ff40 … is not version 64 but "@", exchanged.
    #expect(throws: BlinkDecodingError.self) { try read("ff400000") }
  }

  @Test func `values are written behind any envelope from 16 on`() throws {
    let value: CloneValue = ["\u{20AC}"]
    for (version, expected): (UInt32, String) in [
      (16, "ff10ff1041016302ac20240001"), (17, "ff11ff1041016302ac20240001"),
      (20, "ff14ff1041016302ac20240001"), (21, Self.prefix + "ff104101006302ac20240001"),
    ] {
      #expect(hex(try SerializedScriptValue.serialize(value, version: version)) == expected)
    }
    for version: UInt32 in [0, 15, 22, 255] {
      let error = #expect(throws: DataCloneError.self) {
        try SerializedScriptValue.serialize(value, version: version)
      }
      #expect(
        error?.reason
          == .unsupportedByProfile("envelopes of version 16 to 21 are written, not of \(version)"))
    }
  }

  @Test func `two-byte strings are aligned with the whole value`() throws {
    // The envelope has an odd number of bytes.
    #expect(
      hex(try SerializedScriptValue.serialize("\u{20AC}", profile: .chromium122))
        == Self.prefix + "ff0f006302ac20")
  }

  @Test func `small integers have 31 bits`() throws {
    #expect(
      hex(try SerializedScriptValue.serialize(1_073_741_823)) == Self.prefix + "ff1049feffffff07")
    #expect(
      hex(try SerializedScriptValue.serialize(1_073_741_824))
        == Self.prefix + "ff104e000000000000d041")
  }

  @Test func `what the header says of the trailer is not looked at by the reader`() throws {
    #expect(try read("ff15fe" + String(repeating: "ff", count: 12) + "ff1054").value == true)
    #expect(try read("ff1500" + String(repeating: "00", count: 12) + "ff1054").value == true)
    // There must be something behind it.
    #expect(throws: BlinkDecodingError.self) { try read(Self.prefix) }
  }

  @Test func `the reader's error is kept, with offsets of the whole value`() throws {
    let error = try #require(throws: BlinkDecodingError.self) {
      try read(Self.prefix + "ff106f2201615c2100")
    }
    #expect(error.reason == .unreadable)
    #expect(error.offset == 21)
    #expect(
      error.description
        == "Unable to deserialize cloned data. (offset 21, tag 0x5c '\\', at $.a: no host object has the tag 33)"
    )
    #expect(error.underlyingError?.reason == .hostObject("no host object has the tag 33"))
  }

  // MARK: - Trailers

  typealias Reason = BlinkDecodingError.Reason

  @Test func `a trailer names interfaces, each once and in order`() throws {
    let blob = BlinkHostObject.attachment(.init(.blob, index: 0)).makeValue()
    let point = BlinkHostObject.domPoint(.init(x: 0, y: 0)).makeValue()
    let bytes = try SerializedScriptValue.serialize(
      [blob, point, blob, BlinkHostObject.attachment(.init(.blob, index: 1)).makeValue()])
    let trailer = try #require(try BlinkTrailer(of: bytes))
    #expect(trailer.requiredInterfaces == [0x69, 0x51])
    #expect(trailer.isSatisfied(by: [.blobIndex, .domPoint]))
    #expect(!trailer.isSatisfied(by: [.blobIndex, .blob]))
    #expect(bytes.suffix(7) == [0xA0, 0, 0, 0, 2, 0x69, 0x51])
    // Older envelopes have none.
    let older = try SerializedScriptValue.serialize([blob], version: 20)
    #expect(hex(older) == "ff14ff1041015c6900240001")
  }

  @Test func `the example of the format's description`() throws {
    let payload = "ff15fe000000000000001400000006ff0f5c6900a00000000169"
    #expect(try BlinkTrailer(of: Fixtures.bytes(payload))?.requiredInterfaces == [0x69])
    let value = try read(payload)
    #expect(BlinkHostObject(value.value) == .attachment(.init(.blob, index: 0)))
    #expect(hex(try value.encoded()) == payload)
  }

  @Test(arguments: [
    "30", "ff0f30", "ff14ff0f30", "ff15fe000000000000000000000000", prefix + "ff1030",
  ])
  func `values without a trailer`(payload: String) throws {
    #expect(try BlinkTrailer(of: Fixtures.bytes(payload)) == nil)
  }

  private static let wrongTrailers: [(payload: String, reason: Reason, offset: Int)] = [
    ("", Reason.invalidHeader, 0), ("ff", .invalidHeader, 0), ("ff95", .invalidHeader, 0),
    ("ff808080808080", .invalidHeader, 0), ("ff16fe000000000000000000000000", .invalidHeader, 2),
    ("ff15ff000000000000000000000000", .invalidHeader, 2),
    ("ff15fe0000000000000000000000", .invalidHeader, 2),
    // Before the end of the header, and behind the end of the value.
    ("ff15fe000000000000000e00000001a0", .invalidHeader, 3),
    ("ff15fe000000000000001000000001a0", .invalidHeader, 3),
    ("ff15feffffffffffffffff00000001a0", .invalidHeader, 3),
    ("ff15fe000000000000000f00000002a0", .invalidHeader, 3),
    ("ff15fe000000000000000f00000001a0", .invalidTrailer, 15),
    ("ff15fe000000000000000f00000005a100000000", .invalidTrailer, 15),
    ("ff15fe000000000000000f00000006a00000000269", .invalidTrailer, 15),
    ("ff15fe000000000000000f00000005a0ffffffff", .invalidTrailer, 15),
    ("ff15fe000000000000000f0000000ba00000000169a000000000", .invalidTrailer, 21),
  ]

  @Test(arguments: wrongTrailers)
  func `trailers with which Chromium delivers nothing`(
    _ wrong: (payload: String, reason: BlinkDecodingError.Reason, offset: Int)
  ) throws {
    let error = try #require(throws: BlinkDecodingError.self) {
      try BlinkTrailer(of: Fixtures.bytes(wrong.payload))
    }
    #expect(error.reason == wrong.reason)
    #expect(error.offset == wrong.offset)
    #expect(error.message == "Unable to deserialize cloned data.")
  }

  @Test func `a list of nothing may be followed by another`() throws {
    let payload = "ff15fe000000000000000f0000000ba000000000a00000000169"
    #expect(try BlinkTrailer(of: Fixtures.bytes(payload))?.requiredInterfaces == [0x69])
    #expect(try BlinkTrailer(of: Fixtures.bytes(payload))?.isSatisfied(by: [.blobIndex]) == true)
    let unknown = "ff15fe000000000000000f00000006a00000000121"
    #expect(
      try BlinkTrailer(of: Fixtures.bytes(unknown))?.isSatisfied(
        by: Set(SerializationTag.allCases)) == false)
  }
}
