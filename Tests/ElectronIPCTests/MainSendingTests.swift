import ElectronIPC
import StructuredClone
import Testing

/// Sending from the main process to a page.
@Suite(.timeLimit(.minutes(5)))
struct MainSendingTests {
  @Test(arguments: harnesses)
  func `§5 webContents.send and frame.send reach the page`(harness: any Harness) async throws {
    let world = World(harness)
    let arrived = world.recordPage("x")
    world.contents.send("x", 1, "two")
    world.frame.send("x", 3)
    #expect(try await arrived.first(2) == [[1, "two"], [3]])
  }

  @Test(arguments: harnesses)
  func `§5 webContents.send reaches the main frame only`(harness: any Harness) async throws {
    let world = World(harness)
    let child = world.appendFrame()
    let inMain = world.recordPage("x")
    let inChild = Recorder<[CloneValue]>()
    child.renderer.on("x") { _, arguments in inChild.record(arguments) }
    world.contents.send("x", 1)
    child.frame.send("x", 2)
    #expect(try await inMain.first(1) == [[1]])
    #expect(try await inChild.first(1) == [[2]])
    try await world.settle()
    #expect(inMain.all.count + inChild.all.count == 2)
  }

  @Test(arguments: harnesses)
  func `§5 an argument that cannot be cloned is logged and not thrown`(
    harness: any Harness
  ) async throws {
    let world = World(harness)
    let arrived = world.recordPage("x")
    world.contents.send("x", ["f": function])
    world.contents.send("x", 1)
    #expect(try await arrived.first(1) == [[1]])
    #expect(world.log.all.count == 1)
    #expect(
      world.log.all[0].hasPrefix(
        "Error sending from webFrameMain: Error: Failed to serialize arguments"))
    #expect(world.log.all[0].contains("$[0].f"))
  }

  @Test(arguments: harnesses)
  func `§5 sending to a disposed frame is logged`(harness: any Harness) async throws {
    let world = World(harness)
    let child = world.appendFrame()
    world.contents.removeFrame(child.frame)
    child.frame.send("x")
    #expect(
      world.log.all == [
        "Error sending from webFrameMain: Error: Render frame was disposed before WebFrameMain could be accessed"
      ])
  }

  @Test(arguments: harnesses)
  func `§5 postMessage to a disposed frame throws and leaves the ports`(
    harness: any Harness
  ) throws {
    let world = World(harness)
    let child = world.appendFrame()
    world.contents.removeFrame(child.frame)
    let channel = MessageChannelMain(in: world.main)
    #expect(
      thrown { () throws(IPCError) in
        try child.frame.postMessage("x", 1, transfer: [channel.port1])
      } == IPCError("Render frame was disposed before WebFrameMain could be accessed"))
    try world.contents.postMessage("x", 1, transfer: [channel.port1])
  }

  @Test(arguments: harnesses)
  func `§3.2 ids of a disposed frame cannot be had`(harness: any Harness) throws {
    let world = World(harness)
    let child = world.appendFrame()
    #expect(try child.frame.processId == world.process.id)
    world.contents.removeFrame(child.frame)
    let disposed = IPCError("Render frame was disposed before WebFrameMain could be accessed")
    #expect(throws: disposed) { try child.frame.processId }
    #expect(throws: disposed) { try child.frame.frameId }
  }

  @Test(arguments: harnesses)
  func `§5 sendToFrame says whether there is such a frame`(harness: any Harness) async throws {
    let world = World(harness)
    let child = world.appendFrame()
    let arrived = Recorder<[CloneValue]>()
    child.renderer.on("x") { _, arguments in arrived.record(arguments) }
    let id = try child.frame.frameId
    let pid = try child.frame.processId
    #expect(world.contents.sendToFrame((pid, id), "x", 1))
    #expect(world.contents.sendToFrame(id, "x", 2))
    #expect(try await arrived.first(2) == [[1], [2]])
    #expect(!world.contents.sendToFrame((pid, id + 1000), "x", 3))
    #expect(!world.contents.sendToFrame((pid + 1000, id), "x", 3))
    #expect(!world.contents.sendToFrame(id + 1000, "x", 3))
    #expect(world.contents.sendToFrame(id, "x", function))
    #expect(world.log.all.count == 1)
  }

  @Test(arguments: harnesses)
  func `§5 postMessage brings a value and ports`(harness: any Harness) async throws {
    let world = World(harness)
    let channel = MessageChannelMain(in: world.main)
    let events = Recorder<(IPCRendererEvent, [CloneValue])>()
    world.renderer.on("x") { event, arguments in events.record((event, arguments)) }
    try world.contents.postMessage(
      "x", ["n": 1], transfer: [channel.port1, channel.port2])
    let (event, arguments) = try await events.first(1)[0]
    #expect(arguments == [["n": 1]])
    #expect(event.ports.count == 2)
    #expect(event.sender === world.renderer)
  }

  @Test(arguments: harnesses)
  func `§2.6 a message on a channel without listeners is dropped`(
    harness: any Harness
  ) async throws {
    let world = World(harness)
    world.contents.send("x")
    world.contents.send("error")
    try await world.settle()
    #expect(world.uncaught.all.isEmpty)
  }

  @Test(arguments: harnesses)
  func `§5 what the preload listens for is not missed`(harness: any Harness) async throws {
    let main = MainProcess()
    let process = main.makeRendererProcess()
    let (mainSide, frameSide) = harness.connect(to: main)
    let contents = main.openPage(over: mainSide, processID: process.id)
    for number in 0..<10 { contents.send("early", .number(Double(number))) }
    let arrived = Recorder<CloneValue>()
    _ = IPCRenderer(over: frameSide, in: process) { renderer in
      renderer.on("early") { _, arguments in arrived.record(arguments[0]) }
    }
    #expect(try await arrived.first(10).compactMap(\.integer) == Array(0..<10))
  }

  @Test func `§5 a page in this program is opened in one call`() async throws {
    let main = MainProcess()
    let page = main.openPage { renderer in
      renderer.on("ping") { event, arguments in
        try event.sender.send("pong", arguments[0])
      }
    }
    let arrived = Recorder<[CloneValue]>()
    page.webContents.ipc.on("pong") { _, arguments in arrived.record(arguments) }
    page.webContents.send("ping", 5)
    #expect(try await arrived.first(1) == [[5]])
    #expect(main.allWebContents.count == 1)
    #expect(main.webContents(id: page.webContents.id) === page.webContents)
    let (frame, child) = page.webContents.appendFrame()
    try child.send("pong", 6)
    #expect(try await arrived.first(2) == [[5], [6]])
    let next = frame.navigate()
    #expect(thrown { () throws(IPCError) in try next.send("pong", 7) } == nil)
    #expect(try await arrived.first(3) == [[5], [6], [7]])
  }

  @Test(arguments: harnesses)
  func `§5 arguments share on arrival what they shared`(harness: any Harness) async throws {
    let world = World(harness)
    let arrived = world.recordPage("x")
    let shared: CloneValue = ["a": 1]
    world.contents.send("x", shared, [shared])
    let arguments = try await arrived.first(1)[0]
    #expect(arguments[0] === arguments[1][0])
  }

  @Test(arguments: harnesses)
  func `§5 the ports of a message that was refused can be sent again`(
    harness: any Harness
  ) async throws {
    let world = World(harness)
    let channel = MessageChannelMain(in: world.main)
    #expect(
      thrown { () throws(IPCError) in
        try world.contents.postMessage("x", function, transfer: [channel.port1])
      } != nil)
    try world.contents.postMessage("x", 1, transfer: [channel.port1])
  }

  @Test(arguments: harnesses)
  func `§5 ports that the page does not take close their peers`(
    harness: any Harness
  ) async throws {
    let world = World(harness)
    let channel = MessageChannelMain(in: world.main)
    let closed = Recorder<Bool>()
    channel.port1.on(.close) { closed.record(true) }
    channel.port1.start()
    try world.contents.postMessage("nobody", 1, transfer: [channel.port2])
    #expect(try await closed.first(1) == [true])
  }

  @Test(arguments: harnesses)
  func `§2.6 a page's listener that throws leaves later messages alone`(
    harness: any Harness
  ) async throws {
    let world = World(harness)
    world.renderer.once("x") { _, _ in throw IPCError("page") }
    let arrived = world.recordPage("y")
    world.contents.send("x")
    world.contents.send("y", 1)
    #expect(try await arrived.first(1) == [[1]])
    #expect(world.uncaught.all == ["Error: page"])
  }

  @Test(arguments: harnesses)
  func `§10 a page that is gone gets nothing any more`(harness: any Harness) async throws {
    let world = World(harness)
    let arrived = world.recordPage("x")
    let renderer = world.navigate()
    world.contents.send("x", 1)
    try await world.settle(renderer)
    #expect(arrived.all.isEmpty)
  }
}
