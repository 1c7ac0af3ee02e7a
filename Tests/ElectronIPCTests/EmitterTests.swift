import ElectronIPC
import StructuredClone
import Testing

/// The rules of Node's `EventEmitter`, seen at a page's end.
@Suite(.timeLimit(.minutes(5)))
struct EmitterTests {
  @Test(arguments: harnesses)
  func `§12 listeners are called in order, prepended ones first`(
    harness: any Harness
  ) async throws {
    let world = World(harness)
    let order = Recorder<Int>()
    world.renderer.on("x") { _, _ in order.record(1) }
    world.renderer.addListener("x") { _, _ in order.record(2) }
    world.renderer.prependListener("x", EventListener { _ in order.record(0) })
    world.renderer.once("x") { _, _ in order.record(3) }
    world.contents.send("x")
    world.contents.send("x")
    #expect(try await order.first(7) == [0, 1, 2, 3, 0, 1, 2])
  }

  @Test(arguments: harnesses)
  func `§12 a listener added twice is called twice, and off removes one`(
    harness: any Harness
  ) async throws {
    let world = World(harness)
    let order = Recorder<String>()
    let listener = world.renderer.on("x") { _, _ in order.record("a") }
    world.renderer.on("x") { _, _ in order.record("b") }
    world.renderer.on("x", listener)
    #expect(world.renderer.listenerCount("x") == 3)
    #expect(world.renderer.listenerCount("x", listener) == 2)
    // The latest goes.
    world.renderer.off("x", listener)
    world.contents.send("x")
    try await world.settle()
    #expect(order.all == ["a", "b"])
    world.renderer.removeListener("x", listener)
    world.renderer.removeListener("x", listener)
    world.contents.send("x")
    try await world.settle()
    #expect(order.all == ["a", "b", "b"])
  }

  @Test(arguments: harnesses)
  func `§12 a once listener can be removed before, by what once returned`(
    harness: any Harness
  ) async throws {
    let world = World(harness)
    let order = Recorder<Int>()
    let listener = world.renderer.once("x") { _, _ in order.record(1) }
    world.renderer.off("x", listener)
    world.contents.send("x")
    try await world.settle()
    #expect(order.all.isEmpty)
  }

  @Test(arguments: harnesses)
  func `§12 a once listener is gone before it runs, even if it throws`(
    harness: any Harness
  ) async throws {
    let world = World(harness)
    let counts = Recorder<Int>()
    let renderer = world.renderer
    world.renderer.once("x") { _, _ in
      counts.record(renderer.listenerCount("x"))
      throw IPCError("bad")
    }
    world.contents.send("x")
    world.contents.send("x")
    try await world.settle()
    #expect(counts.all == [0])
    #expect(world.uncaught.all == ["Error: bad"])
  }

  @Test(arguments: harnesses)
  func `§12 the list is as it was when the event began`(harness: any Harness) async throws {
    let world = World(harness)
    let order = Recorder<String>()
    let renderer = world.renderer
    let second = EventListener<IPCRenderer.Arguments> { _ in order.record("second") }
    world.renderer.once("x") { _, _ in
      order.record("first")
      renderer.off("x", second)
      renderer.on("x") { _, _ in order.record("added") }
    }
    world.renderer.on("x", second)
    world.contents.send("x")
    world.contents.send("x")
    #expect(try await order.first(3) == ["first", "second", "added"])
  }

  @Test(arguments: harnesses)
  func `§12 removeAllListeners within an event lets it finish`(
    harness: any Harness
  ) async throws {
    let world = World(harness)
    let order = Recorder<Int>()
    let renderer = world.renderer
    world.renderer.on("x") { _, _ in
      order.record(1)
      renderer.removeAllListeners("x")
    }
    world.renderer.on("x") { _, _ in order.record(2) }
    world.contents.send("x")
    world.contents.send("x")
    try await world.settle()
    #expect(order.all == [1, 2])
  }

  @Test(arguments: harnesses)
  func `§12 an exception skips the rest of the listeners`(harness: any Harness) async throws {
    let world = World(harness)
    let order = Recorder<Int>()
    world.renderer.on("x") { _, _ in
      order.record(1)
      throw IPCError("bad")
    }
    world.renderer.on("x") { _, _ in order.record(2) }
    world.contents.send("x")
    world.contents.send("x")
    try await world.settle()
    #expect(order.all == [1, 1])
    #expect(world.uncaught.all == ["Error: bad", "Error: bad"])
  }

  @Test(arguments: harnesses)
  func `§2.6 removeAllListeners clears one channel, or all`(harness: any Harness) throws {
    let world = World(harness)
    for channel: CloneString in ["a", "b", "undefined", "c"] {
      world.renderer.on(channel) { _, _ in }
    }
    world.renderer.removeAllListeners("a")
    #expect(world.renderer.eventNames() == ["b", "undefined", "c"])
    world.renderer.removeAllListeners()
    #expect(world.renderer.eventNames() == [])
  }

  @Test(arguments: harnesses)
  func `§2 a fresh ipcRenderer has no listeners`(harness: any Harness) throws {
    #expect(World(harness).renderer.eventNames() == [])
  }

  @Test(arguments: harnesses)
  func `§12 eventNames and listeners tell what is there`(harness: any Harness) throws {
    let world = World(harness)
    let first = world.renderer.on("b") { _, _ in }
    let second = world.renderer.once("b") { _, _ in }
    world.renderer.on("a") { _, _ in }
    #expect(world.renderer.eventNames() == ["b", "a"])
    let listeners = world.renderer.listeners("b")
    #expect(listeners.count == 2)
    #expect(listeners[0] === first)
    #expect(listeners[1] === second)
    world.renderer.off("b", first)
    world.renderer.off("b", second)
    #expect(world.renderer.eventNames() == ["a"])
  }

  @Test(arguments: harnesses)
  func `§11 newListener and removeListener are channels like others`(
    harness: any Harness
  ) async throws {
    let world = World(harness)
    let arrived = world.recordPage("newListener")
    world.renderer.on("x") { _, _ in }
    try await world.settle()
    #expect(arrived.all.isEmpty)
    world.contents.send("newListener", 1)
    #expect(try await arrived.first(1) == [[1]])
  }

  @Test(arguments: harnesses)
  func `§12 prependOnceListener is first, and once`(harness: any Harness) async throws {
    let world = World(harness)
    let order = Recorder<String>()
    world.renderer.on("x") { _, _ in order.record("on") }
    world.renderer.prependOnceListener("x", EventListener { _ in order.record("first") })
    world.contents.send("x")
    world.contents.send("x")
    #expect(try await order.first(3) == ["first", "on", "on"])
  }

  @Test(arguments: harnesses)
  func `§12 a listener of one channel is not one of another`(harness: any Harness) async throws {
    let world = World(harness)
    let order = Recorder<String>()
    let listener = world.renderer.on("x") { _, _ in order.record("x") }
    world.renderer.off("y", listener)
    world.contents.send("y")
    world.contents.send("x")
    try await world.settle()
    #expect(order.all == ["x"])
  }
}
