import ElectronIPC
import StructuredClone
import Testing

/// `ipcRenderer.invoke` and `ipcMain.handle`.
@Suite(.timeLimit(.minutes(5)))
struct InvokeTests {
  @Test(arguments: harnesses)
  func `§2.3 a handler's value is the result`(harness: any Harness) async throws {
    let world = World(harness)
    try world.ipcMain.handle("add") { _, arguments in
      .number((arguments[0].number ?? 0) + (arguments[1].number ?? 0))
    }
    #expect(try await world.renderer.invoke("add", 1, 2) == 3)
  }

  @Test(arguments: harnesses)
  func `§2.3 undefined is a result`(harness: any Harness) async throws {
    let world = World(harness)
    try world.ipcMain.handle("nothing") { _, _ in .undefined }
    #expect(try await world.renderer.invoke("nothing") == .undefined)
  }

  @Test(arguments: harnesses)
  func `§2.3 a result with a property error is no failure`(harness: any Harness) async throws {
    let world = World(harness)
    try world.ipcMain.handle("x") { _, _ in ["error": "mine"] }
    #expect(try await world.renderer.invoke("x") == ["error": "mine"])
  }

  @Test(arguments: harnesses)
  func `§2.3 a handler that suspends gives its eventual value`(harness: any Harness) async throws {
    let world = World(harness)
    try world.ipcMain.handle("later") { _, _ in
      try await Task.sleep(for: .milliseconds(5))
      return "done"
    }
    #expect(try await world.renderer.invoke("later") == "done")
  }

  struct Plain: Error, CustomStringConvertible {
    let description = "plain"
  }

  @Test(
    arguments: harnesses,
    [
      (IPCError(name: "TypeError", "bad") as any Error, "TypeError: bad"),
      (IPCError("bad"), "Error: bad"), (IPCError(""), "Error"), (IPCError(name: "", "s"), "s"),
      (Plain(), "Error: plain"),
    ])
  func `§2.3 what a handler throws arrives as text behind the method's name`(
    harness: any Harness, thrownAndText: (any Error, String)
  ) async throws {
    let (error, text) = thrownAndText
    let world = World(harness)
    try world.ipcMain.handle("x") { _, _ in throw error }
    #expect(
      await thrown { () async throws(IPCError) in try await world.renderer.invoke("x") }
        == IPCError("Error invoking remote method 'x': \(text)"))
  }

  @Test(arguments: harnesses)
  func `§2.3 every error reply is logged`(harness: any Harness) async throws {
    let world = World(harness)
    try world.ipcMain.handle("x") { _, _ in throw IPCError(name: "RangeError", "far") }
    _ = await thrown { () async throws(IPCError) in try await world.renderer.invoke("x") }
    _ = await thrown { () async throws(IPCError) in try await world.renderer.invoke("none") }
    #expect(
      world.log.all == [
        "Error occurred in handler for 'x': RangeError: far",
        "Error occurred in handler for 'none': Error: No handler registered for 'none'",
      ])
  }

  @Test(arguments: harnesses)
  func `§2.3 without a handler the call fails`(harness: any Harness) async throws {
    let world = World(harness)
    #expect(
      await thrown { () async throws(IPCError) in try await world.renderer.invoke("x") }
        == IPCError("Error invoking remote method 'x': Error: No handler registered for 'x'"))
  }

  @Test(arguments: harnesses)
  func `§2.3 a result that cannot be cloned fails the call`(harness: any Harness) async throws {
    let world = World(harness)
    try world.ipcMain.handle("x") { _, _ in ["callback": function] }
    #expect(
      await thrown { () async throws(IPCError) in try await world.renderer.invoke("x") }
        == IPCError("Error invoking remote method 'x': Error: An object could not be cloned."))
    #expect(world.log.all.count == 1)
    #expect(world.log.all.first?.contains("$.result.callback") == true)
  }

  @Test(arguments: harnesses)
  func `§2.3 arguments that cannot be cloned fail the call unwrapped`(
    harness: any Harness
  ) async throws {
    let world = World(harness)
    let error = await thrown { () async throws(IPCError) in
      try await world.renderer.invoke("x", function)
    }
    #expect(error?.text == "Error: An object could not be cloned.")
    #expect(error?.diagnosis?.contains("$[0]") == true)
  }

  @Test(arguments: harnesses)
  func `§2.3 the handler is looked up on arrival and keeps its calls`(
    harness: any Harness
  ) async throws {
    let world = World(harness)
    let entered = Recorder<Bool>()
    let (gate, open) = AsyncStream<Void>.makeStream()
    try world.ipcMain.handle("x") { _, _ in
      entered.record(true)
      for await _ in gate { break }
      return "old"
    }
    let promise = try world.renderer.startInvoke("x")
    _ = try await entered.first(1)
    world.ipcMain.removeHandler("x")
    try world.ipcMain.handle("x") { _, _ in "new" }
    #expect(try await world.renderer.invoke("x") == "new")
    open.finish()
    #expect(try await promise.value == "old")
  }

  @Test(arguments: harnesses)
  func `§4.1 a second handler is refused`(harness: any Harness) throws {
    let world = World(harness)
    let refusal = IPCError("Attempted to register a second handler for 'x'")
    try world.ipcMain.handle("x") { _, _ in 1 }
    #expect(
      thrown { () throws(IPCError) in try world.ipcMain.handle("x") { _, _ in 2 } } == refusal)
    #expect(
      thrown { () throws(IPCError) in try world.ipcMain.handleOnce("x") { _, _ in 2 } } == refusal)
  }

  @Test(arguments: harnesses)
  func `§4.1 handleOnce counts as a handler`(harness: any Harness) throws {
    let world = World(harness)
    try world.ipcMain.handleOnce("x") { _, _ in 1 }
    #expect(
      thrown { () throws(IPCError) in try world.ipcMain.handle("x") { _, _ in 2 } }
        == IPCError("Attempted to register a second handler for 'x'"))
  }

  @Test(arguments: harnesses)
  func `§4.1 handleOnce is gone before its handler runs`(harness: any Harness) async throws {
    let world = World(harness)
    let (gate, open) = AsyncStream<Void>.makeStream()
    try world.ipcMain.handleOnce("x") { _, _ in
      for await _ in gate { break }
      return 1
    }
    let first = try world.renderer.startInvoke("x")
    #expect(
      await thrown { () async throws(IPCError) in try await world.renderer.invoke("x") }?.message
        == "Error invoking remote method 'x': Error: No handler registered for 'x'")
    open.finish()
    #expect(try await first.value == 1)
  }

  @Test(arguments: harnesses)
  func `§4.1 a removed handler can be replaced, and removing none is no error`(
    harness: any Harness
  ) async throws {
    let world = World(harness)
    world.ipcMain.removeHandler("x")
    try world.ipcMain.handle("x") { _, _ in 1 }
    world.ipcMain.removeHandler("x")
    try world.ipcMain.handle("x") { _, _ in 2 }
    #expect(try await world.renderer.invoke("x") == 2)
  }

  @Test(arguments: harnesses)
  func `§4.1 handlers and listeners are removed apart`(harness: any Harness) async throws {
    let world = World(harness)
    try world.ipcMain.handle("x") { _, _ in 1 }
    world.ipcMain.removeAllListeners()
    #expect(try await world.renderer.invoke("x") == 1)
    let arrived = world.recordMain("x")
    world.ipcMain.removeHandler("x")
    try world.renderer.send("x", 2)
    #expect(try await arrived.first(1) == [[2]])
  }

  @Test(arguments: harnesses)
  func `§2.3 a cancelled task stops waiting`(harness: any Harness) async throws {
    let world = World(harness)
    let (gate, open) = AsyncStream<Void>.makeStream()
    try world.ipcMain.handle("x") { _, _ in
      for await _ in gate { break }
      return 1
    }
    let call = Task {
      await thrown { () async throws(IPCError) in try await world.renderer.invoke("x") }
    }
    call.cancel()
    #expect(await call.value == IPCError(name: "AbortError", "This operation was aborted"))
    open.finish()
  }

  @Test(arguments: harnesses)
  func `§2.3 a failed call does not harm the next`(harness: any Harness) async throws {
    let world = World(harness)
    try world.ipcMain.handle("x") { _, arguments in
      guard arguments[0] == true else { throw IPCError("no") }
      return "yes"
    }
    #expect(
      await thrown { () async throws(IPCError) in try await world.renderer.invoke("x", false) }
        != nil)
    #expect(try await world.renderer.invoke("x", true) == "yes")
  }

  @Test(arguments: harnesses)
  func `§2.3 only text crosses: the renderer's error is an Error`(
    harness: any Harness
  ) async throws {
    let world = World(harness)
    try world.ipcMain.handle("x") { _, _ in
      throw IPCError(name: "RangeError", "far", diagnosis: "a secret of the main process")
    }
    let error = await thrown { () async throws(IPCError) in try await world.renderer.invoke("x") }
    #expect(error?.name == "Error")
    #expect(error?.diagnosis == nil)
    #expect(error?.message == "Error invoking remote method 'x': RangeError: far")
  }

  @Test(arguments: harnesses)
  func `§2.3 a handler can call another one`(harness: any Harness) async throws {
    let world = World(harness)
    let renderer = world.renderer
    try world.ipcMain.handle("inner") { _, arguments in arguments[0] }
    try world.ipcMain.handle("outer") { _, arguments in
      try await renderer.invoke("inner", arguments[0])
    }
    #expect(try await world.renderer.invoke("outer", 5) == 5)
  }

  @Test(arguments: harnesses)
  func `§2.3 an error as a value crosses as an error`(harness: any Harness) async throws {
    let world = World(harness)
    let value = CloneValue.error(CloneErrorObject(.rangeError, message: "far"))
    try world.ipcMain.handle("x") { _, _ in value }
    #expect(try await world.renderer.invoke("x") == value)
  }

  @Test(arguments: harnesses)
  func `§2.3 a promise can be asked more than once`(harness: any Harness) async throws {
    let world = World(harness)
    try world.ipcMain.handle("x") { _, _ in 1 }
    let promise = try world.renderer.startInvoke("x")
    async let first = promise.value
    async let second = promise.value
    #expect(try await first == 1)
    #expect(try await second == 1)
    #expect(try await promise.value == 1)
  }

  @Test(arguments: harnesses)
  func `§2.3 a listener of the page can wait for a handler`(harness: any Harness) async throws {
    let world = World(harness)
    try world.ipcMain.handle("x") { _, arguments in arguments[0] }
    let results = Recorder<CloneValue>()
    world.renderer.on("go") { event, arguments in
      Task { results.record(try await event.sender.invoke("x", arguments[0])) }
    }
    world.contents.send("go", 9)
    #expect(try await results.first(1) == [9])
  }

  @Test(arguments: harnesses)
  func `§2.3 channel names appear in texts as they are`(harness: any Harness) async throws {
    let world = World(harness)
    #expect(
      await thrown { () async throws(IPCError) in try await world.renderer.invoke("it's") }
        == IPCError(
          "Error invoking remote method 'it's': Error: No handler registered for 'it's'"))
  }
}
