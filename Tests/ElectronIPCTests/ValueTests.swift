import ElectronIPC
import StructuredClone
import Testing

/// Which values may cross.
@Suite(.timeLimit(.minutes(5)))
struct ValueTests {
  static let carried: [(String, CloneValue)] = [
    ("undefined", .undefined), ("null", nil), ("true", true), ("−0", -0.0), ("NaN", .number(.nan)),
    ("∞", .number(.infinity)), ("2^53", .number(9_007_199_254_740_992)),
    ("BigInt", .bigint(123_456_789_012_345_678)), ("a string", "h\u{E9}llo €"),
    ("a lone surrogate", .string(CloneString(utf16: [0xD800, 0x61]))),
    ("a boxed number", CloneBoxedPrimitive(1).map { .boxedPrimitive($0) } ?? nil),
    ("an object", ["b": 1, "a": ["c": nil]]), ("__proto__", ["__proto__": 1]),
    ("integer keys", ["2": "two", "1": "one", "x": 0]),
    ("holes", .array(CloneArray(holey: [1, nil, .undefined]))),
    ("a date", .date(CloneDate(millisecondsSince1970: 0))),
    ("an invalid date", .date(CloneDate(millisecondsSince1970: .nan))),
    ("a map", .map([["k": 1]: "v", 2: nil])), ("a set", .set([3, 1, 2])),
    ("an error", .error(CloneErrorObject(.typeError, message: "bad"))),
    ("an ArrayBuffer", .arrayBuffer(CloneArrayBuffer([1, 2, 3]))),
  ]

  @Test(arguments: harnesses, carried.indices)
  func `§7 a value arrives equal, both ways and as a result`(
    harness: any Harness, index: Int
  ) async throws {
    let (name, value) = ValueTests.carried[index]
    let world = World(harness, sendsSync: true)
    let inMain = world.recordMain("x")
    let inPage = world.recordPage("x")
    try world.ipcMain.handle("echo") { _, arguments in arguments[0] }
    world.ipcMain.on("echo") { event, arguments in event.returnValue = arguments[0] }
    try world.renderer.send("x", value)
    world.contents.send("x", value)
    #expect(try await inMain.first(1) == [[value]], "\(name)")
    #expect(try await inPage.first(1) == [[value]], "\(name)")
    #expect(try await world.renderer.invoke("echo", value) == value, "\(name)")
    #expect(try await world.renderer.sendSync("echo", value) == value, "\(name)")
  }

  static let refused: [(String, CloneValue)] =
    CloneUncloneable.Kind.allCases.filter { $0 != .fault }.map {
      ("\($0)", .uncloneable(CloneUncloneable($0)))
    } + [
      ("a shared buffer", .sharedArrayBuffer(CloneSharedArrayBuffer(cloneID: 1, byteLength: 1))),
      ("a module", .wasmModule(CloneWasmModule(transferID: 1))),
    ]

  @Test(arguments: harnesses, refused.indices)
  func `§7 a value is refused with the path to it`(harness: any Harness, index: Int) throws {
    let (name, value) = ValueTests.refused[index]
    let world = World(harness)
    let error = thrown { () throws(IPCError) in
      try world.renderer.send("x", ["deep": [1, value]])
    }
    #expect(error?.text == "Error: An object could not be cloned.", "\(name)")
    #expect(error?.diagnosis?.contains("$[0].deep[1]") == true, "\(name)")
    let channel = MessageChannelMain(in: world.main)
    #expect(
      thrown { () throws(IPCError) in try channel.port1.postMessage(value) }?.text
        == "Error: An object could not be cloned.", "\(name)")
  }

  @Test(arguments: harnesses)
  func `§7 cycles and shared references arrive as such`(harness: any Harness) async throws {
    let world = World(harness)
    let arrived = world.recordMain("x")
    let editor = CloneGraphEditor()
    let object = editor.object()
    object["self"] = .node(object)
    let value = editor.finish(object)
    try world.renderer.send("x", value)
    let argument = try await arrived.first(1)[0][0]
    #expect(argument["self"] === argument)
    #expect(argument == value)
  }

  @Test(arguments: harnesses)
  func `§7 nesting beyond every stack is refused`(harness: any Harness) throws {
    let world = World(harness)
    var value: CloneValue = []
    for _ in 0..<(CloneLimits.default.depth + 10) { value = [value] }
    #expect(
      thrown { () throws(IPCError) in try world.renderer.send("x", value) }?.text
        == "Error: An object could not be cloned.")
  }

  @Test(arguments: harnesses, [0, 1, 65_535, 65_536, 65_537, 262_144, 3_145_728])
  func `§7 a payload of any size arrives the same`(harness: any Harness, size: Int) async throws {
    let world = World(harness)
    let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0) }
    let value = CloneValue.arrayBuffer(CloneArrayBuffer(bytes))
    try world.ipcMain.handle("echo") { _, arguments in arguments[0] }
    #expect(try await world.renderer.invoke("echo", value) == value)
  }
}
