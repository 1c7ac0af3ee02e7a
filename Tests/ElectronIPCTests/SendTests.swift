import ElectronIPC
import StructuredClone
import Testing

/// `ipcRenderer.send`, and what all sending methods have in common.
@Suite(.timeLimit(.minutes(5)))
struct SendTests {
  @Test(arguments: harnesses)
  func `§2.1 a message arrives with its arguments`(harness: any Harness) async throws {
    let world = World(harness)
    let arrived = world.recordMain("log")
    try world.renderer.send("log", "hello", 42, nil, .undefined)
    #expect(try await arrived.first(1) == [["hello", 42, .null, .undefined]])
  }

  @Test(arguments: harnesses)
  func `§2.1 a message without arguments arrives with none`(harness: any Harness) async throws {
    let world = World(harness)
    let arrived = world.recordMain("log")
    try world.renderer.send("log")
    #expect(try await arrived.first(1) == [[]])
  }

  @Test(arguments: harnesses)
  func `§2.1 nobody listening is no error and no log`(harness: any Harness) async throws {
    let world = World(harness)
    try world.renderer.send("nobody", 1)
    try await world.settle()
    #expect(world.log.all.isEmpty)
    #expect(world.uncaught.all.isEmpty)
  }

  @Test(arguments: harnesses)
  func `§2.1 what a listener throws stays in the main process`(harness: any Harness) async throws {
    let world = World(harness)
    world.ipcMain.on("bad") { _, _ in throw IPCError(name: "TypeError", "oops") }
    try world.renderer.send("bad")
    #expect(try await world.uncaught.first(1) == ["TypeError: oops"])
    try world.renderer.send("bad")
    _ = try await world.uncaught.first(2)
  }

  @Test(arguments: harnesses)
  func `§2.0 uncloneable arguments are refused with one text, and where is beside it`(
    harness: any Harness
  ) async throws {
    let world = World(harness)
    let arrived = world.recordMain("log")
    let error = thrown { () throws(IPCError) in
      try world.renderer.send("log", 1, ["user": ["onSave": function]])
    }
    #expect(error?.name == "Error")
    #expect(error?.message == "An object could not be cloned.")
    #expect(error?.diagnosis?.contains("$[1].user.onSave") == true)
    try await world.settle()
    #expect(arrived.all.isEmpty)
  }

  @Test(arguments: harnesses)
  func `§2.0 a released context throws, before the arguments are looked at`(
    harness: any Harness
  ) async throws {
    let world = World(harness)
    world.renderer.release()
    #expect(
      thrown { () throws(IPCError) in try world.renderer.send("a", function) } == releasedError)
    #expect(
      thrown { () throws(IPCError) in try world.renderer.sendToHost("a", function) }
        == releasedError)
    #expect(
      thrown { () throws(IPCError) in try world.renderer.postMessage("a", function) }
        == releasedError)
    #expect(
      await thrown { () async throws(IPCError) in
        try await world.renderer.invoke("a", function)
      } == releasedError)
    #expect(
      await thrown { () async throws(IPCError) in
        try await world.renderer.sendSync("a", function)
      } == releasedError)
  }

  @Test(arguments: harnesses)
  func `§2.0 the same object in two arguments is one object on arrival`(
    harness: any Harness
  ) async throws {
    let world = World(harness)
    let arrived = world.recordMain("pair")
    let shared: CloneValue = ["a": 1]
    try world.renderer.send("pair", shared, [shared])
    let arguments = try await arrived.first(1)[0]
    #expect(arguments[0] === arguments[1][0])
    #expect(arguments[0] !== shared)
  }

  @Test(arguments: harnesses)
  func `§1 channels are any strings, compared by code units`(harness: any Harness) async throws {
    let world = World(harness)
    let surrogate = CloneString(utf16: [0xD800])
    let empty = world.recordMain("")
    let lone = world.recordMain(surrogate)
    let composed = world.recordMain("\u{E9}")
    try world.renderer.send("", 1)
    try world.renderer.send(surrogate, 2)
    try world.renderer.send("e\u{301}", 3)
    try world.renderer.send("\u{E9}", 4)
    #expect(try await composed.first(1) == [[4]])
    #expect(empty.all == [[1]])
    #expect(lone.all == [[2]])
  }

  @Test(arguments: harnesses)
  func `§1 on and handle of one channel do not interfere`(harness: any Harness) async throws {
    let world = World(harness)
    let arrived = world.recordMain("both")
    try world.ipcMain.handle("both") { _, _ in "handled" }
    try world.renderer.send("both", 1)
    #expect(try await world.renderer.invoke("both") == "handled")
    #expect(arrived.all == [[1]])
  }

  @Test(arguments: harnesses)
  func `§2.5 sendToHost reaches the embedder and nobody else`(harness: any Harness) async throws {
    let world = World(harness)
    let guest = world.openPage()
    let webview = WebviewTag(showing: guest.contents, in: world.renderer)
    let messages = Recorder<WebviewTag.Message>()
    let others = world.recordMain("up")
    guest.contents.on(.ipcMessage) { _, channel, _ in if channel == "up" { others.record([]) } }
    webview.on(.ipcMessage) { messages.record($0) }
    try guest.renderer.sendToHost("up", 1, 2)
    let message = try await messages.first(1)[0]
    #expect(message.channel == "up")
    #expect(message.args == [1, 2])
    #expect(message.frameId.processId == (try guest.contents.mainFrame.processId))
    #expect(message.frameId.frameId == (try guest.contents.mainFrame.frameId))
    try await world.settle(guest.renderer)
    #expect(others.all.isEmpty)
  }

  @Test(arguments: harnesses)
  func `§2.5 sendToHost of a page that is no guest is dropped`(harness: any Harness) async throws {
    let world = World(harness)
    let others = world.recordMain("up")
    try world.renderer.sendToHost("up", 1)
    try await world.settle()
    #expect(others.all.isEmpty)
    #expect(world.log.all.isEmpty)
  }

  @Test(arguments: harnesses)
  func `§2.5 the embedder sends to its guest`(harness: any Harness) async throws {
    let world = World(harness)
    let guest = world.openPage()
    let webview = WebviewTag(showing: guest.contents, in: world.renderer)
    let arrived = Recorder<[CloneValue]>()
    guest.renderer.on("down") { _, arguments in arrived.record(arguments) }
    webview.send("down", 7)
    #expect(try await arrived.first(1) == [[7]])
  }

  @Test(arguments: [
    (CloneValue.undefined, 1, "undefined"), (.null, 0, "null"), (.number(5), 1, ""),
    (.object(["a": 1]), 0, ""),
  ])
  func `§2.0 a channel that is no string is a TypeError`(
    value: CloneValue, index: Int, name: String
  ) {
    #expect(
      thrown { () throws(IPCError) in _ = try CloneString(channel: value, argument: index) }
        == IPCError(
          name: "TypeError",
          "Error processing argument at index \(index), conversion failure from \(name)"))
  }

  @Test func `§2.0 a channel that is a string is taken as it is`() throws {
    #expect(try CloneString(channel: "", argument: 1) == "")
    #expect(try CloneString(channel: "a b", argument: 1) == "a b")
  }

  @Test(arguments: harnesses)
  func `§2.0 arguments are a snapshot and the receiver's own`(harness: any Harness) async throws {
    let world = World(harness)
    let arrived = world.recordMain("x")
    var value: CloneValue = ["list": [1]]
    try world.renderer.send("x", value)
    value.object?["list"] = 2
    let argument = try await arrived.first(1)[0][0]
    #expect(argument == ["list": [1]])
  }

  @Test(arguments: harnesses)
  func `§2.0 after a refused message the next arrives`(harness: any Harness) async throws {
    let world = World(harness)
    let arrived = world.recordMain("x")
    #expect(thrown { () throws(IPCError) in try world.renderer.send("x", function) } != nil)
    try world.renderer.send("x", 1)
    #expect(try await arrived.first(1) == [[1]])
  }

  @Test(arguments: harnesses)
  func `§2.5 sendToHost refuses what cannot be cloned`(harness: any Harness) {
    let world = World(harness)
    #expect(
      thrown { () throws(IPCError) in try world.renderer.sendToHost("x", function) }?.text
        == "Error: An object could not be cloned.")
  }

  @Test(arguments: harnesses)
  func `§1 the same channel name is independent in both directions`(
    harness: any Harness
  ) async throws {
    let world = World(harness)
    let inMain = world.recordMain("x")
    let inPage = world.recordPage("x")
    try world.renderer.send("x", "up")
    world.contents.send("x", "down")
    #expect(try await inMain.first(1) == [["up"]])
    #expect(try await inPage.first(1) == [["down"]])
    try await world.settle()
    #expect(inMain.all.count == 1)
    #expect(inPage.all.count == 1)
  }

  @Test(arguments: harnesses)
  func `§1 a message reaches the main process and no other page`(
    harness: any Harness
  ) async throws {
    let world = World(harness)
    let other = world.openPage()
    let inOther = Recorder<Bool>()
    other.renderer.on("x") { _, _ in inOther.record(true) }
    try world.renderer.send("x")
    try await world.settle()
    try await world.settle(other.renderer)
    #expect(inOther.all.isEmpty)
  }
}
