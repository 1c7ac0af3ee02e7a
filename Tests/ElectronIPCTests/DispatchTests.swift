import ElectronIPC
import StructuredClone
import Testing

/// Which emitters get a message, in which order, and with what event.
@Suite(.timeLimit(.minutes(5)))
struct DispatchTests {
  /// Records who was called, for a message and all its tiers.
  private func recordTiers(_ world: World, _ channel: CloneString) -> Recorder<String> {
    let order = Recorder<String>()
    world.ipcMain.on(channel) { _, _ in order.record("ipcMain") }
    world.contents.ipc.on(channel) { _, _ in order.record("contents.ipc") }
    world.frame.ipc.on(channel) { _, _ in order.record("frame.ipc") }
    world.contents.on(.ipcMessage) { _, name, _ in
      if name == channel { order.record("ipc-message") }
    }
    world.contents.on(.ipcMessageSync) { event, name, _ in
      if name == channel { order.record("ipc-message-sync") }
    }
    return order
  }

  @Test(arguments: harnesses)
  func `§4.3 send goes to the page, frame.ipc, webContents.ipc and ipcMain`(
    harness: any Harness
  ) async throws {
    let world = World(harness)
    let order = recordTiers(world, "x")
    try world.renderer.send("x")
    #expect(try await order.first(4) == ["ipc-message", "frame.ipc", "contents.ipc", "ipcMain"])
  }

  @Test(arguments: harnesses)
  func `§4.3 sendSync goes the same way, and the first to set returnValue wins`(
    harness: any Harness
  ) async throws {
    let world = World(harness, sendsSync: true)
    let order = recordTiers(world, "x")
    world.contents.ipc.on("x") { event, _ in event.returnValue = "contents" }
    world.ipcMain.on("x") { event, _ in event.returnValue = "main" }
    #expect(try await world.sendSyncInPage("x") == "contents")
    #expect(
      try await order.first(4) == ["ipc-message-sync", "frame.ipc", "contents.ipc", "ipcMain"])
  }

  @Test(arguments: harnesses)
  func `§4.3 postMessage is not announced to the page`(harness: any Harness) async throws {
    let world = World(harness)
    let order = recordTiers(world, "x")
    try world.renderer.postMessage("x", 1)
    try await world.settle()
    #expect(order.all == ["frame.ipc", "contents.ipc", "ipcMain"])
  }

  @Test(arguments: harnesses)
  func `§4.3 invoke calls the first handler and no other`(harness: any Harness) async throws {
    let world = World(harness)
    try world.ipcMain.handle("x") { _, _ in "main" }
    #expect(try await world.renderer.invoke("x") == "main")
    try world.contents.ipc.handle("x") { _, _ in "contents" }
    #expect(try await world.renderer.invoke("x") == "contents")
    try world.frame.ipc.handle("x") { _, _ in "frame" }
    #expect(try await world.renderer.invoke("x") == "frame")
    world.frame.ipc.removeHandler("x")
    #expect(try await world.renderer.invoke("x") == "contents")
  }

  @Test(arguments: harnesses)
  func `§4.3 invoke is not announced and reaches no listener`(harness: any Harness) async throws {
    let world = World(harness)
    let order = recordTiers(world, "x")
    try world.ipcMain.handle("x") { _, _ in 1 }
    _ = try await world.renderer.invoke("x")
    try await world.settle()
    #expect(order.all.isEmpty)
  }

  @Test(arguments: harnesses)
  func `§4.3 an exception ends the message for all that follow`(harness: any Harness) async throws {
    let world = World(harness)
    world.frame.ipc.on("x") { _, _ in throw IPCError("stop") }
    let order = recordTiers(world, "x")
    try world.renderer.send("x")
    #expect(try await world.uncaught.first(1) == ["Error: stop"])
    try await world.settle()
    #expect(order.all == ["ipc-message"])
  }

  @Test(arguments: harnesses)
  func `§4.3 a child frame's message goes to the child's ipc and not the main frame's`(
    harness: any Harness
  ) async throws {
    let world = World(harness)
    let child = world.appendFrame()
    let order = recordTiers(world, "x")
    child.frame.ipc.on("x") { _, _ in order.record("child.ipc") }
    try child.renderer.send("x")
    #expect(try await order.first(4) == ["ipc-message", "child.ipc", "contents.ipc", "ipcMain"])
  }

  @Test(arguments: harnesses)
  func `§4.2 another page's messages do not reach the scoped emitters`(
    harness: any Harness
  ) async throws {
    let world = World(harness)
    let other = world.openPage()
    let order = recordTiers(world, "x")
    try other.renderer.send("x")
    try await world.settle(other.renderer)
    #expect(order.all == ["ipcMain"])
  }

  @Test(arguments: harnesses)
  func `§4.2 frame.ipc survives navigation`(harness: any Harness) async throws {
    let world = World(harness)
    let arrived = Recorder<[CloneValue]>()
    world.frame.ipc.on("x") { _, arguments in arrived.record(arguments) }
    let renderer = world.navigate()
    try renderer.send("x", 1)
    #expect(try await arrived.first(1) == [[1]])
  }

  @Test(arguments: harnesses)
  func `§4.1 a fresh ipcMain has no names, and error is a channel like others`(
    harness: any Harness
  ) async throws {
    let world = World(harness)
    #expect(world.ipcMain.eventNames() == [])
    try world.renderer.send("error", 1)
    try await world.settle()
    #expect(world.uncaught.all.isEmpty)
    let arrived = world.recordMain("error")
    try world.renderer.send("error", 2)
    #expect(try await arrived.first(1) == [[2]])
  }

  // MARK: - Events

  @Test(arguments: harnesses)
  func `§3.2 a send event has reply, and neither ports nor a working returnValue`(
    harness: any Harness
  ) async throws {
    let world = World(harness)
    let events = Recorder<IPCMainEvent>()
    world.ipcMain.on("x") { event, _ in events.record(event) }
    try world.renderer.send("x")
    let event = try await events.first(1)[0]
    #expect(event.type == "frame")
    #expect(event.reply != nil)
    #expect(event.ports == nil)
    event.returnValue = function
    #expect(world.uncaught.all.isEmpty)
  }

  @Test(arguments: harnesses)
  func `§3.2 a sendSync event has reply and returnValue, which reads as undefined`(
    harness: any Harness
  ) async throws {
    let world = World(harness, sendsSync: true)
    let read = Recorder<CloneValue>()
    let events = Recorder<IPCMainEvent>()
    world.ipcMain.on("x") { event, _ in
      event.returnValue = 5
      read.record(event.returnValue)
      events.record(event)
    }
    #expect(try await world.sendSyncInPage("x") == 5)
    #expect(try await read.first(1) == [.undefined])
    #expect(events.all[0].reply != nil)
    #expect(events.all[0].ports == nil)
  }

  @Test(arguments: harnesses)
  func `§3.2 a postMessage event has ports and no reply`(harness: any Harness) async throws {
    let world = World(harness)
    let events = Recorder<IPCMainEvent>()
    world.ipcMain.on("x") { event, _ in events.record(event) }
    try world.renderer.postMessage("x", 1)
    let event = try await events.first(1)[0]
    #expect(event.ports?.count == 0)
    #expect(event.reply == nil)
  }

  @Test(arguments: harnesses)
  func `§3.2 sender, frame and ids are those of the connection`(harness: any Harness) async throws {
    let world = World(harness)
    let child = world.appendFrame()
    let events = Recorder<IPCMainEvent>()
    world.ipcMain.on("x") { event, _ in events.record(event) }
    try child.renderer.send("x")
    let event = try await events.first(1)[0]
    #expect(event.sender === world.contents)
    #expect(event.senderFrame === child.frame)
    #expect(event.processId == world.process.id)
    #expect(event.frameId == (try child.frame.frameId))
    #expect(event.frameTreeNodeId == child.frame.frameTreeNodeId)
  }

  @Test(arguments: harnesses)
  func `§3.2 an invoke event has the same fields`(harness: any Harness) async throws {
    let world = World(harness)
    let events = Recorder<IPCMainInvokeEvent>()
    try world.ipcMain.handle("x") { event, _ in
      events.record(event)
      return 1
    }
    _ = try await world.renderer.invoke("x")
    let event = events.all[0]
    #expect(event.sender === world.contents)
    #expect(event.senderFrame === world.frame)
    #expect(event.processId == world.process.id)
    #expect(event.frameId == (try world.frame.frameId))
  }

  @Test(arguments: harnesses)
  func `§3.2 all emitters see the same event`(harness: any Harness) async throws {
    let world = World(harness)
    let events = Recorder<IPCMainEvent>()
    world.contents.on(.ipcMessage) { event, channel, _ in
      if channel == "x" { events.record(event) }
    }
    world.frame.ipc.on("x") { event, _ in
      event.preventDefault()
      events.record(event)
    }
    world.ipcMain.on("x") { event, _ in events.record(event) }
    try world.renderer.send("x")
    let all = try await events.first(3)
    #expect(all.allSatisfy { $0 === all[0] })
    #expect(all[0].defaultPrevented)
  }

  @Test(arguments: harnesses)
  func `§3.2 senderFrame is nil after navigation, with a warning`(
    harness: any Harness
  ) async throws {
    let world = World(harness)
    let events = Recorder<IPCMainEvent>()
    world.ipcMain.on("x") { event, _ in events.record(event) }
    try world.renderer.send("x")
    let event = try await events.first(1)[0]
    _ = world.navigate()
    #expect(event.senderFrame == nil)
    #expect(
      world.log.all == [
        "Frame property was accessed after it navigated or was destroyed. Avoid asynchronous tasks prior to indexing."
      ])
  }

  @Test(arguments: harnesses)
  func `§3.2 reply goes to the frame that sent, sender.send to the main frame`(
    harness: any Harness
  ) async throws {
    let world = World(harness)
    let child = world.appendFrame()
    let toMain = world.recordPage("r")
    let toChild = Recorder<[CloneValue]>()
    child.renderer.on("r") { _, arguments in toChild.record(arguments) }
    world.ipcMain.on("x") { event, _ in
      event.reply?("r", "reply")
      event.sender.send("r", "send")
    }
    try child.renderer.send("x")
    #expect(try await toChild.first(1) == [["reply"]])
    #expect(try await toMain.first(1) == [["send"]])
  }

  @Test(arguments: harnesses)
  func `§3.2 reply to a frame that is gone does nothing`(harness: any Harness) async throws {
    let world = World(harness)
    let events = Recorder<IPCMainEvent>()
    world.ipcMain.on("x") { event, _ in events.record(event) }
    try world.renderer.send("x")
    let event = try await events.first(1)[0]
    let renderer = world.navigate()
    let arrived = Recorder<[CloneValue]>()
    renderer.on("r") { _, arguments in arrived.record(arguments) }
    event.reply?("r")
    try await world.settle(renderer)
    #expect(arrived.all.isEmpty)
    #expect(world.log.all.isEmpty)
  }

  @Test(arguments: harnesses)
  func `§3.1 a page's event has its sender and no ports`(harness: any Harness) async throws {
    let world = World(harness)
    let events = Recorder<IPCRendererEvent>()
    world.renderer.on("x") { event, _ in events.record(event) }
    world.contents.send("x")
    let event = try await events.first(1)[0]
    #expect(event.sender === world.renderer)
    #expect(event.ports.isEmpty)
  }

  @Test(arguments: harnesses)
  func `§4.3 ipc-message brings channel and arguments`(harness: any Harness) async throws {
    let world = World(harness)
    let announced = Recorder<CloneValue>()
    world.contents.on(.ipcMessage) { _, channel, arguments in
      announced.record([.string(channel), CloneValue(arguments)])
    }
    try world.renderer.send("x", 1, 2)
    #expect(try await announced.first(1) == [["x", [1, 2]]])
  }

  @Test(arguments: harnesses)
  func `§4.3 listeners and handlers of ipcMain serve every page`(
    harness: any Harness
  ) async throws {
    let world = World(harness)
    let other = world.openPage()
    try world.ipcMain.handle("who") { event, _ in .number(Double(event.sender.id)) }
    #expect(try await world.renderer.invoke("who").integer == world.contents.id)
    #expect(try await other.renderer.invoke("who").integer == other.contents.id)
  }

  @Test(arguments: harnesses)
  func `§4.2 the tiers have handlers of their own`(harness: any Harness) throws {
    let world = World(harness)
    try world.ipcMain.handle("x") { _, _ in 1 }
    try world.contents.ipc.handle("x") { _, _ in 2 }
    try world.frame.ipc.handle("x") { _, _ in 3 }
    #expect(
      thrown { () throws(IPCError) in try world.frame.ipc.handle("x") { _, _ in 4 } }
        == IPCError("Attempted to register a second handler for 'x'"))
  }

  @Test(arguments: harnesses)
  func `§4.3 a child frame's invoke does not reach the main frame's handler`(
    harness: any Harness
  ) async throws {
    let world = World(harness)
    let child = world.appendFrame()
    try world.frame.ipc.handle("x") { _, _ in "main frame" }
    #expect(
      await thrown { () async throws(IPCError) in try await child.renderer.invoke("x") }
        == IPCError("Error invoking remote method 'x': Error: No handler registered for 'x'"))
    try world.contents.ipc.handle("x") { _, _ in "page" }
    #expect(try await child.renderer.invoke("x") == "page")
  }

  @Test(arguments: harnesses)
  func `§4.3 handleOnce in a tier gives way to the next tier`(harness: any Harness) async throws {
    let world = World(harness)
    try world.frame.ipc.handleOnce("x") { _, _ in "frame" }
    try world.ipcMain.handle("x") { _, _ in "main" }
    #expect(try await world.renderer.invoke("x") == "frame")
    #expect(try await world.renderer.invoke("x") == "main")
  }

  @Test(arguments: harnesses)
  func `§4.1 once and off of ipcMain`(harness: any Harness) async throws {
    let world = World(harness)
    let order = Recorder<String>()
    world.ipcMain.once("x") { _, _ in order.record("once") }
    let listener = world.ipcMain.addListener("x") { _, _ in order.record("on") }
    try world.renderer.send("x")
    try world.renderer.send("x")
    #expect(try await order.first(3) == ["once", "on", "on"])
    world.ipcMain.removeListener("x", listener)
    try world.renderer.send("x")
    try await world.settle()
    #expect(order.all.count == 3)
  }

  @Test(arguments: harnesses)
  func `§4.3 a listener of ipc-message that throws stops the message`(
    harness: any Harness
  ) async throws {
    let world = World(harness)
    let arrived = world.recordMain("x")
    world.contents.on(.ipcMessage) { _, channel, _ in
      if channel == "x" { throw IPCError("no") }
    }
    try world.renderer.send("x")
    try await world.settle()
    #expect(world.uncaught.all == ["Error: no"])
    #expect(arrived.all.isEmpty)
  }

  @Test(arguments: harnesses)
  func `§3.2 reply refuses quietly what cannot be cloned`(harness: any Harness) async throws {
    let world = World(harness)
    world.ipcMain.on("x") { event, _ in event.reply?("r", function) }
    try world.renderer.send("x")
    let log = try await world.log.first(1)
    #expect(
      log[0].hasPrefix("Error sending from webFrameMain: Error: Failed to serialize arguments"))
    #expect(world.uncaught.all.isEmpty)
  }

  @Test(arguments: harnesses)
  func `§3.2 two pages of one process have one processId and two frameIds`(
    harness: any Harness
  ) throws {
    let world = World(harness)
    let child = world.appendFrame()
    #expect(try child.frame.processId == world.frame.processId)
    #expect(try child.frame.frameId != world.frame.frameId)
    #expect(child.frame.frameTreeNodeId != world.frame.frameTreeNodeId)
  }

  @Test(arguments: harnesses)
  func `§3.2 navigation changes frameId and keeps frameTreeNodeId`(
    harness: any Harness
  ) async throws {
    let world = World(harness)
    let events = Recorder<IPCMainEvent>()
    world.ipcMain.on("x") { event, _ in events.record(event) }
    try world.renderer.send("x")
    _ = try await events.first(1)
    try world.navigate().send("x")
    let all = try await events.first(2)
    #expect(all[0].frameId != all[1].frameId)
    #expect(all[0].frameTreeNodeId == all[1].frameTreeNodeId)
    #expect(all[1].senderFrame === world.frame)
  }

  @Test(arguments: harnesses)
  func `§9 a listener that sends in answer does not dispatch within itself`(
    harness: any Harness
  ) async throws {
    let world = World(harness)
    let order = Recorder<String>()
    let renderer = world.renderer
    world.ipcMain.on("a") { _, _ in
      order.record("a begins")
      try renderer.send("b")
      order.record("a ends")
    }
    world.ipcMain.on("b") { _, _ in order.record("b") }
    try world.renderer.send("a")
    #expect(try await order.first(3) == ["a begins", "a ends", "b"])
  }
}
