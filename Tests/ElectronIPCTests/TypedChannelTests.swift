import ElectronIPC
import StructuredClone
import Testing

/// Channels that are declared with their types.
@Suite(.timeLimit(.minutes(5)))
struct TypedChannelTests {
  static let add = InvokeChannel("add", takes: Int.self, Int.self, returns: Int.self)
  static let now = InvokeChannel("now", returns: Double.self)
  static let store = InvokeChannel("store", takes: String.self, [UInt8].self)
  static let names = InvokeChannel("names", takes: [String: [String]].self, returns: [String].self)
  static let progress = SendChannel("progress", takes: String.self, Double.self)
  static let version = SyncChannel("version", takes: Bool.self, returns: String.self)
  static let download = PostMessageChannel("download", takes: String.self)

  @Test(arguments: harnesses)
  func `invoke and handle have the declared types`(harness: any Harness) async throws {
    let world = World(harness)
    try world.ipcMain.handle(Self.add) { _, left, right in left + right }
    try world.ipcMain.handle(Self.now) { _ in 0.5 }
    #expect(try await world.renderer.invoke(Self.add, 1, 2) == 3)
    #expect(try await world.renderer.invoke(Self.now) == 0.5)
  }

  @Test(arguments: harnesses)
  func `either end can be untyped`(harness: any Harness) async throws {
    let world = World(harness)
    try world.ipcMain.handle(Self.add) { _, left, right in left + right }
    #expect(try await world.renderer.invoke("add", 1, 2) == 3)
    try world.ipcMain.handle("now") { _, _ in 2 }
    #expect(try await world.renderer.invoke(Self.now) == 2)
  }

  @Test(arguments: harnesses)
  func `a handler may have no result`(harness: any Harness) async throws {
    let world = World(harness)
    let stored = Recorder<[UInt8]>()
    try world.ipcMain.handle(Self.store) { _, _, bytes in stored.record(bytes) }
    try await world.renderer.invoke(Self.store, "file", [1, 2])
    #expect(stored.all == [[1, 2]])
    #expect(try await world.renderer.invoke("store", "file", [UInt8(3)].cloneValue()) == .undefined)
  }

  @Test(arguments: harnesses)
  func `a handler for one call is typed, too`(harness: any Harness) async throws {
    let world = World(harness)
    try world.ipcMain.handleOnce(Self.now) { _ in 1 }
    #expect(try await world.renderer.invoke(Self.now) == 1)
    let stored = Recorder<String>()
    try world.ipcMain.handleOnce(Self.store) { _, name, _ in stored.record(name) }
    try await world.renderer.invoke(Self.store, "file", [])
    #expect(stored.all == ["file"])
    #expect(
      await thrown { () async throws(IPCError) in
        .number(try await world.renderer.invoke(Self.now))
      } == IPCError("Error invoking remote method 'now': Error: No handler registered for 'now'"))
  }

  @Test(arguments: harnesses)
  func `arguments that do not fit fail the call with channel, argument and path`(
    harness: any Harness
  ) async throws {
    let world = World(harness)
    let calls = Recorder<Bool>()
    try world.ipcMain.handle(Self.names) { _, _ in
      calls.record(true)
      return []
    }
    let error = await thrown { () async throws(IPCError) in
      try await world.renderer.invoke("names", ["a": ["x"], "b b": ["x", 7]])
    }
    #expect(
      error?.message
        == #"Error invoking remote method 'names': TypeError: Argument 0 of 'names' does not fit: at $["b b"][1]: expected a string, found number"#
    )
    #expect(calls.all.isEmpty)
  }

  @Test(arguments: harnesses)
  func `a missing argument is undefined, and one too many is dropped`(
    harness: any Harness
  ) async throws {
    let world = World(harness)
    try world.ipcMain.handle(Self.add) { _, left, right in left + right }
    #expect(
      await thrown { () async throws(IPCError) in try await world.renderer.invoke("add", 1) }?
        .message
        == "Error invoking remote method 'add': TypeError: Argument 1 of 'add' does not fit: expected an integer, found undefined"
    )
    #expect(try await world.renderer.invoke("add", 1, 2, "more") == 3)
  }

  @Test(arguments: harnesses)
  func `a result of another type fails the call in the page`(harness: any Harness) async throws {
    let world = World(harness)
    try world.ipcMain.handle("names") { _, _ in ["a", 1] }
    let error = await thrown { () async throws(IPCError) in
      try (try await world.renderer.invoke(Self.names, [:])).cloneValueOrFail()
    }
    #expect(
      error
        == IPCError(
          name: "TypeError",
          "The result of 'names' does not fit: at $[1]: expected a string, found number"))
  }

  @Test(arguments: harnesses)
  func `an argument that has no JavaScript value is refused where it is sent`(
    harness: any Harness
  ) async throws {
    let world = World(harness)
    let error = await thrown { () async throws(IPCError) in
      .number(Double(try await world.renderer.invoke(Self.add, 1, .max)))
    }
    #expect(
      error
        == IPCError(
          name: "TypeError",
          "Argument 1 of 'add' does not fit: no number is 9223372036854775807; use a CloneBigInt"))
  }

  @Test(arguments: harnesses)
  func `a result that has no JavaScript value fails the call`(harness: any Harness) async throws {
    let world = World(harness)
    try world.ipcMain.handle(Self.add) { _, _, _ in .max }
    #expect(
      await thrown { () async throws(IPCError) in try await world.renderer.invoke("add", 1, 2) }?
        .message
        == "Error invoking remote method 'add': TypeError: The result of 'add' does not fit: no number is 9223372036854775807; use a CloneBigInt"
    )
  }

  @Test(arguments: harnesses)
  func `send and on are typed in both directions`(harness: any Harness) async throws {
    let world = World(harness)
    let inMain = Recorder<String>()
    let inPage = Recorder<String>()
    world.ipcMain.on(Self.progress) { event, name, fraction in
      inMain.record("\(name) \(fraction)")
      event.reply?(Self.progress, "\(name) again", fraction * 2)
    }
    world.renderer.on(Self.progress) { _, name, fraction in inPage.record("\(name) \(fraction)") }
    try world.renderer.send(Self.progress, "up", 0.25)
    #expect(try await inMain.first(1) == ["up 0.25"])
    #expect(try await inPage.first(1) == ["up again 0.5"])
    world.contents.send(Self.progress, "down", 1)
    world.frame.send(Self.progress, "frame", 2)
    #expect(try await inPage.first(3) == ["up again 0.5", "down 1.0", "frame 2.0"])
  }

  @Test(arguments: harnesses)
  func `a typed listener can be for one message, and can be removed`(
    harness: any Harness
  ) async throws {
    let world = World(harness)
    let got = Recorder<Double>()
    world.ipcMain.once(Self.progress) { _, _, fraction in got.record(fraction) }
    let listener = world.ipcMain.on(Self.progress) { _, _, fraction in got.record(-fraction) }
    try world.renderer.send(Self.progress, "", 1)
    try world.renderer.send(Self.progress, "", 2)
    try await world.settle()
    world.ipcMain.off(Self.progress.name, listener)
    try world.renderer.send(Self.progress, "", 3)
    try await world.settle()
    #expect(got.all == [1, -1, -2])
  }

  @Test(arguments: harnesses)
  func `a message that does not fit is an uncaught exception`(harness: any Harness) async throws {
    let world = World(harness)
    let got = Recorder<String>()
    world.ipcMain.on(Self.progress) { _, name, _ in got.record(name) }
    try world.renderer.send("progress", "a", "b")
    try world.renderer.send("progress", "a", 1)
    #expect(try await got.first(1) == ["a"])
    #expect(
      world.uncaught.all == [
        "TypeError: Argument 1 of 'progress' does not fit: expected a number, found string"
      ])
  }

  static let big = SendChannel("big", takes: Int.self)

  @Test(arguments: harnesses)
  func `what the main process cannot send is logged`(harness: any Harness) async throws {
    let world = World(harness)
    let got = Recorder<Int>()
    world.renderer.on(Self.big) { _, number in got.record(number) }
    world.contents.send(Self.big, .max)
    world.ipcMain.on("ask") { event, _ in event.reply?(Self.big, .min + 1) }
    try world.renderer.send("ask")
    try await world.settle()
    let reason = "Error sending from webFrameMain: TypeError: Argument 0 of 'big' does not fit"
    #expect(
      world.log.all == [
        "\(reason): no number is 9223372036854775807; use a CloneBigInt",
        "\(reason): no number is -9223372036854775807; use a CloneBigInt",
      ])
    #expect(got.all.isEmpty)
  }

  @Test(arguments: harnesses)
  func `sendSync is typed, blocking and not`(harness: any Harness) async throws {
    let world = World(harness, sendsSync: true)
    world.ipcMain.on(Self.version) { _, isLong in isLong ? "1.0.0" : "1" }
    #expect(try await world.renderer.sendSync(Self.version, true) == "1.0.0")
    let result = Recorder<String>()
    world.process.enqueue { [renderer = world.renderer] in
      result.record(try renderer.sendSync(Self.version, false))
    }
    #expect(try await result.first(1) == ["1"])
  }

  @Test(arguments: harnesses)
  func `sendSync that nobody answers throws the text instead of an object`(
    harness: any Harness
  ) async throws {
    let world = World(harness, sendsSync: true)
    world.ipcMain.on("version") { _, _ in }
    #expect(
      await thrown { () async throws(IPCError) in
        CloneValue(try await world.renderer.sendSync(Self.version, true))
      } == IPCError("reply was never sent", diagnosis: "sendSync of 'version'"))
    world.ipcMain.removeAllListeners("version")
    world.ipcMain.on("version") { event, _ in event.returnValue = 1 }
    #expect(
      await thrown { () async throws(IPCError) in
        CloneValue(try await world.renderer.sendSync(Self.version, true))
      }
        == IPCError(
          name: "TypeError",
          "The result of 'version' does not fit: expected a string, found number"))
  }

  @Test(arguments: harnesses)
  func `postMessage is typed in both directions, with its ports`(
    harness: any Harness
  ) async throws {
    let world = World(harness)
    let got = Recorder<String>()
    world.ipcMain.on(Self.download) { event, url in
      got.record("main \(url) \(event.ports?.count ?? -1)")
    }
    world.renderer.on(Self.download) { event, url in
      got.record("page \(url) \(event.ports.count)")
    }
    let channel = MessageChannel(in: world.renderer)
    try world.renderer.postMessage(Self.download, "a", transfer: [channel.port1])
    #expect(try await got.first(1) == ["main a 1"])
    let mainChannel = MessageChannelMain(in: world.main)
    try world.contents.postMessage(Self.download, "b", transfer: [mainChannel.port1])
    try world.frame.postMessage(Self.download, "c")
    #expect(try await got.first(3) == ["main a 1", "page b 1", "page c 0"])
  }

  @Test(arguments: harnesses)
  func `sendToHost is typed`(harness: any Harness) async throws {
    let world = World(harness)
    let (_, embedder) = world.openPage()
    let tag = WebviewTag(showing: world.contents, in: embedder)
    let got = Recorder<[CloneValue]>()
    tag.on(.ipcMessage) { got.record($0.args) }
    try world.renderer.sendToHost(Self.progress, "x", 0.5)
    #expect(try await got.first(1) == [["x", 0.5]])
  }
}

extension [String] {
  /// For `thrown`, which is about calls that give a value.
  fileprivate func cloneValueOrFail() throws(IPCError) -> CloneValue {
    CloneValue(map { CloneValue($0) })
  }
}
