import ElectronClone
import ElectronIPC
import StructuredClone
import Testing

/// What a handler threw, whole, for those who may see it.
@Suite(.timeLimit(.minutes(5)))
struct HandlerErrorTests {
  static let whole = HandlerError(
    name: "RangeError", "far", stack: "RangeError: far\n    at there", code: "E_FAR",
    cause: .error(CloneErrorObject(.typeError, message: "inner")))

  private func failure(_ world: World, _ error: any Error) async throws -> IPCError? {
    world.ipcMain.removeHandler("x")
    try world.ipcMain.handle("x") { _, _ in throw error }
    return await thrown { () async throws(IPCError) in try await world.renderer.invoke("x") }
  }

  @Test(arguments: harnesses)
  func `§2.3 a page sees the text only, unless it may see more`(harness: any Harness) async throws {
    let world = World(harness)
    let text = IPCError("Error invoking remote method 'x': RangeError: far")
    #expect(try await failure(world, Self.whole) == text)
    #expect(!world.contents.receivesHandlerErrors)
    world.contents.receivesHandlerErrors = true
    let error = try await failure(world, Self.whole)
    #expect(error?.text == text.text)
    #expect(error?.thrown == Self.whole)
    world.contents.receivesHandlerErrors = false
    #expect(try await failure(world, Self.whole) == text)
  }

  struct Plain: Error, CustomStringConvertible {
    let description = "plain"
  }

  @Test(arguments: harnesses)
  func `any error is whole with what it has`(harness: any Harness) async throws {
    let world = World(harness)
    world.contents.receivesHandlerErrors = true
    let ipc = IPCError(name: "TypeError", "bad", diagnosis: "not for the page")
    #expect(try await failure(world, ipc)?.thrown == HandlerError(name: "TypeError", "bad"))
    #expect(try await failure(world, Plain())?.thrown == HandlerError("plain"))
    #expect(
      try await failure(world, HandlerError("n", code: 7))?.thrown == HandlerError("n", code: 7))
    #expect(
      try await failure(world, HandlerError("n", cause: .undefined))?.thrown
        == HandlerError("n", cause: .undefined))
  }

  @Test(arguments: harnesses)
  func `what cannot be cloned leaves the text`(harness: any Harness) async throws {
    let world = World(harness)
    world.contents.receivesHandlerErrors = true
    #expect(
      try await failure(world, HandlerError("n", cause: function))
        == IPCError("Error invoking remote method 'x': Error: n"))
  }

  @Test(arguments: harnesses)
  func `a missing handler throws as well`(harness: any Harness) async throws {
    let world = World(harness)
    world.contents.receivesHandlerErrors = true
    #expect(
      await thrown { () async throws(IPCError) in try await world.renderer.invoke("none") }?.thrown
        == HandlerError("No handler registered for 'none'"))
  }

  @Test(
    arguments: harnesses,
    [
      nil, .null, "text", ["name": "n"], ["message": "m"], ["name": 1, "message": "m"],
    ] as [CloneValue?])
  func `a peer that sends no whole error is of the plain form`(
    harness: any Harness, thrown: CloneValue?
  ) async throws {
    let owner = MainProcess()
    let (main, frame) = harness.connect(to: owner)
    let process = owner.makeRendererProcess()
    let renderer = IPCRenderer(over: frame, in: process)
    main.start(on: process.loop) { message in
      guard case .invoke(let id, _, _) = message else { return }
      var reply: CloneObject = ["error": "Error: e"]
      if let thrown { reply["thrown"] = thrown }
      let bytes = try? ElectronSerializedValue.serialize(.object(reply), profile: .default)
      main.send(.invokeReply(id: id, result: .bytes(bytes ?? [])))
    }
    #expect(
      await ElectronIPCTests.thrown { () async throws(IPCError) in try await renderer.invoke("x") }
        == IPCError("Error invoking remote method 'x': Error: e"))
  }
}
