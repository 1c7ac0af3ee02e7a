import ElectronClone
import StructuredClone
import Testing
import _CloneFixtures

/// Electron's envelope and its image, by what `shell/common/v8_util.cc` does.
struct ElectronCloneTests {
  @Test func `arguments are written behind version 19`() throws {
    #expect(
      hex(try ElectronSerializedValue.serialize([1]))
        == "ff13ff10410149022400 01".filter { $0 != " " })
    // Chromium 122, which is in Electron 29.
    #expect(
      hex(try ElectronSerializedValue.serialize([1], profile: .chromium122))
        == "ff13ff0f41014902240001")
    // Small integers have 31 bits.
    #expect(
      hex(try ElectronSerializedValue.serialize(1_073_741_824)) == "ff13ff104e000000000000d041")
  }

  @Test func `two-byte strings are aligned with the envelope`() throws {
    #expect(hex(try ElectronSerializedValue.serialize("€")) == "ff13ff106302ac20")
    #expect(hex(try ElectronSerializedValue.serialize(["€"])) == "ff13ff1041016302ac20240001")
    #expect(
      hex(try ElectronSerializedValue.serialize(["a", "€"]))
        == "ff13ff1041022201610063 02ac20240002".filter { $0 != " " })
  }

  @Test(arguments: [
    "ff13ff0f30", "ff00ff0f30", "ff0cff0d30", "ff14ff1030", "ff15fe000000000000000000000000ff0f30",
    "ff16fe0102030405060708090a0b0cff0f30",
  ])
  func `any version of the envelope is read, and written back`(payload: String) throws {
    let value = try ElectronSerializedValue(decoding: Fixtures.bytes(payload))
    #expect(value.value == .null)
    #expect(hex(try value.encoded()) == payload)
  }

  typealias Reason = ElectronDecodingError.Reason

  @Test(arguments: [
    ("", Reason.truncatedEnvelope, 0), ("30", .missingEnvelope, 0), ("ff", .truncatedEnvelope, 1),
    ("ff95", .truncatedEnvelope, 1), ("ff15", .truncatedEnvelope, 2),
    ("ff15ff0f30", .missingTrailerFields, 2), ("ff15fe0000", .truncatedEnvelope, 5),
    ("ff0f30", .unreadable, 2), ("ff13", .unreadable, 2), ("ff13ff0c30", .unreadable, 2),
    ("ff1330", .unreadable, 2), ("ff13ff0f", .unreadable, 4),
  ])
  func `what has no envelope is refused`(payload: String, reason: Reason, offset: Int) throws {
    let error = try #require(throws: ElectronDecodingError.self) {
      try ElectronSerializedValue.deserialize(Fixtures.bytes(payload))
    }
    #expect(error.reason == reason)
    #expect(error.offset == offset)
  }

  @Test func `the error of the reader is kept`() throws {
    let error = try #require(throws: ElectronDecodingError.self) {
      try ElectronSerializedValue.deserialize(Fixtures.bytes("ff13ff0f6f2201615c0000"))
    }
    #expect(
      error.description
        == "Unable to deserialize cloned data. (offset 8, tag 0x5c '\\', at $.a: Electron has no host object with the tag 0)"
    )
  }

  @Test func `only so many bytes of a buffer are the value`() throws {
    let buffer = Fixtures.bytes("ff13ff0f54deadbeef")
    #expect(try ElectronSerializedValue(decoding: buffer, size: 5).value == true)
    let short = try #require(throws: ElectronDecodingError.self) {
      try ElectronSerializedValue(decoding: buffer, size: 4)
    }
    #expect(short.reason == .unreadable)
    let long = try #require(throws: ElectronDecodingError.self) {
      try ElectronSerializedValue(decoding: buffer, size: 10)
    }
    #expect(long.reason == .sizeBeyondBuffer(10))
  }

  @Test func `an image is written and read, and is one object`() throws {
    let image = NativeImage([
      .init(scale: 1, bitmap: [1, 2, 3]), .init(scale: 2, bitmap: []),
    ])
    let value = image.makeValue()
    let written = try ElectronSerializedValue.serialize([value, value])
    #expect(
      hex(written)
        == "ff13ff1041025c6902000000000000f03f03010203000000000000004000"
        + "5e01240002")
    let read = try ElectronSerializedValue(decoding: written)
    #expect(NativeImage(read.value[0]) == image)
    #expect(read.value[0] === read.value[1])
    #expect(try read.encoded() == written)
    #expect(NativeImage("text") == nil)
  }

  @Test func `an image that can be read only with a byte behind it is written anew`() throws {
    let read = try ElectronSerializedValue(decoding: Fixtures.bytes("ff13ff0f5c69808080808000"))
    #expect(NativeImage(read.value) == NativeImage([]))
    #expect(hex(try read.encoded()) == "ff13ff0f5c6900")
    let bytes: [UInt8] = [0x69, 0x80, 0x80, 0x80, 0x80, 0x80, 0x00]
    let view = try #require(
      CloneArrayBufferView(.uint8, on: CloneArrayBuffer(bytes), byteOffset: 0, byteLength: 6))
    let object = CloneHostObject(interface: "NativeImage", payload: .arrayBufferView(view))
    #expect(NativeImage(.hostObject(object)) == nil)
  }

  @Test(arguments: [
    "ff13ff0f5c", "ff13ff0f5c69", "ff13ff0f5c6901", "ff13ff0f5c6901000000000000f03f02ff",
    "ff13ff0f5c6200", "ff13ff0f5c69ffffffff0f",
  ])
  func `other host objects, and images that end too early, are refused`(payload: String) throws {
    let error = try #require(throws: ElectronDecodingError.self) {
      try ElectronSerializedValue.deserialize(Fixtures.bytes(payload))
    }
    #expect(error.reason == .unreadable)
  }

  @Test func `every refusal has Electron's text, and a path`() throws {
    let other = CloneHostObject(interface: "Blob", payload: .null)
    for refused: CloneValue in [
      .uncloneable(CloneUncloneable(.function)), .hostObject(other),
      .sharedArrayBuffer(CloneSharedArrayBuffer(cloneID: 0, byteLength: 1)),
    ] {
      let error = try #require(throws: DataCloneError.self) {
        try ElectronSerializedValue.serialize([["handler": refused]])
      }
      #expect(error.message == "An object could not be cloned.")
      #expect("\(error.path)" == "$[0].handler")
    }
  }

  @Test func `what the README shows`() throws {
    #expect(
      hex(try ElectronSerializedValue.serialize(["channel", 42]))
        == "ff13ff10410222076368616e6e656c4954240002")
    let error = try #require(throws: DataCloneError.self) {
      try ElectronSerializedValue.serialize([["save": .uncloneable(CloneUncloneable(.function))]])
    }
    #expect("\(error)" == "An object could not be cloned. (at $[0].save)")
  }
}
