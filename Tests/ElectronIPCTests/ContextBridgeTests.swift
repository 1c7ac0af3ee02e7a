import ElectronIPC
import StructuredClone
import Testing

/// What code may have that is not trusted.
@Suite(.timeLimit(.minutes(5)))
struct ContextBridgeTests {
  static let add = InvokeChannel("add", takes: Int.self, Int.self, returns: Int.self)
  static let log = SendChannel("log", takes: String.self)

  @Test(arguments: harnesses)
  func `§11 typed functions reach their channel`(harness: any Harness) async throws {
    let world = World(harness)
    let bridge = ContextBridge(world.renderer)
    let add = bridge.invoke(Self.add)
    let log = bridge.send(Self.log)
    let logged = world.recordMain("log")
    try world.ipcMain.handle(Self.add) { _, left, right in left + right }
    try log("hello")
    #expect(try await add(1, 2) == 3)
    #expect(try await logged.first(1) == [["hello"]])
  }

  @Test(arguments: harnesses)
  func `§11 functions by name reach their channel`(harness: any Harness) async throws {
    let world = World(harness)
    let bridge = ContextBridge(world.renderer)
    let add = bridge.invoke("add")
    let log = bridge.send("log")
    let logged = world.recordMain("log")
    try world.ipcMain.handle(Self.add) { _, left, right in left + right }
    try log(["hello", 1])
    #expect(try await add([1, 2]) == 3)
    #expect(try await logged.first(1) == [["hello", 1]])
  }

  @Test(arguments: harnesses)
  func `§11 listeners get the arguments without an event, until they are removed`(
    harness: any Harness
  ) async throws {
    let world = World(harness)
    let bridge = ContextBridge(world.renderer)
    let typed = Recorder<String>()
    let untyped = Recorder<[CloneValue]>()
    let first = bridge.on(Self.log)({ typed.record($0) })
    let second = bridge.on("log")({ untyped.record($0) })
    world.contents.send("log", "a")
    #expect(try await untyped.first(1) == [["a"]])
    #expect(typed.all == ["a"])
    first.remove()
    first.remove()
    world.contents.send("log", "b")
    #expect(try await untyped.first(2) == [["a"], ["b"]])
    #expect(typed.all == ["a"])
    second.remove()
    #expect(world.renderer.listenerCount("log") == 0)
  }

  @Test(arguments: harnesses)
  func `§11 errors have text only`(harness: any Harness) async throws {
    let world = World(harness)
    world.contents.receivesHandlerErrors = true
    try world.ipcMain.handle("add") { _, _ in
      throw HandlerError("no", stack: "a secret", code: "E_NO")
    }
    #expect(
      await thrown { () async throws(IPCError) in try await world.renderer.invoke("add") }?.thrown
        != nil)
    let bridge = ContextBridge(world.renderer)
    let expected = IPCError("Error invoking remote method 'add': Error: no")
    let byName = bridge.invoke("add")
    #expect(await thrown { () async throws(IPCError) in try await byName([]) } == expected)
    let typed = bridge.invoke(Self.add)
    #expect(
      await thrown { () async throws(IPCError) in .number(Double(try await typed(1, 2))) }
        == expected)
  }
}
