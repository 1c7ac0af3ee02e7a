import StructuredClone
import Testing

/// Every limit: what is as large as it may be is read, and what is larger is refused by its name.
struct LimitsTests {
  private struct Nesting: ValueDeserializerDelegate {
    func readHostObject(
      from reader: inout HostObjectReader
    ) throws(CloneDecodingError) -> HostObjectContent { .valueFollows }
  }

  /// A payload, the name of a limit, the value that is just enough, and where one less is noticed.
  struct Case: Sendable, CustomStringConvertible {
    let payload: String
    let name: String
    let set: @Sendable (inout CloneLimits, Int) -> Void
    let enough: Int
    let offset: Int
    var description: String { "\(name) of \(payload)" }
  }

  static let cases = [
    Case(
      payload: "ff0f 4101 4101 30 240001 240001", name: "depth", set: { $0.depth = $1 }, enough: 2,
      offset: 4),
    Case(payload: "ff0f 30", name: "inputSize", set: { $0.inputSize = $1 }, enough: 3, offset: 2),
    Case(
      payload: "ff0f 4102 79 79 240002", name: "nodes", set: { $0.nodes = $1 }, enough: 3, offset: 6
    ),
    Case(payload: "ff0f 79", name: "nodes", set: { $0.nodes = $1 }, enough: 1, offset: 3),
    Case(
      payload: "ff0f 4102 30 30 240002", name: "arrayLength", set: { $0.arrayLength = $1 },
      enough: 2,
      offset: 2),
    Case(
      payload: "ff0f 6105 400005", name: "sparseArrayLength", set: { $0.sparseArrayLength = $1 },
      enough: 5,
      offset: 2),
    Case(
      payload: "ff0f 6102 490a 30 400102", name: "sparseArrayLength",
      set: { $0.sparseArrayLength = $1 },
      enough: 6, offset: 7),
    Case(
      payload: "ff0f 4101 30 4908 30 240101", name: "sparseArrayLength",
      set: { $0.sparseArrayLength = $1 },
      enough: 5, offset: 8),
    Case(
      payload: "400005", name: "sparseArrayLength", set: { $0.sparseArrayLength = $1 }, enough: 5,
      offset: 0
    ),
    Case(
      payload: "ff0f 5a10 2a00000000000000", name: "bigIntSize", set: { $0.bigIntSize = $1 },
      enough: 8,
      offset: 3),
    Case(
      payload: "ff0f 7a10 2a00000000000000", name: "bigIntSize", set: { $0.bigIntSize = $1 },
      enough: 8,
      offset: 3),
    Case(
      payload: "ff0f 2203 616263", name: "stringLength", set: { $0.stringLength = $1 }, enough: 3,
      offset: 2
    ),
    Case(
      payload: "ff0f 6f 220161 2203 616263 7b01", name: "stringLength",
      set: { $0.stringLength = $1 },
      enough: 3, offset: 6),
    Case(
      payload: "ff0f 6f 2203 616263 30 7b01", name: "stringLength", set: { $0.stringLength = $1 },
      enough: 3, offset: 3),
    Case(
      payload: "ff0f 6306 610062006300", name: "stringLength", set: { $0.stringLength = $1 },
      enough: 3,
      offset: 2),
    Case(
      payload: "ff0f 5306 e282ac e282ac", name: "stringLength", set: { $0.stringLength = $1 },
      enough: 2,
      offset: 2),
    Case(
      payload: "ff0b 7303 616263", name: "stringLength", set: { $0.stringLength = $1 }, enough: 3,
      offset: 2
    ),
    Case(
      payload: "ff0f 52 2203 616263 00", name: "regExpLength", set: { $0.regExpLength = $1 },
      enough: 3,
      offset: 2),
    Case(
      payload: "ff0f 5c 5c 79", name: "hostObjectDepth", set: { $0.hostObjectDepth = $1 },
      enough: 2,
      offset: 3),
  ]

  @Test(arguments: cases)
  func `a limit holds to the unit`(_ item: Case) throws {
    func read(_ value: Int) throws -> CloneValue {
      var limits = CloneLimits.default
      item.set(&limits, value)
      return try CloneValue(decoding: bytes(item.payload), limits: limits, delegate: Nesting())
    }
    _ = try read(item.enough)
    let error = try #require(throws: CloneDecodingError.self) { try read(item.enough - 1) }
    #expect(error.reason == .limitExceeded(item.name, item.enough - 1))
    #expect(error.offset == item.offset)
    #expect(error.diagnosis.contains("the limit \(item.name) of \(item.enough - 1) is exceeded"))
  }

  @Test func `an error is a level, with a cause or without, to read and to write`() throws {
    for (error, depth) in [
      (CloneErrorObject(message: "m", stack: "s"), 2),
      (CloneErrorObject(message: "m", cause: 1), 2),
      (CloneErrorObject(cause: .error(CloneErrorObject())), 3),
    ] {
      let value: CloneValue = [.error(error)]
      let enough = CloneLimits(depth: depth)
      let less = CloneLimits(depth: depth - 1)
      let payload = try value.encoded(limits: enough)
      #expect(try CloneValue(decoding: payload, limits: enough) == value)
      let refusal = try #require(throws: DataCloneError.self) { try value.encoded(limits: less) }
      #expect(refusal.reason == .limitExceeded("depth", depth - 1))
      #expect(throws: CloneDecodingError.self) {
        try CloneValue(decoding: payload, limits: less)
      }
    }
  }

  @Test func `an item that fails leaves no depth behind`() throws {
    var limits = CloneLimits.default
    limits.hostObjectDepth = 1
    var deserializer = ValueDeserializer(
      bytes("ff0f 5c 58 5c 79"), limits: limits, delegate: Nesting())
    try deserializer.readHeader()
    #expect(throws: CloneDecodingError.self) { try deserializer.readValue() }
    #expect(try deserializer.readValue().debugDescription == "#0=Boolean(true)")
  }

  @Test func `leaves in a dense array count for memory`() throws {
    let payload =
      bytes("ff0f 41 e807") + [UInt8](repeating: 0x79, count: 1000) + bytes("24 00 e807")
    // The elements take 8,000 bytes, the objects another 28 each.
    let error = try #require(throws: CloneDecodingError.self) {
      try CloneValue(decoding: payload, limits: CloneLimits(memory: 20_000))
    }
    #expect(error.reason == .limitExceeded("memory", 20_000))
    #expect(
      try CloneValue(decoding: payload, limits: CloneLimits(memory: 40_000)).array?.count == 1000)
  }

  @Test func `presets`() throws {
    var deep = [UInt8](bytes("ff0f"))
    for _ in 0..<1650 { deep += [0x41, 0x01] }
    deep.append(0x30)
    for _ in 0..<1650 { deep += [0x24, 0x00, 0x01] }
    #expect(throws: CloneDecodingError.self) { try CloneValue(decoding: deep, limits: .v8) }
    _ = try CloneValue(decoding: deep)
    _ = try CloneValue(decoding: deep, limits: .unlimited)
    #expect(CloneLimits.v8.stringLength == (1 << 29) - 24)
    #expect(CloneLimits.unlimited.inputSize == Int(UInt32.max))
  }
}
