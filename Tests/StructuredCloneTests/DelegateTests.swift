import StructuredClone
import Testing
import _CloneFixtures

/// Host objects and what lives outside the payload.
struct DelegateTests {
  /// Host objects of a made-up embedder: kind 0 is a point of two doubles, kind 1 wraps a value, kind 2 is
  /// the value that follows, kind 3 is broken.
  private struct Embedder: ValueDeserializerDelegate, ValueSerializerDelegate {
    func readHostObject(
      from reader: inout HostObjectReader
    ) throws(CloneDecodingError) -> HostObjectContent {
      switch try reader.readUInt32() {
      case 0:
        let x = try reader.readDouble()
        let y = try reader.readDouble()
        return .receiver(
          .hostObject(
            CloneHostObject(interface: "Point", payload: [CloneValue(x), CloneValue(y)])))
      case 1: return .payloadFollows(interface: "Box")
      case 2: return .valueFollows
      case 3: return .receiver(1)
      default: throw reader.error("unknown kind of host object")
      }
    }

    func writeHostObject(
      _ object: CloneHostObject, to writer: inout HostObjectWriter
    ) throws(DataCloneError) -> HostObjectCompletion {
      if object.interface == "Point" {
        writer.writeUInt32(0)
        for coordinate in object.payload.array?.elements.compactMap(\.number) ?? [] {
          writer.writeDouble(coordinate)
        }
        return .complete
      }
      guard object.interface == "Box" else { throw writer.refusal("no such object") }
      writer.writeUInt32(1)
      return .payloadFollows
    }

    func sharedArrayBuffer(cloneID: UInt32) -> CloneSharedArrayBuffer? {
      cloneID == 0 ? CloneSharedArrayBuffer(cloneID: 0, byteLength: 8) : nil
    }
    func wasmModule(transferID: UInt32) -> CloneWasmModule? {
      CloneWasmModule(transferID: transferID)
    }
    func sharedObject(index: UInt32) -> CloneSharedObject? { CloneSharedObject(index: index) }
    func cloneID(of buffer: CloneSharedArrayBuffer) -> UInt32? { buffer.cloneID }
    func transferID(of module: CloneWasmModule) -> UInt32? { module.transferID }
    func index(of object: CloneSharedObject) -> UInt32? { object.index }
  }

  private func roundTrip(_ text: String) throws -> CloneValue {
    let payload = try ClonePayload(decoding: bytes(text), delegate: Embedder())
    #expect(hex(try payload.encoded(delegate: Embedder())) == hex(bytes(text)))
    return payload.value
  }

  /// An embedder of old payloads: its objects are the tags `X` and `~`.
  private struct OldEmbedder: ValueDeserializerDelegate {
    func readHostObject(
      from reader: inout HostObjectReader
    ) throws(CloneDecodingError) -> HostObjectContent {
      let version = reader.wireFormatVersion
      let tag = try reader.readUInt32()
      guard tag == 0x58 || tag == 0x7E else { throw reader.error("unknown tag \(tag)") }
      return .receiver(
        .hostObject(
          CloneHostObject(
            interface: "Old", payload: [CloneValue(Double(tag)), CloneValue(Double(version))])))
    }
  }

  private func read(_ text: String, profile: CloneProfile = .default) throws -> String {
    let value = try CloneValue(
      decoding: bytes(text), profile: profile, delegate: OldEmbedder())
    return value.debugDescription
  }

  @Test func `below version 13 the delegate sees unknown tags`() throws {
    #expect(
      try read("ff0c 41 02 58 5e01 240002")
        == ##"#0=Array(2){"0":#1=Old(#2=Array(2){"0":88,"1":12}),"1":#1}"##)
    #expect(try read("58") == "#0=Old(#1=Array(2){\"0\":88,\"1\":0})")
    // A tag that the engine does not know is one of the delegate's.
    var node18 = CloneProfile.node18
    node18.supportsLegacyWireFormat = true
    #expect(try read("ff0c 7e", profile: node18) == "#0=Old(#1=Array(2){\"0\":126,\"1\":12})")
    // The tag that marks host objects since version 13 is read in older payloads, too.
    #expect(try read("ff0c 5c 58") == "#0=Old(#1=Array(2){\"0\":88,\"1\":12})")
    #expect(throws: CloneDecodingError.self) { _ = try read("ff0d 58") }
    let error = try #require(throws: CloneDecodingError.self) { try read("ff0c 41 01 2d7b") }
    #expect(error.offset == 5)
    let refused = try #require(throws: CloneDecodingError.self) { try read("6f 2201 61 24 00") }
    #expect(refused.reason == .hostObject("unknown tag 36"))
    #expect(refused.offset == 4)
  }

  @Test func `a host object without content of its own`() throws {
    let value = try roundTrip("ff0f 5c 00 000000000000f03f 0000000000000040")
    #expect(value.hostObject?.interface == "Point")
    #expect(value.hostObject?.payload == [1, 2])
  }

  @Test func `a host object whose payload is a value, which may mention what came before`() throws {
    // [{}, Box([the object, the box's own array])]
    let value = try roundTrip("ff0f 4102 6f7b00 5c01 4102 5e01 5e03 240002 240002")
    #expect(value[1].hostObject?.payload[0] === value[0])
    #expect(value[1].hostObject?.payload[1] === value[1].hostObject?.payload)
  }

  @Test func `the value that follows can be the host object itself`() throws {
    let value = try CloneValue(
      decoding: bytes("ff0f 4102 5c02 5c02 6f7b00 5e01 240002"), delegate: Embedder())
    #expect(value[0] === value[1])
    #expect(value[0].object?.isEmpty == true)
  }

  @Test func `nested host objects take no stack`() throws {
    var payload: [UInt8] = [0xFF, 0x0F]
    for _ in 0..<50_000 { payload += [0x5C, 0x01] }
    payload += [0x30]
    let value = try CloneValue(decoding: payload, delegate: Embedder())
    #expect(try value.encoded(delegate: Embedder()) == payload)
  }

  @Test func `what is no receiver is refused, and so is everything without a delegate`() throws {
    let wrong = try #require(throws: CloneDecodingError.self) {
      try CloneValue(decoding: bytes("ff0f 5c03"), delegate: Embedder())
    }
    #expect(wrong.reason == .hostObject("a host object must be a receiver"))
    let unknown = try #require(throws: CloneDecodingError.self) {
      try CloneValue(decoding: bytes("ff0f 4101 5c09 240001"), delegate: Embedder())
    }
    #expect(unknown.reason == .hostObject("unknown kind of host object"))
    #expect(unknown.offset == 4)
    #expect(unknown.message == "Unable to deserialize cloned data.")
    for text in ["ff0f 5c00", "ff0f 7500", "ff0f 7700", "ff0f 7000", "ff0f 6d007500"] {
      let error = try #require(throws: CloneDecodingError.self) { try decode(text) }
      #expect(error.reason == .unresolved)
    }
    let host: CloneValue = .hostObject(CloneHostObject(interface: "Blob", payload: nil))
    let error = try #require(throws: DataCloneError.self) { try host.encoded() }
    #expect(error.message == "#<Blob> could not be cloned.")
  }

  @Test func `shared buffers, modules, memories and shared objects are references`() throws {
    let shared = try roundTrip("ff0f 4102 7500 5642000800 5e01 240002")
    #expect(shared[0].arrayBufferView?.buffer === shared[1])
    #expect(shared[1].sharedArrayBuffer?.byteLength == 8)
    #expect(try roundTrip("ff0f 7705").debugDescription == "#0=WebAssembly.Module(id:5)")
    #expect(try roundTrip("ff0f 7003").debugDescription == "#0=SharedObject(3)")
    guard case .wasmMemory(let memory) = try roundTrip("ff0f 6d14 01 7500") else {
      Issue.record("no memory")
      return
    }
    #expect(memory.maximumPages == 10)
    #expect(memory.isMemory64)
    let growable = CloneSharedArrayBuffer(cloneID: 1, byteLength: 4, maxByteLength: 8)
    let view = try #require(CloneArrayBufferView(.uint8, on: growable))
    #expect(
      hex(try CloneValue.arrayBufferView(view).encoded(delegate: Embedder()))
        == "ff0f75015642000001")
  }

  /// An embedder that keeps the bytes of its objects: a layout and a byte.
  private struct KeepingEmbedder: ValueDeserializerDelegate, ValueSerializerDelegate {
    func readHostObject(
      from reader: inout HostObjectReader
    ) throws(CloneDecodingError) -> HostObjectContent {
      let layout = try reader.readUInt32()
      let start = reader.position
      _ = try reader.readRawBytes(1)
      return .arrayBufferView(
        .uint8, bytes: start..<reader.position, interface: "Kept", layout: layout)
    }

    func writeHostObject(
      _ object: CloneHostObject, to writer: inout HostObjectWriter
    ) throws(DataCloneError) -> HostObjectCompletion {
      writer.writeUInt32(object.layout)
      guard case .arrayBufferView(let view) = object.payload else {
        throw writer.unsupported("no bytes")
      }
      writer.writeRawBytes(view.bytes)
      return .complete
    }

    func refusal(of value: CloneValue) -> String? {
      if case .wasmModule = value { "No modules." } else { nil }
    }
  }

  @Test func `bytes of host objects are kept with their layout, also in copies`() throws {
    let payload = bytes("ff0f41025c07995c08982400 02".filter { $0 != " " })
    let value = try CloneValue(decoding: payload, delegate: KeepingEmbedder())
    #expect(value[0].hostObject?.layout == 7)
    #expect(value[1].hostObject?.layout == 8)
    let editor = CloneGraphEditor()
    let edited = editor.finish(editor.add(value))
    for copy in [value.detached(), edited, try structuredCloned(value)] {
      #expect(copy == value)
      #expect(hex(try copy.encoded(delegate: KeepingEmbedder())) == hex(payload))
    }
    let same = CloneHostObject(interface: "Kept", payload: .null, layout: 7)
    let other = CloneHostObject(interface: "Kept", payload: .null, layout: 8)
    #expect(CloneValue.hostObject(same) != .hostObject(other))
  }

  private func structuredCloned(_ value: CloneValue) throws -> CloneValue {
    var changed: CloneValue = ["v": value]
    changed.object?["added"] = 1
    return changed["v"]
  }

  @Test func `a reader of what a view holds reads where the view does`() throws {
    let view = try #require(
      CloneArrayBufferView(
        .uint8, on: CloneArrayBuffer([1, 0x96, 0x01, 9]), byteOffset: 1, byteLength: 2))
    var reader = HostObjectReader(view)
    #expect(reader.position == view.bytes.startIndex)
    #expect(try reader.readUInt32() == 150)
    #expect(reader.position == view.bytes.endIndex)
  }

  @Test func `a delegate refuses what is outside with a text of its own`() throws {
    let error = try #require(throws: DataCloneError.self) {
      try (["m": .wasmModule(CloneWasmModule(transferID: 1))] as CloneValue).encoded(
        delegate: KeepingEmbedder())
    }
    #expect("\(error)" == "No modules. (at $.m)")
    let unsupported = try #require(throws: DataCloneError.self) {
      try CloneValue.hostObject(CloneHostObject(interface: "Kept", payload: .null)).encoded(
        delegate: KeepingEmbedder())
    }
    #expect(unsupported.reason == .unsupportedByProfile("no bytes"))
  }

  @Test func `a refused host object leaves an exception, so that nothing is read again`() throws {
    // Read again, the tag of the host object would be flags of the view.
    let payload = bytes("ff0d4102420056420000" + "5c30240002")
    let error = try #require(throws: CloneDecodingError.self) {
      try CloneValue(decoding: payload, delegate: RefusingEmbedder())
    }
    #expect(error.reason == .lengthBeyondInput(100))
    #expect(error.offset == 11)
  }

  private struct RefusingEmbedder: ValueDeserializerDelegate {
    func readHostObject(
      from reader: inout HostObjectReader
    ) throws(CloneDecodingError) -> HostObjectContent {
      _ = try reader.readRawBytes(100)
      return .receiver(.null)
    }
  }
}
