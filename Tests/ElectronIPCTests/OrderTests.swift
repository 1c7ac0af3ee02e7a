import CloneGeneration
import ElectronIPC
import StructuredClone
import Testing

/// Ordering, delivery and lifetime.
@Suite(.timeLimit(.minutes(5)))
struct OrderTests {
  @Test(arguments: harnesses)
  func `§9 a frame's calls are observed in order, whatever the methods`(
    harness: any Harness
  ) async throws {
    let world = World(harness, sendsSync: true)
    let order = Recorder<Int>()
    let observe: @Sendable ([CloneValue]) -> Void = { order.record($0[0].integer ?? -1) }
    world.ipcMain.on("send") { _, arguments in observe(arguments) }
    world.ipcMain.on("post") { _, arguments in observe(arguments) }
    world.ipcMain.on("sync") { event, arguments in
      observe(arguments)
      event.returnValue = arguments[0]
    }
    try world.ipcMain.handle("invoke") { _, arguments in
      observe(arguments)
      try await Task.sleep(for: .milliseconds(1))
      return arguments[0]
    }
    let renderer = world.renderer
    var generator = SplitMix64(seed: 7)
    let methods = (0..<1000).map { _ in Int(generator.next() % 10) }
    world.process.enqueue {
      for (number, method) in methods.enumerated() {
        let value = CloneValue.number(Double(number))
        switch method {
        case 0: #expect(try renderer.sendSync("sync", value) == value)
        case 1...3: _ = try renderer.startInvoke("invoke", value)
        case 4...6: try renderer.postMessage("post", value)
        default: try renderer.send("send", value)
        }
      }
    }
    #expect(try await order.first(1000) == Array(0..<1000))
  }

  @Test(arguments: harnesses)
  func `§9 a handler runs up to its first suspension before the next message`(
    harness: any Harness
  ) async throws {
    let world = World(harness)
    let order = Recorder<String>()
    try world.ipcMain.handle("x") { _, arguments in
      order.record("start \(arguments[0].integer ?? -1)")
      await Task.yield()
      order.record("end \(arguments[0].integer ?? -1)")
      return nil
    }
    world.ipcMain.on("y") { _, _ in order.record("send") }
    let promise = try world.renderer.startInvoke("x", 1)
    try world.renderer.send("y")
    _ = try await promise.value
    let all = try await order.first(3)
    #expect(all.first == "start 1")
    // The yield puts the rest in the promise queue, which drains before the next message.
    #expect(all == ["start 1", "end 1", "send"])
  }

  @Test(arguments: harnesses)
  func `§9 replies come in the order in which handlers finish`(
    harness: any Harness
  ) async throws {
    let world = World(harness)
    let (gate, open) = AsyncStream<Void>.makeStream()
    try world.ipcMain.handle("x") { _, arguments in
      if arguments[0] == "slow" { for await _ in gate { break } }
      return arguments[0]
    }
    let slow = try world.renderer.startInvoke("x", "slow")
    let fast = try world.renderer.startInvoke("x", "fast")
    #expect(try await fast.value == "fast")
    open.finish()
    #expect(try await slow.value == "slow")
  }

  @Test(arguments: harnesses)
  func `§9 many calls at once get their own replies`(harness: any Harness) async throws {
    let world = World(harness)
    try world.ipcMain.handle("x") { _, arguments in
      await Task.yield()
      return arguments[0]
    }
    let promises = try (0..<1000).map {
      try world.renderer.startInvoke("x", .number(Double($0)))
    }
    for (number, promise) in promises.enumerated() {
      #expect(try await promise.value.integer == number)
    }
  }

  @Test(arguments: harnesses)
  func `§9 send, reply and postMessage to a frame keep their order`(
    harness: any Harness
  ) async throws {
    let world = World(harness)
    let arrived = world.recordPage("x")
    world.ipcMain.on("go") { event, _ in
      for number in 0..<99 {
        switch number % 3 {
        case 0: event.sender.send("x", .number(Double(number)))
        case 1: event.reply?("x", .number(Double(number)))
        default: try event.sender.postMessage("x", .number(Double(number)))
        }
      }
    }
    try world.renderer.send("go")
    #expect(try await arrived.first(99).compactMap { $0[0].integer } == Array(0..<99))
  }

  @Test(arguments: harnesses)
  func `§9 all listeners of a message run before the next message`(
    harness: any Harness
  ) async throws {
    let world = World(harness)
    let order = Recorder<String>()
    for name in ["a", "b"] {
      world.ipcMain.on("x") { _, arguments in
        order.record("\(name)\(arguments[0].integer ?? -1)")
      }
    }
    for number in 0..<3 { try world.renderer.send("x", .number(Double(number))) }
    #expect(try await order.first(6) == ["a0", "b0", "a1", "b1", "a2", "b2"])
  }

  // MARK: - Lifetime

  @Test(arguments: harnesses)
  func `§10 navigation releases the context before it`(harness: any Harness) async throws {
    let world = World(harness)
    let new = world.navigate()
    for _ in 0..<5000 {
      if thrown({ () throws(IPCError) in try world.renderer.send("x") }) != nil { break }
      try await Task.sleep(for: .milliseconds(1))
    }
    #expect(thrown { () throws(IPCError) in try world.renderer.send("x") } == releasedError)
    let arrived = world.recordMain("y")
    try new.send("y", 1)
    #expect(try await arrived.first(1) == [[1]])
  }

  @Test(arguments: harnesses)
  func `§10 a call that is pending when the page goes ends with the released context`(
    harness: any Harness
  ) async throws {
    let world = World(harness)
    let entered = Recorder<Bool>()
    let (gate, open) = AsyncStream<Void>.makeStream()
    try world.ipcMain.handle("x") { _, _ in
      entered.record(true)
      for await _ in gate { break }
      return 1
    }
    let promise = try world.renderer.startInvoke("x")
    _ = try await entered.first(1)
    let renderer = world.navigate()
    #expect(
      await thrown { () async throws(IPCError) in try await promise.value } == releasedError)
    // The reply that comes late is dropped.
    open.finish()
    try await world.settle(renderer)
    #expect(world.uncaught.all.isEmpty)
    #expect(world.log.all.isEmpty)
  }

  @Test(arguments: harnesses)
  func `§10 messages sent just before the page goes are delivered`(
    harness: any Harness
  ) async throws {
    let world = World(harness)
    let arrived = world.recordMain("bye")
    for number in 0..<10 { try world.renderer.send("bye", .number(Double(number))) }
    world.renderer.release()
    #expect(try await arrived.first(10).count == 10)
  }

  @Test(arguments: harnesses)
  func `§10 a frame whose page went is destroyed`(harness: any Harness) async throws {
    let world = World(harness)
    world.renderer.release()
    for _ in 0..<5000 where !world.frame.isDestroyed {
      try await Task.sleep(for: .milliseconds(1))
    }
    #expect(world.frame.isDestroyed)
  }

  @Test(arguments: harnesses)
  func `§10 whoever waits hears that a page is closed, once it is`(
    harness: any Harness
  ) async throws {
    let world = World(harness)
    let heard = Recorder<Int>()
    let waiting = Task { [contents = world.contents] in
      await contents.destroyed
      heard.record(1)
    }
    try await world.settle()
    #expect(heard.all.isEmpty)
    world.contents.destroy()
    await waiting.value
    #expect(world.main.allWebContents.isEmpty)
    await world.contents.destroyed
    let other = world.openPage().contents
    let cancelled = Task { await other.destroyed }
    cancelled.cancel()
    await cancelled.value
    #expect(!other.isDestroyed)
  }

  @Test(arguments: harnesses)
  func `§10 a destroyed page is forgotten`(harness: any Harness) async throws {
    let world = World(harness)
    world.contents.destroy()
    #expect(world.contents.isDestroyed)
    for _ in 0..<5000 where !world.main.allWebContents.isEmpty {
      try await Task.sleep(for: .milliseconds(1))
    }
    #expect(world.main.allWebContents.isEmpty)
    #expect(world.frame.isDestroyed)
  }

  @Test(arguments: harnesses)
  func `§10 quitting closes every page`(harness: any Harness) async throws {
    let world = World(harness, sendsSync: true)
    let other = world.openPage()
    let kept = Recorder<IPCMainEvent>()
    world.ipcMain.on("x") { event, _ in kept.record(event) }
    async let value = other.renderer.sendSync("x")
    _ = try await kept.first(1)
    world.main.quit()
    #expect(try await value == .null)
    for _ in 0..<5000 where !world.main.allWebContents.isEmpty {
      try await Task.sleep(for: .milliseconds(1))
    }
    #expect(world.main.allWebContents.isEmpty)
  }

  /// Within a program only: over streams each frame has a connection of its own, and those have no common order.
  @Test func `§9 frames of one process are dispatched in the order of their calls`() async throws {
    let world = World(InProcessHarness())
    let child = world.appendFrame()
    let order = world.recordMain("x")
    for number in 0..<100 {
      let renderer = number % 2 == 0 ? world.renderer : child.renderer
      try renderer.send("x", .number(Double(number)))
    }
    #expect(try await order.first(100).compactMap { $0[0].integer } == Array(0..<100))
  }

  @Test(arguments: harnesses)
  func `§10 a call to a page that is closing fails with the reason or the released context`(
    harness: any Harness
  ) async throws {
    let world = World(harness)
    world.ipcMain.on("close") { event, _ in event.sender.destroy() }
    try world.ipcMain.handle("x") { _, _ in 1 }
    try world.renderer.send("close")
    let error = await thrown { () async throws(IPCError) in try await world.renderer.invoke("x") }
    #expect(
      error == IPCError("Error invoking remote method 'x': WebContents was destroyed")
        || error == releasedError)
  }

  @Test(arguments: harnesses)
  func `§9 a listener that starts asynchronous work does not hold up the next message`(
    harness: any Harness
  ) async throws {
    let world = World(harness)
    let order = Recorder<String>()
    let (gate, open) = AsyncStream<Void>.makeStream()
    world.ipcMain.on("slow") { _, _ in
      Task {
        for await _ in gate { break }
        order.record("slow")
      }
    }
    world.ipcMain.on("fast") { _, _ in order.record("fast") }
    try world.renderer.send("slow")
    try world.renderer.send("fast")
    _ = try await order.first(1)
    open.finish()
    #expect(try await order.first(2) == ["fast", "slow"])
  }

  @Test(arguments: harnesses)
  func `§10 a reply that was sent before the page closed still counts`(
    harness: any Harness
  ) async throws {
    for _ in 0..<50 {
      let world = World(harness, sendsSync: true)
      // The reply is sent while the page's process is held up, and then the page closes.
      try world.ipcMain.handle("x") { _, _ in "sent" }
      let kept = Recorder<IPCMainEvent>()
      world.ipcMain.on("hold") { event, _ in kept.record(event) }
      let promise = try world.renderer.startInvoke("x")
      async let held = world.sendSyncInPage("hold")
      _ = try await kept.first(1)
      world.contents.destroy()
      #expect(try await held == .null)
      #expect(try await promise.value == "sent")
    }
  }

  @Test(arguments: harnesses)
  func `§10 both sides are let go of once the pages are closed`(
    harness: any Harness
  ) async throws {
    weak var main: MainProcess?
    weak var renderer: IPCRenderer?
    weak var port: MessagePortMain?
    do {
      let world = World(harness)
      main = world.main
      renderer = world.renderer
      let channel = MessageChannelMain(in: world.main)
      port = channel.port1
      channel.port1.start()
      world.renderer.on("port") { event, _ in event.ports[0].start() }
      try world.contents.postMessage("port", nil, transfer: [channel.port2])
      try world.ipcMain.handle("x") { _, arguments in arguments[0] }
      _ = try await world.renderer.invoke("x", 1)
      world.main.quit()
    }
    for _ in 0..<5000 where main != nil || renderer != nil || port != nil {
      try await Task.sleep(for: .milliseconds(1))
    }
    #expect(main == nil)
    #expect(renderer == nil)
    #expect(port == nil)
  }
}
