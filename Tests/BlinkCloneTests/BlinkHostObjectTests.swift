import BlinkClone
import StructuredClone
import Testing
import _CloneFixtures

/// Host objects that are made here, and the forms that older versions of Blink wrote.
struct BlinkHostObjectTests {
  private typealias Host = BlinkHostObject

  /// What is written for an object, behind the tag of host objects.
  private func written(_ object: BlinkHostObject) throws -> String {
    let bytes = try SerializedScriptValue.serialize(object.makeValue(), version: 20)
    #expect(bytes.starts(with: [0xFF, 0x14, 0xFF, 0x10, 0x5C]))
    let read = try SerializedScriptValue.deserialize(bytes)
    #expect(BlinkHostObject(read) == object)
    return hex(bytes.dropFirst(5))
  }

  /// The object in a payload of a version without an envelope.
  private func read(_ version: UInt8, _ payload: String) throws -> BlinkHostObject? {
    let tag: [UInt8] = version < 13 ? [] : [0x5C]
    var bytes = [0xFF, version] + tag + Fixtures.bytes(payload)
    if version >= 16 { bytes = [0xFF, version, 0xFF, 0x0F] + tag + Fixtures.bytes(payload) }
    // An even length could be taken for exchanged bytes.
    if bytes.count.isMultiple(of: 2) { bytes.append(0) }
    return BlinkHostObject(try SerializedScriptValue.deserialize(bytes))
  }

  @Test func `each object is written as Chromium does it`() throws {
    #expect(
      try written(.blob(.init(uuid: "u", type: "a/b", size: 300))) == "620175" + "03612f62" + "ac02"
    )
    #expect(
      try written(
        .file(
          .init(
            path: "/p", name: "n", relativePath: "r", uuid: "u", type: "t",
            snapshot: .init(size: 3, lastModified: 1.5), isUserVisible: false)))
        == "66" + "022f70" + "016e" + "0172" + "0175" + "0174" + "0103000000000000f83f" + "00")
    #expect(
      try written(.fileList([.init(name: "n", uuid: "u", type: "", snapshot: nil)]))
        == "6c01" + "00" + "016e" + "00" + "0175" + "00" + "00" + "01")
    #expect(try written(.fileListIndex([0, 300])) == "4c02" + "00" + "ac02")
    #expect(
      try written(.domFileSystem(.init(.persistent, name: "n", rootURL: "filesystem:x")))
        == "6401" + "016e" + "0c66696c6573797374656d3a78")
    #expect(
      try written(.fileSystemHandle(.init(isDirectory: true, name: "\u{20AC}", tokenIndex: 2)))
        == "4e03e282ac02")
    #expect(
      try written(
        .offscreenCanvas(
          .init(width: 1, height: 2, canvasID: 3, clientID: 4, sinkID: 5, filterQuality: 1)))
        == "48010203040501")
    #expect(
      try written(
        .mediaStreamTrack(
          .init(
            .video, subtype: .browserCapture(version: 7), sessionID: .init(high: 1, low: 2),
            transferID: .init(high: 3, low: 4), id: "i", label: "l", isEnabled: true,
            isMuted: false, contentHint: .text, readyState: .ended)))
        == "7303" + "01020304" + "05766964656f" + "0169" + "016c" + "0100" + "0502" + "07")
    #expect(try written(.cropTarget(id: "c")) == "630163")
    #expect(try written(.restrictionTarget(id: "r")) == "440172")
    #expect(
      try written(
        .fencedFrameConfig(
          .init(
            url: "a:", urlVisibility: .opaque, freezesInitialSize: true, urn: "urn:uuid:1",
            sharedStorageContext: "", containerSize: .init(width: 1, height: 2))))
        == "43" + "02613a" + "0001" + "0a75726e3a757569643a31" + "0100" + "010102" + "00")
    for kind in Host.Attachment.Kind.allCases {
      #expect(
        try written(.attachment(.init(kind, index: 1))) == hex([kind.tag.rawValue, 1]))
    }
  }

  @Test func `images offer their pixels without a copy`() throws {
    let pixels: [UInt8] = [255, 128, 0, 255]
    let image = Host.ImageData(width: 1, height: 1, colorSpace: .p3, pixels: pixels[...])
    #expect(try written(.imageData(image)) == "230103030000" + "010104ff8000ff")
    let bitmap = Host.ImageBitmap(
      width: 1, height: 1, orientation: .leftBottom, pixels: pixels[...])
    let text = try written(.imageBitmap(bitmap))
    // 16 numbers for sRGB, of which the first is 2.4 in single precision.
    #expect(text.hasPrefix("6707" + "0000004033330340"))
    #expect(text.hasSuffix("0202060004010501080700010104ff8000ff"))
    #expect(text.utf8.count == 296)
    let stored = try SerializedScriptValue.serialize(Host.imageData(image).makeValue())
    guard
      case .imageData(let read)? = BlinkHostObject(try SerializedScriptValue.deserialize(stored))
    else {
      Issue.record("no ImageData")
      return
    }
    #expect(read.pixels.elementsEqual(pixels))
    // The slice is one of the input.
    #expect(read.pixels.startIndex == 27)
  }

  @Test func `images have no settings below version 18`() throws {
    let pixels: [UInt8] = [1, 2, 3, 4]
    let image = Host.imageData(.init(width: 1, height: 1, pixels: pixels[...]))
    let written = try SerializedScriptValue.serialize(image.makeValue(), version: 17)
    #expect(hex(written) == "ff11ff105c2301010401020304")
    #expect(BlinkHostObject(try SerializedScriptValue.deserialize(written)) == image)
    #expect(hex(try SerializedScriptValue(decoding: written).encoded()) == hex(written))
    #expect(try read(9, "2301010401020304") == image)
    let bitmap = try #require(try read(9, "670101010104ff8000ff"))
    guard case .imageBitmap(let old) = bitmap else {
      Issue.record("no ImageBitmap")
      return
    }
    #expect(old.pixelFormat == .native8LegacyObsolete)
    #expect(old.isPremultiplied && old.isOpaque)
    #expect(old.colorSpace == .predefined(.srgb))
    // Settings that such a version cannot say are refused.
    let p3 = Host.imageData(.init(width: 1, height: 1, colorSpace: .p3, pixels: pixels[...]))
    let error = #expect(throws: DataCloneError.self) {
      try SerializedScriptValue.serialize([p3.makeValue()], version: 17)
    }
    #expect(
      error?.reason == .unsupportedByProfile("ImageData has settings only from version 18 on"))
    #expect("\(error?.path.description ?? "")" == "$[0]")
  }

  @Test func `files as older versions wrote them`() throws {
    let file = Host.File(path: "p", name: "", uuid: "u", type: "t", snapshot: nil)
    #expect(try read(3, "66" + "0170" + "0175" + "0174") == .file(file))
    var named = Host.File(
      path: "p", name: "n", relativePath: "r", uuid: "u", type: "t",
      snapshot: .init(size: 5, lastModified: 1500))
    // Seconds, and no visibility.
    #expect(
      try read(6, "66" + "0170" + "016e" + "0172" + "0175" + "0174" + "0105000000000000f83f")
        == .file(named))
    named.isUserVisible = false
    #expect(
      try read(7, "66" + "0170" + "016e" + "0172" + "0175" + "0174" + "0105000000000000f83f00")
        == .file(named))
    named.snapshot?.lastModified = 1.5
    #expect(
      try read(8, "66" + "0170" + "016e" + "0172" + "0175" + "0174" + "0105000000000000f83f00")
        == .file(named))
    named.snapshot = nil
    #expect(
      try read(15, "66" + "0170" + "016e" + "0172" + "0175" + "0174" + "0000") == .file(named))
  }

  private static let unreadable: [(version: UInt8, payload: String)] = [
    (2, "6201750000"), (5, "6900"), (5, "6500"), (2, "66017001750174"), (5, "4c0100"),
    (21, "620000"), (21, "6201ff0000"), (21, "6203eda0800000"), (21, "64040000"), (21, "21"),
    (21, "42"), (21, "46"), (21, "74"), (21, "5100"), (21, "6e0161"), (21, "480102"),
    // A track whose token is 0, of text, muted twice, and with an unknown subtype.
    (21, "730000000001" + "05617564696f" + "000001000000"),
    (21, "730001000001" + "0474657874" + "000001000000"),
    (21, "730001000001" + "05617564696f" + "000002000000"),
    (21, "730401000001" + "05617564696f" + "000001000000"),
  ]

  @Test(arguments: unreadable)
  func `what Blink does not read is refused`(_ item: (version: UInt8, payload: String)) throws {
    let (version, payload) = item
    let error = try #require(throws: BlinkDecodingError.self) {
      var bytes = Fixtures.bytes(payload)
      if version == 21 {
        bytes = [0xFF, 21, 0xFE] + [UInt8](repeating: 0, count: 12) + [0xFF, 0x10, 0x5C] + bytes
      } else {
        bytes = [0xFF, version] + bytes
      }
      if bytes.count.isMultiple(of: 2) { bytes.append(0) }
      _ = try SerializedScriptValue.deserialize(bytes)
    }
    #expect(error.message == "Unable to deserialize cloned data.")
  }

  @Test func `references are resolved in the lists that came along`() throws {
    let value: CloneValue = [
      Host.attachment(.init(.messagePort, index: 1)).makeValue(),
      Host.attachment(.init(.transformStream, index: 2)).makeValue(),
      Host.fileListIndex([0, 3]).makeValue(),
      Host.fileSystemHandle(.init(isDirectory: false, name: "", tokenIndex: 0)).makeValue(),
    ]
    let bytes = try SerializedScriptValue.serialize(value)
    let enough: [Transferables.List: Int] = [
      .messagePorts: 2, .streams: 4, .blobs: 4, .fileSystemAccessTokens: 1,
    ]
    _ = try SerializedScriptValue.deserialize(bytes)
    _ = try SerializedScriptValue.deserialize(bytes, transferables: Transferables(counts: enough))
    for (number, list) in [
      Transferables.List.messagePorts, .streams, .blobs, .fileSystemAccessTokens,
    ]
    .enumerated() {
      var counts = enough
      counts[list, default: 0] -= 1
      let error = try #require(throws: BlinkDecodingError.self) {
        try SerializedScriptValue.deserialize(bytes, transferables: Transferables(counts: counts))
      }
      #expect(error.underlyingError?.path.description == "$[\(number)]")
    }
  }

  @Test func `buffers are transferred by their places`() throws {
    let first = CloneArrayBuffer([1])
    let second = CloneArrayBuffer([2, 3])
    let shared = CloneSharedArrayBuffer(cloneID: 0, byteLength: 8)
    let bytes = try SerializedScriptValue.serialize(
      [.arrayBuffer(second), .arrayBuffer(first), .sharedArrayBuffer(shared)],
      transferables: Transferables(arrayBuffers: [first, second]))
    #expect(hex(bytes.dropFirst(17)) == "410374017400" + "7500" + "240003")
    let read = try SerializedScriptValue.deserialize(
      bytes,
      transferables: Transferables(arrayBuffers: [first, second], sharedArrayBuffers: [shared]))
    #expect(read[0] === .arrayBuffer(second))
    #expect(read[1] === .arrayBuffer(first))
    #expect(read[2] === .sharedArrayBuffer(shared))
    #expect(throws: BlinkDecodingError.self) { try SerializedScriptValue.deserialize(bytes) }
  }

  @Test func `a context reads only the interfaces that it exposes`() throws {
    let bytes = try SerializedScriptValue.serialize(Host.domPoint(.init(x: 1, y: 2)).makeValue())
    _ = try SerializedScriptValue(decoding: bytes, exposedInterfaces: [.domPoint])
    let error = try #require(throws: BlinkDecodingError.self) {
      try SerializedScriptValue(decoding: bytes, exposedInterfaces: [.domRect])
    }
    #expect(
      error.underlyingError?.reason == .hostObject("the context does not expose DOMPoint"))
  }

  @Test func `what is stored is refused with Chromium's texts`() throws {
    let refused: [(String, CloneValue)] = [
      ("port", Host.attachment(.init(.messagePort, index: 0)).makeValue()),
      ("readable-stream", Host.attachment(.init(.readableStream, index: 0)).makeValue()),
      ("writable-stream", Host.attachment(.init(.writableStream, index: 0)).makeValue()),
      ("transform-stream", Host.attachment(.init(.transformStream, index: 0)).makeValue()),
      ("audio-data", Host.attachment(.init(.audioData, index: 0)).makeValue()),
      ("video-frame", Host.attachment(.init(.videoFrame, index: 0)).makeValue()),
      ("encoded-audio", Host.attachment(.init(.encodedAudioChunk, index: 0)).makeValue()),
      ("encoded-video", Host.attachment(.init(.encodedVideoChunk, index: 0)).makeValue()),
      ("data-channel", Host.attachment(.init(.rtcDataChannel, index: 0)).makeValue()),
      ("media-source-handle", Host.attachment(.init(.mediaSourceHandle, index: 0)).makeValue()),
      ("bitmap-closed", Host.attachment(.init(.imageBitmap, index: 0)).makeValue()),
      ("crop-target", Host.cropTarget(id: "c").makeValue()),
      ("restriction-target", Host.restrictionTarget(id: "c").makeValue()),
      ("file-system", Host.domFileSystem(.init(.temporary, name: "", rootURL: "")).makeValue()),
      (
        "canvas",
        Host.offscreenCanvas(
          .init(width: 1, height: 1, canvasID: 0, clientID: 0, sinkID: 0, filterQuality: 0)
        ).makeValue()
      ),
      ("shared-buffer", .sharedArrayBuffer(CloneSharedArrayBuffer(cloneID: 0, byteLength: 1))),
      ("module", .wasmModule(CloneWasmModule(transferID: 0))),
      ("url", .hostObject(CloneHostObject(interface: "URL", payload: .null))),
      (
        "node",
        .uncloneable(
          CloneUncloneable(.platformObject, description: "HTMLBodyElement object"))
      ),
    ]
    for (name, value) in refused {
      let item = try #require(Fixtures.blinkValues.first { $0.name == "refused-\(name)" })
      let text = try #require(item.refused)
      let error = try #require(throws: DataCloneError.self, "\(name)") {
        try SerializedScriptValue.serialize(["x": value], isForStorage: true)
      }
      #expect(text.hasSuffix(": \(error.message)"))
      #expect("\(error.path)" == "$.x")
    }
  }

  @Test func `objects with what is none of Blink's payloads are refused`() throws {
    for payload: CloneValue in [.null, "text", .arrayBuffer(CloneArrayBuffer([0x69, 0]))] {
      let value = CloneValue.hostObject(CloneHostObject(interface: "Blob", payload: payload))
      #expect(BlinkHostObject(value) == nil)
    }
    let short = CloneArrayBufferView(.uint8, on: CloneArrayBuffer([0x69]))
    let long = CloneArrayBufferView(.uint8, on: CloneArrayBuffer([0x69, 0, 0]))
    for view in [short, long] {
      let payload = CloneValue.arrayBufferView(try #require(view))
      let value = CloneValue.hostObject(CloneHostObject(interface: "Blob", payload: payload))
      #expect(BlinkHostObject(value) == nil)
      let error = #expect(throws: DataCloneError.self) {
        try SerializedScriptValue.serialize(value)
      }
      #expect(error?.message == "Blob object could not be cloned.")
    }
    let other = CloneArrayBufferView(.uint8, on: CloneArrayBuffer([0x69, 0]))
    let payload = CloneValue.arrayBufferView(try #require(other))
    // Another interface than that of the tag.
    #expect(BlinkHostObject(CloneHostObject(interface: "File", payload: payload)) == nil)
    #expect(BlinkHostObject(CloneHostObject(interface: "Blob", payload: payload)) != nil)
    #expect(BlinkHostObject("text") == nil)
  }

  @Test func `every tag has one kind, and every byte at most one`() throws {
    #expect(SerializationTag.allCases.count == 44)
    #expect(Host.DOMMatrix([1, 2, 3]) == nil)
    #expect(Host.DOMMatrix([1, 2, 3, 4, 5, 6])?.is2D == true)
  }

  @Test func `what Chromium does not care for is written back, but not anew`() throws {
    // A stack behind a DOMException or a QuotaExceededError, and the length beside AES.
    let numbers = "01000000000000f03f000000000000000000"
    let key = "0710000102030405060708090a0b0c0d0e0f"
    let payloads: [(read: String, anew: String)] = [
      ("78016101620173", "780161016200"), ("7101610173" + numbers, "71016100" + numbers),
      ("4b010918" + key, "4b010910" + key),
    ]
    for (payload, anew) in payloads {
      let bytes = Fixtures.bytes("ff14ff105c" + payload)
      let value = try SerializedScriptValue(decoding: bytes)
      #expect(hex(try value.encoded()) == "ff14ff105c" + payload)
      let written = try SerializedScriptValue.serialize(value.value, version: 20)
      #expect(hex(written) == "ff14ff105c" + anew)
    }
    let byName = Fixtures.bytes("ff14ff105c670101040100010104ff8000ff")
    let value = try SerializedScriptValue(decoding: byName)
    #expect(try value.encoded() == byName)
    let anew = try SerializedScriptValue.serialize(value.value, version: 20)
    guard
      case .imageBitmap(let image)? = BlinkHostObject(try SerializedScriptValue.deserialize(anew))
    else {
      Issue.record("no ImageBitmap")
      return
    }
    #expect(image.colorSpace == .parametric(.init(.srgb)))
    #expect(image.pixelFormat == .bgra8)
  }

  @Test func `an object keeps the layout of its version`() throws {
    let old = try SerializedScriptValue(
      decoding: Fixtures.bytes(
        "ff07660170016e0172017501740105000000000000f83f00"))
    guard case .hostObject(let object) = old.value, case .file(let file)? = BlinkHostObject(object)
    else {
      Issue.record("no File")
      return
    }
    #expect(object.layout == 7)
    #expect(file.snapshot?.lastModified == 1500)
    // Today's layout has milliseconds.
    let written = try SerializedScriptValue.serialize(old.value, version: 20)
    #expect(hex(written) == "ff14ff105c660170016e0172017501740105000000000070974000")
  }

  @Test(arguments: [
    // The last of five bytes has the continuation bit, too: V8 takes them only if there is a sixth.
    ("ff12ff0f5c70cbcbcbcbcbff", "ff12ff0f5c70cbcbcbcb0b"),
    // An empty text behind such a length: nothing follows that could be the sixth.
    ("ff12ff0f5c7800008080808080ff", "ff12ff0f5c78000000"),
    ("ff12ff0f41015c70cbcbcbcbcb240001", "ff12ff0f41015c70cbcbcbcb0b240001"),
  ])
  func `what can be read only with a byte behind it is written anew`(
    _ item: (read: String, written: String)
  ) throws {
    let value = try SerializedScriptValue(decoding: Fixtures.bytes(item.read))
    #expect(hex(try value.encoded()) == item.written)
    #expect(
      try SerializedScriptValue(decoding: Fixtures.bytes(item.written)).value
        .isContentEqual(to: value.value))
  }

  @Test func `bytes that can be read only with a byte behind them are no object`() throws {
    let bytes: [UInt8] = [0x70, 0xCB, 0xCB, 0xCB, 0xCB, 0xCB, 0x00]
    let view = try #require(
      CloneArrayBufferView(
        .uint8, on: CloneArrayBuffer(bytes), byteOffset: 0, byteLength: 6))
    let object = CloneHostObject(interface: "RTCDataChannel", payload: .arrayBufferView(view))
    #expect(BlinkHostObject(object) == nil)
  }
}
