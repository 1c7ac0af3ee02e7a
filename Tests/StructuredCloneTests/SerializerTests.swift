import StructuredClone
import Testing
import _CloneFixtures

/// The call-level interface, refusals and what they leave behind.
struct SerializerTests {
  @Test func `a refusal keeps the bytes that were written, and names the path`() throws {
    let function = CloneValue.uncloneable(CloneUncloneable(.function, description: "f(){}"))
    var serializer = ValueSerializer()
    serializer.writeHeader()
    let error = try #require(throws: DataCloneError.self) {
      try serializer.writeValue(["a": 1, "f": ["x", .map(["k": function])]])
    }
    #expect(error.message == "f(){} could not be cloned.")
    #expect(error.path.description == "$.f[1].value(0)")
    #expect(hex(serializer.release()) == "ff0f6f22016149022201664102220178" + "3b22016b")
  }

  @Test func `ids are taken by what is refused, and last beyond a release`() throws {
    let function = CloneValue.uncloneable(CloneUncloneable(.function))
    let object: CloneValue = [:]
    var serializer = ValueSerializer()
    #expect(throws: DataCloneError.self) { try serializer.writeValue(function) }
    try serializer.writeValue(object)
    try serializer.writeValue(function)
    #expect(hex(serializer.release()) == "6f7b005e00")
    try serializer.writeValue(object)
    #expect(hex(serializer.release()) == "5e01")
  }

  @Test func `raw values between values`() throws {
    var serializer = ValueSerializer()
    serializer.writeRawBytes([0xAA])
    serializer.writeHeader()
    serializer.writeUInt32(300)
    serializer.writeUInt64(.max)
    serializer.writeDouble(-0.0)
    try serializer.writeValue("€")
    let written = serializer.release()
    #expect(hex(written) == "aaff0fac02ffffffffffffffffff010000000000000080" + "006302ac20")
    var deserializer = ValueDeserializer(written)
    #expect(try deserializer.readRawBytes(1) == [0xAA])
    try deserializer.readHeader()
    #expect(deserializer.wireFormatVersion == 15)
    #expect(try deserializer.readUInt32() == 300)
    #expect(try deserializer.readUInt64() == .max)
    #expect(try deserializer.readDouble().sign == .minus)
    #expect(try deserializer.readValue() == "€")
    #expect(throws: CloneDecodingError.self) { try deserializer.readUInt32() }
    #expect(throws: CloneDecodingError.self) { try deserializer.readDouble() }
    #expect(throws: CloneDecodingError.self) { try deserializer.readRawBytes(1) }
  }

  @Test func `a profile refuses what its engine does not have`() throws {
    let resizable = CloneValue.arrayBuffer(CloneArrayBuffer([1], maxByteLength: 2))
    #expect(hex(try resizable.encoded(profile: .node20)) == "ff0f7e010201")
    let error = try #require(throws: DataCloneError.self) {
      try resizable.encoded(profile: .node18)
    }
    #expect(
      error.reason == .unsupportedByProfile("Node 18.4 has no such value: a resizable buffer"))
    let half = try #require(CloneArrayBufferView(.float16, on: CloneArrayBuffer([0, 0x3C])))
    #expect(half[0] == 1)
    #expect(throws: DataCloneError.self) {
      try CloneValue.arrayBufferView(half).encoded(profile: .node22)
    }
    #expect(
      hex(try CloneValue.arrayBufferView(half).encoded(profile: .node24))
        == "ff0f4202003c5668000200")
    let sets = CloneValue.regExp(CloneRegExp("a", flags: .unicodeSets))
    #expect(throws: DataCloneError.self) { try sets.encoded(profile: .node18) }
  }

  @Test func `small integers have 31 bits in Chromium`() throws {
    let value: CloneValue = [1_073_741_823, 1_073_741_824]
    #expect(
      hex(try value.encoded(profile: .chromium122))
        == "ff0f410249feffffff07" + "4e000000000000d041" + "240002")
    #expect(hex(try value.encoded()) == "ff0f410249feffffff07" + "498080808008" + "240002")
  }

  @Test func `a decoded value remembers its layout until it is changed or mixed`() throws {
    // node14's header, and its order of an error's cause and stack.
    let text = "ff0d72" + "6322016b" + "73220153" + "2e"
    var value = try decode(text)
    #expect(hex(try value.encoded()) == text)
    #expect(hex(try CloneValue([value]).encoded()) == "ff0f410172732201536322016b2e240001")
    value.error?.message = "m"
    #expect(hex(try value.encoded()) == "ff0f726d22016d732201536322016b2e")
    #expect(hex(try decode(text).encoded(profile: .node24)) == "ff0f72732201536322016b2e")
  }

  @Test func `a detached value is written like the original and keeps nothing of it`() throws {
    let text =
      "ff0d 6f 2201e9 4103 4902 63026100 5a10ff00000000000000 240003 2202726d 72 6322016b 732201532e 7b02"
    let value = try CloneValue(decoding: bytes(text), retainingInput: false)
    #expect(hex(try value.encoded()) == hex(bytes(text)))
  }

  @Test func `profiles have names and aliases`() {
    #expect(CloneProfile(named: "v8-11.3") == .node20)
    #expect(CloneProfile(named: "node21") == nil)
    #expect(Set(CloneProfile.engines.flatMap { [$0.name] + $0.aliases }).count == 17)
  }

  @Test func `memory is a limit of its own`() throws {
    let value = CloneValue.array(CloneArray(numbers: (0..<1000).map(Double.init)))
    let bytes = try value.encoded()
    let error = try #require(throws: CloneDecodingError.self) {
      try CloneValue(decoding: bytes, limits: CloneLimits(memory: 4000))
    }
    #expect(error.reason == .limitExceeded("memory", 4000))
    #expect(try CloneValue(decoding: bytes, limits: CloneLimits(memory: 40_000)) == value)
  }
}
