import ElectronIPC
import StructuredClone
import Testing

/// `ipcRenderer.sendSync`.
@Suite(.timeLimit(.minutes(5)))
struct SendSyncTests {
  private let neverSent: CloneValue = ["error": "reply was never sent"]

  @Test(arguments: harnesses)
  func `§2.2 returnValue is what the call returns`(harness: any Harness) async throws {
    let world = World(harness, sendsSync: true)
    world.ipcMain.on("x") { event, arguments in event.returnValue = ["echo": arguments[0]] }
    #expect(try await world.sendSyncInPage("x", 1) == ["echo": 1])
  }

  @Test(arguments: harnesses)
  func `§2.2 the first value counts and later ones are ignored`(harness: any Harness) async throws {
    let world = World(harness, sendsSync: true)
    world.ipcMain.on("x") { event, _ in
      event.returnValue = 1
      event.returnValue = 2
      event.returnValue = function
    }
    world.ipcMain.on("x") { event, _ in event.returnValue = 3 }
    #expect(try await world.sendSyncInPage("x") == 1)
    try await world.settle()
    #expect(world.uncaught.all.isEmpty)
  }

  @Test(arguments: harnesses)
  func `§2.2 undefined is a reply`(harness: any Harness) async throws {
    let world = World(harness, sendsSync: true)
    world.ipcMain.on("x") { event, _ in event.returnValue = .undefined }
    #expect(try await world.sendSyncInPage("x") == .undefined)
  }

  @Test(arguments: harnesses)
  func `§2.2 a value that is set later is waited for`(harness: any Harness) async throws {
    let world = World(harness, sendsSync: true)
    world.ipcMain.on("x") { event, _ in
      Task {
        try await Task.sleep(for: .milliseconds(10))
        event.returnValue = "late"
      }
    }
    #expect(try await world.sendSyncInPage("x") == "late")
  }

  @Test(arguments: harnesses)
  func `§2.2 without listeners the reply was never sent, with a warning`(
    harness: any Harness
  ) async throws {
    let world = World(harness, sendsSync: true)
    #expect(try await world.sendSyncInPage("x") == neverSent)
    #expect(
      world.log.all == [
        "WebContents #\(world.contents.id) called ipcRenderer.sendSync() with 'x' channel without listeners."
      ])
  }

  @Test(arguments: harnesses)
  func `§2.2 listeners that set nothing give the same without the warning`(
    harness: any Harness
  ) async throws {
    let world = World(harness, sendsSync: true)
    world.ipcMain.on("x") { _, _ in }
    #expect(try await world.sendSyncInPage("x") == neverSent)
    #expect(world.log.all.isEmpty)
  }

  @Test(arguments: harnesses)
  func `§2.2 a listener of ipc-message-sync is one too`(harness: any Harness) async throws {
    let world = World(harness, sendsSync: true)
    world.contents.on(.ipcMessageSync) { event, channel, arguments in
      event.returnValue = [.string(channel), arguments[0]]
    }
    #expect(try await world.sendSyncInPage("x", 1) == ["x", 1])
    #expect(world.log.all.isEmpty)
  }

  @Test(arguments: harnesses)
  func `§2.2 an exception before the value skips the others`(harness: any Harness) async throws {
    let world = World(harness, sendsSync: true)
    world.ipcMain.on("x") { _, _ in throw IPCError("first") }
    world.ipcMain.on("x") { event, _ in event.returnValue = 1 }
    #expect(try await world.sendSyncInPage("x") == neverSent)
    #expect(world.uncaught.all == ["Error: first"])
  }

  @Test(arguments: harnesses)
  func `§2.2 a value that cannot be cloned is reported and leaves room for another`(
    harness: any Harness
  ) async throws {
    let world = World(harness, sendsSync: true)
    world.ipcMain.on("x") { event, _ in
      event.returnValue = ["f": function]
      event.returnValue = "other"
    }
    #expect(try await world.sendSyncInPage("x") == "other")
    #expect(world.uncaught.all.count == 1)
    #expect(world.uncaught.all[0].contains("An object could not be cloned."))
    #expect(world.uncaught.all[0].contains("$.f"))
  }

  @Test(arguments: harnesses)
  func `§2.2 setReturnValue throws what cannot be cloned`(harness: any Harness) async throws {
    let world = World(harness, sendsSync: true)
    world.ipcMain.on("x") { event, _ in try event.setReturnValue(function) }
    #expect(try await world.sendSyncInPage("x") == neverSent)
    #expect(world.uncaught.all.count == 1)
  }

  @Test(arguments: harnesses)
  func `§2.2 a destroyed page gets an object with the reason`(harness: any Harness) async throws {
    let world = World(harness, sendsSync: true)
    let entered = Recorder<Bool>()
    // Destroyed while the second message has arrived and is not dispatched yet.
    world.ipcMain.on("first") { event, _ in
      entered.record(true)
      event.sender.destroy()
    }
    let result = Recorder<CloneValue>()
    let renderer = world.renderer
    world.process.enqueue {
      try renderer.send("first")
      result.record(try renderer.sendSync("x"))
    }
    let value = try await result.first(1)[0]
    // Whether the connection ends before the message arrives is a matter of time.
    #expect(value == ["error": "WebContents was destroyed"] || value == .null)
    #expect(entered.all == [true])
  }

  @Test(arguments: harnesses)
  func `§2.2 a lost connection gives null`(harness: any Harness) async throws {
    let world = World(harness, sendsSync: true)
    let kept = Recorder<IPCMainEvent>()
    world.ipcMain.on("x") { event, _ in kept.record(event) }
    async let value = world.sendSyncInPage("x")
    _ = try await kept.first(1)
    world.contents.destroy()
    #expect(try await value == .null)
  }

  @Test(arguments: harnesses)
  func `§2.2 what arrives meanwhile waits until the call returns`(
    harness: any Harness
  ) async throws {
    let world = World(harness, sendsSync: true)
    let order = Recorder<String>()
    world.renderer.on("event") { _, _ in order.record("event") }
    world.ipcMain.on("x") { event, _ in
      event.sender.send("event")
      Task {
        try await Task.sleep(for: .milliseconds(20))
        event.returnValue = 1
      }
    }
    let renderer = world.renderer
    world.process.enqueue {
      _ = try renderer.sendSync("x")
      order.record("returned")
    }
    #expect(try await order.first(2) == ["returned", "event"])
  }

  @Test(arguments: harnesses)
  func `§2.2 the call that suspends holds events back too`(harness: any Harness) async throws {
    let world = World(harness, sendsSync: true)
    let events = world.recordPage("event")
    let seen = Recorder<Int>()
    world.ipcMain.on("x") { event, _ in
      event.sender.send("event")
      Task {
        try await Task.sleep(for: .milliseconds(20))
        seen.record(events.all.count)
        event.returnValue = 1
      }
    }
    #expect(try await world.renderer.sendSync("x") == 1)
    #expect(seen.all == [0])
    _ = try await events.first(1)
  }

  // MARK: - No deadlock

  // With another program in between nobody can see that the answer would have to come from this thread.
  @Test(arguments: harnesses.filter { !($0 is NodeRelayHarness) })
  func `§15 sendSync within a listener of the main process throws at once`(
    harness: any Harness
  ) async throws {
    let world = World(harness, sendsSync: true)
    let errors = Recorder<String>()
    let renderer = world.renderer
    world.ipcMain.on("again") { event, _ in event.returnValue = 1 }
    world.ipcMain.on("x") { _, _ in
      do throws(IPCError) { _ = try renderer.sendSync("again") } catch {
        errors.record(error.message)
      }
    }
    try world.renderer.send("x")
    #expect(try await errors.first(1) == ["sendSync would wait for itself"])
    #expect(try await world.sendSyncInPage("again") == 1)
  }

  @Test(arguments: harnesses)
  func `§15 within a handler the sendSync that suspends gets its answer`(
    harness: any Harness
  ) async throws {
    let world = World(harness, sendsSync: true)
    let renderer = world.renderer
    world.ipcMain.on("inner") { event, _ in event.returnValue = "inner" }
    try world.ipcMain.handle("outer") { _, _ in try await renderer.sendSync("inner") }
    #expect(try await world.renderer.invoke("outer") == "inner")
  }

  @Test(arguments: harnesses)
  func `§15 many pages can block at once`(harness: any Harness) async throws {
    let world = World(harness, sendsSync: true)
    world.ipcMain.on("x") { event, arguments in event.returnValue = arguments[0] }
    let results = Recorder<CloneValue>()
    for number in 0..<24 {
      let process = world.main.makeRendererProcess()
      let (mainSide, frameSide) = world.harness.connect(to: world.main)
      _ = world.main.openPage(over: mainSide, processID: process.id)
      let renderer = IPCRenderer(over: frameSide, in: process)
      process.enqueue { results.record(try renderer.sendSync("x", .number(Double(number)))) }
    }
    let all = try await results.first(24)
    #expect(Set(all.compactMap(\.integer)) == Set(0..<24))
  }

  @Test(arguments: harnesses)
  func `§15 messages sent before are dispatched first`(harness: any Harness) async throws {
    let world = World(harness, sendsSync: true)
    let arrived = world.recordMain("before")
    world.ipcMain.on("x") { event, _ in event.returnValue = .number(Double(arrived.all.count)) }
    let result = Recorder<CloneValue>()
    let renderer = world.renderer
    world.process.enqueue {
      for _ in 0..<50 { try renderer.send("before") }
      result.record(try renderer.sendSync("x"))
    }
    #expect(try await result.first(1) == [50])
  }

  @Test(arguments: harnesses)
  func `§15 a timeout ends the wait for an event that is kept`(harness: any Harness) async throws {
    let world = World(harness, sendsSync: true)
    let kept = Recorder<IPCMainEvent>()
    world.ipcMain.on("x") { event, _ in kept.record(event) }
    let error = await thrown { () async throws(IPCError) in
      try await world.renderer.sendSync("x", timeout: .milliseconds(20))
    }
    #expect(error?.text == "TimeoutError: The operation timed out.")
    // A reply that comes after all is dropped.
    try await kept.first(1)[0].returnValue = 1
    try await world.settle()
  }
}
