import ElectronIPC
import StructuredClone
import Testing

/// `MessageChannelMain`, `MessagePortMain` and the page's port.
@Suite(.timeLimit(.minutes(5)))
struct PortTests {
  /// What arrives at a port, which is started.
  private func record(_ port: MessagePortMain) -> Recorder<CloneValue> {
    let recorder = Recorder<CloneValue>()
    port.on(.message) { recorder.record($0.data) }
    port.on(.close) { recorder.record("closed") }
    port.start()
    return recorder
  }

  /// What arrives at a port, which is started.
  private func record(_ port: MessagePort) -> Recorder<CloneValue> {
    let recorder = Recorder<CloneValue>()
    port.addEventListener(.close) { recorder.record("closed") }
    port.onmessage = { recorder.record($0.data) }
    return recorder
  }

  /// A port that the page gets from the main process, and the other end there.
  private func portInPage(_ world: World) async throws -> (page: MessagePort, main: MessagePortMain)
  {
    let channel = MessageChannelMain(in: world.main)
    let ports = Recorder<MessagePort>()
    world.renderer.once("port") { event, _ in event.ports.forEach(ports.record) }
    try world.contents.postMessage("port", nil, transfer: [channel.port2])
    return (try await ports.first(1)[0], channel.port1)
  }

  // MARK: - MessagePortMain

  @Test(arguments: harnesses)
  func `§6.1 what is posted at one port arrives at the other`(harness: any Harness) async throws {
    let world = World(harness)
    let channel = MessageChannelMain(in: world.main)
    let arrived = record(channel.port2)
    try channel.port1.postMessage(["a": 1])
    #expect(try await arrived.first(1) == [["a": 1]])
    let back = record(channel.port1)
    try channel.port2.postMessage("back")
    #expect(try await back.first(1) == ["back"])
  }

  @Test(arguments: harnesses)
  func `§6.2 messages wait for start, and a listener does not start`(
    harness: any Harness
  ) async throws {
    let world = World(harness)
    let channel = MessageChannelMain(in: world.main)
    let arrived = Recorder<CloneValue>()
    channel.port2.on(.message) { arrived.record($0.data) }
    for number in 0..<3 { try channel.port1.postMessage(.number(Double(number))) }
    try await world.settle()
    #expect(arrived.all.isEmpty)
    channel.port2.start()
    channel.port2.start()
    #expect(try await arrived.first(3) == [0, 1, 2])
    try await world.settle()
    #expect(arrived.all.count == 3)
  }

  @Test(arguments: harnesses)
  func `§6.2 a listener added after start in the same turn sees the first message`(
    harness: any Harness
  ) async throws {
    let world = World(harness)
    let channel = MessageChannelMain(in: world.main)
    let arrived = Recorder<CloneValue>()
    world.ipcMain.on("go") { _, _ in
      try channel.port1.postMessage(1)
      channel.port2.start()
      channel.port2.on(.message) { arrived.record($0.data) }
    }
    try world.renderer.send("go")
    #expect(try await arrived.first(1) == [1])
  }

  @Test(arguments: harnesses)
  func `§6.2 nothing to post arrives as null, undefined as undefined`(
    harness: any Harness
  ) async throws {
    let world = World(harness)
    let channel = MessageChannelMain(in: world.main)
    let arrived = record(channel.port2)
    channel.port1.postMessage()
    try channel.port1.postMessage(.undefined)
    #expect(try await arrived.first(2) == [.null, .undefined])
  }

  @Test(arguments: harnesses)
  func `§6.2 a refused message leaves the port usable`(harness: any Harness) async throws {
    let world = World(harness)
    let channel = MessageChannelMain(in: world.main)
    let arrived = record(channel.port2)
    #expect(
      thrown { () throws(IPCError) in try channel.port1.postMessage(function) }?.text
        == "Error: An object could not be cloned.")
    try channel.port1.postMessage(1)
    #expect(try await arrived.first(1) == [1])
  }

  @Test(arguments: harnesses)
  func `§6.2 the source port, duplicates and neutered ports are refused`(
    harness: any Harness
  ) async throws {
    let world = World(harness)
    let channel = MessageChannelMain(in: world.main)
    let other = MessageChannelMain(in: world.main)
    let gone = MessageChannelMain(in: world.main)
    try channel.port1.postMessage(nil, transfer: [gone.port1])
    func error(_ transfer: [MessagePortMain]) -> IPCError? {
      thrown { () throws(IPCError) in try channel.port1.postMessage(1, transfer: transfer) }
    }
    #expect(
      error([other.port1, channel.port1]) == IPCError("Port at index 1 contains the source port."))
    #expect(error([other.port1, other.port1]) == IPCError("Port at index 1 is a duplicate."))
    #expect(error([other.port1, gone.port1]) == IPCError("Port at index 1 is already neutered."))
    // All or nothing: the good port is still one.
    let arrived = record(other.port2)
    try other.port1.postMessage("alive")
    #expect(try await arrived.first(1) == ["alive"])
  }

  @Test(arguments: harnesses)
  func `§6.2 close happens at once here, and there after all messages`(
    harness: any Harness
  ) async throws {
    let world = World(harness)
    let channel = MessageChannelMain(in: world.main)
    let here = Recorder<Bool>()
    channel.port1.on(.close) { here.record(true) }
    try channel.port1.postMessage(1)
    try channel.port1.postMessage(2)
    channel.port1.close()
    #expect(here.all == [true])
    channel.port1.close()
    #expect(here.all == [true])
    let there = record(channel.port2)
    #expect(try await there.first(3) == [1, 2, "closed"])
    channel.port2.close()
    #expect(there.all.count == 3)
  }

  @Test(arguments: harnesses)
  func `§6.2 a closed port ignores start and postMessage, whatever the value`(
    harness: any Harness
  ) async throws {
    let world = World(harness)
    let channel = MessageChannelMain(in: world.main)
    channel.port1.close()
    channel.port1.start()
    try channel.port1.postMessage(function)
    try channel.port1.postMessage(1, transfer: [channel.port1])
    let there = record(channel.port2)
    #expect(try await there.first(1) == ["closed"])
  }

  @Test(arguments: harnesses)
  func `§6.2 a port that is not started does not report that its peer is gone`(
    harness: any Harness
  ) async throws {
    let world = World(harness)
    let channel = MessageChannelMain(in: world.main)
    let there = Recorder<Bool>()
    channel.port2.on(.close) { there.record(true) }
    channel.port1.close()
    try await world.settle()
    #expect(there.all.isEmpty)
    channel.port2.start()
    #expect(try await there.first(1) == [true])
  }

  @Test(arguments: harnesses)
  func `§6.2 a port that is forgotten unstarted closes the other`(
    harness: any Harness
  ) async throws {
    let world = World(harness)
    var channel: MessageChannelMain? = MessageChannelMain(in: world.main)
    let port = try #require(channel?.port1)
    let closed = record(port)
    channel = nil
    #expect(try await closed.first(1) == ["closed"])
  }

  @Test(arguments: harnesses)
  func `§6.2 a started port goes on when the program forgets it`(
    harness: any Harness
  ) async throws {
    let world = World(harness)
    var channel: MessageChannelMain? = MessageChannelMain(in: world.main)
    let port = try #require(channel?.port1)
    let arrived = Recorder<CloneValue>()
    channel?.port2.on(.message) { arrived.record($0.data) }
    channel?.port2.start()
    channel = nil
    try port.postMessage(1)
    #expect(try await arrived.first(1) == [1])
  }

  @Test(arguments: harnesses)
  func `§6.2 a closed port can be sent, and reports close when it is started`(
    harness: any Harness
  ) async throws {
    let world = World(harness)
    let carrier = MessageChannelMain(in: world.main)
    let dead = MessageChannelMain(in: world.main)
    dead.port1.close()
    try carrier.port1.postMessage(nil, transfer: [dead.port1])
    let ports = Recorder<MessagePortMain>()
    carrier.port2.on(.message) { $0.ports.forEach(ports.record) }
    carrier.port2.start()
    let arrived = record(try await ports.first(1)[0])
    #expect(try await arrived.first(1) == ["closed"])
    #expect(
      thrown { () throws(IPCError) in
        try carrier.port1.postMessage(nil, transfer: [dead.port1])
      } == IPCError("Port at index 0 is already neutered."))
  }

  @Test(arguments: harnesses)
  func `§6.2 a transferred object is silent, and its close touches nothing`(
    harness: any Harness
  ) async throws {
    let world = World(harness)
    let carrier = MessageChannelMain(in: world.main)
    let channel = MessageChannelMain(in: world.main)
    let old = Recorder<Bool>()
    channel.port1.on(.close) { old.record(true) }
    try carrier.port1.postMessage(nil, transfer: [channel.port1])
    #expect(old.all.isEmpty)
    try channel.port1.postMessage(function)
    channel.port1.start()
    channel.port1.close()
    channel.port1.close()
    #expect(old.all == [true])
    let ports = Recorder<MessagePortMain>()
    carrier.port2.on(.message) { $0.ports.forEach(ports.record) }
    carrier.port2.start()
    let arrived = record(try await ports.first(1)[0])
    try channel.port2.postMessage("live")
    #expect(try await arrived.first(1) == ["live"])
  }

  @Test(arguments: harnesses)
  func `§6.2 queued messages travel with a port, through ports and a channel`(
    harness: any Harness
  ) async throws {
    let world = World(harness)
    let inner = MessageChannelMain(in: world.main)
    let outer = MessageChannelMain(in: world.main)
    try inner.port1.postMessage(1)
    try inner.port1.postMessage(2)
    try outer.port1.postMessage("take", transfer: [inner.port2])
    try inner.port1.postMessage(3)
    let arrived = Recorder<CloneValue>()
    world.renderer.on("port") { event, _ in
      event.ports[0].onmessage = { event in
        event.ports[0].onmessage = { arrived.record($0.data) }
      }
    }
    try world.contents.postMessage("port", nil, transfer: [outer.port2])
    #expect(try await arrived.first(3) == [1, 2, 3])
    try inner.port1.postMessage(4)
    #expect(try await arrived.first(4) == [1, 2, 3, 4])
  }

  @Test(arguments: harnesses)
  func `§6.2 a started port can be transferred too`(harness: any Harness) async throws {
    let world = World(harness)
    let channel = MessageChannelMain(in: world.main)
    let first = record(channel.port2)
    try channel.port1.postMessage(1)
    _ = try await first.first(1)
    let arrived = Recorder<CloneValue>()
    world.renderer.on("port") { event, _ in
      event.ports[0].onmessage = { arrived.record($0.data) }
    }
    try world.contents.postMessage("port", nil, transfer: [channel.port2])
    try channel.port1.postMessage(2)
    #expect(try await arrived.first(1) == [2])
    #expect(first.all == [1])
  }

  @Test(arguments: harnesses)
  func `§6.2 posting the port's own peer is silent and loses both`(
    harness: any Harness
  ) async throws {
    let world = World(harness)
    let channel = MessageChannelMain(in: world.main)
    let here = record(channel.port1)
    try channel.port1.postMessage(1, transfer: [channel.port2])
    try channel.port1.postMessage(2)
    try await world.settle()
    #expect(here.all.isEmpty)
  }

  @Test(arguments: harnesses)
  func `§6.2 a listener that throws is uncaught, and the next message arrives`(
    harness: any Harness
  ) async throws {
    let world = World(harness)
    let channel = MessageChannelMain(in: world.main)
    let arrived = Recorder<CloneValue>()
    channel.port2.on(.message) { event in
      arrived.record(event.data)
      throw IPCError("bad")
    }
    channel.port2.start()
    try channel.port1.postMessage(1)
    try channel.port1.postMessage(2)
    #expect(try await arrived.first(2) == [1, 2])
    #expect(try await world.uncaught.first(2) == ["Error: bad", "Error: bad"])
  }

  // MARK: - Over channels

  @Test(arguments: harnesses)
  func `§2.4 a page's ports arrive as MessagePortMain`(harness: any Harness) async throws {
    let world = World(harness)
    let channel = MessageChannel(in: world.renderer)
    try channel.port1.postMessage("early")
    let ports = Recorder<MessagePortMain>()
    let messages = Recorder<[CloneValue]>()
    world.ipcMain.on("port") { event, arguments in
      event.ports?.forEach(ports.record)
      messages.record(arguments)
    }
    try world.renderer.postMessage("port", ["n": 1], transfer: [channel.port2])
    let arrived = record(try await ports.first(1)[0])
    #expect(try await arrived.first(1) == ["early"])
    #expect(messages.all == [[["n": 1]]])
  }

  @Test(arguments: harnesses)
  func `§2.4 without a message undefined is sent`(harness: any Harness) async throws {
    let world = World(harness)
    let arrived = world.recordMain("x")
    try world.renderer.postMessage("x")
    #expect(try await arrived.first(1) == [[.undefined]])
  }

  @Test(arguments: harnesses)
  func `§2.4 a repeated or transferred port is an invalid transfer`(
    harness: any Harness
  ) async throws {
    let world = World(harness)
    let channel = MessageChannel(in: world.renderer)
    func error(_ transfer: [MessagePort]) -> IPCError? {
      thrown { () throws(IPCError) in try world.renderer.postMessage("x", 1, transfer: transfer) }
    }
    #expect(
      error([channel.port1, channel.port1])?.text == "TypeError: Invalid value for transfer")
    #expect(error([channel.port1]) == nil)
    #expect(error([channel.port2, channel.port1])?.diagnosis?.contains("index 1") == true)
  }

  @Test(arguments: harnesses)
  func `§2.4 the message is looked at before the ports`(harness: any Harness) async throws {
    let world = World(harness)
    let channel = MessageChannel(in: world.renderer)
    #expect(
      thrown { () throws(IPCError) in
        try world.renderer.postMessage(
          "x", function, transfer: [channel.port1, channel.port1])
      }?.text == "Error: An object could not be cloned.")
  }

  @Test(arguments: harnesses)
  func `§2.4 ports that nobody receives close their peers`(harness: any Harness) async throws {
    let world = World(harness)
    let channel = MessageChannel(in: world.renderer)
    let closed = record(channel.port1)
    try world.renderer.postMessage("nobody", nil, transfer: [channel.port2])
    #expect(try await closed.first(1) == ["closed"])
  }

  @Test(arguments: harnesses)
  func `§5 postMessage from the main process says what is wrong with its ports`(
    harness: any Harness
  ) async throws {
    let world = World(harness)
    let channel = MessageChannelMain(in: world.main)
    func error(_ message: CloneValue, _ transfer: [MessagePortMain]) -> IPCError? {
      thrown { () throws(IPCError) in
        try world.contents.postMessage("x", message, transfer: transfer)
      }
    }
    #expect(error(function, [])?.text == "Error: An object could not be cloned.")
    #expect(
      error(1, [channel.port1, channel.port1]) == IPCError("Port at index 1 is a duplicate."))
    #expect(error(1, [channel.port1]) == nil)
    #expect(error(1, [channel.port1]) == IPCError("Port at index 0 is already neutered."))
  }

  // MARK: - The page's port

  @Test(arguments: harnesses)
  func `§6.3 onmessage starts a port, a listener does not`(harness: any Harness) async throws {
    let world = World(harness)
    let (page, main) = try await portInPage(world)
    let heard = Recorder<CloneValue>()
    page.addEventListener(.message) { heard.record($0.data) }
    try main.postMessage(1)
    try await world.settle()
    #expect(heard.all.isEmpty)
    let arrived = record(page)
    #expect(try await arrived.first(1) == [1])
    #expect(try await heard.first(1) == [1])
  }

  @Test(arguments: harnesses)
  func `§6.3 a listener and start do as well`(harness: any Harness) async throws {
    let world = World(harness)
    let (page, main) = try await portInPage(world)
    let heard = Recorder<CloneValue>()
    page.addEventListener(.message) { heard.record($0.data) }
    page.start()
    try main.postMessage(1)
    #expect(try await heard.first(1) == [1])
  }

  @Test(arguments: harnesses)
  func `§6.3 close is not reported to the port that was closed`(
    harness: any Harness
  ) async throws {
    let world = World(harness)
    let (page, main) = try await portInPage(world)
    let here = record(page)
    let there = record(main)
    try page.postMessage("last")
    page.close()
    #expect(try await there.first(2) == ["last", "closed"])
    try await world.settle()
    #expect(here.all.isEmpty)
  }

  @Test(arguments: harnesses)
  func `§6.3 a page's port hears that its peer closed`(harness: any Harness) async throws {
    let world = World(harness)
    let (page, main) = try await portInPage(world)
    let here = record(page)
    main.close()
    #expect(try await here.first(1) == ["closed"])
  }

  @Test(arguments: harnesses)
  func `§6.3 failures are DataCloneErrors with their reasons`(harness: any Harness) async throws {
    let world = World(harness)
    let one = MessageChannel(in: world.renderer)
    let two = MessageChannel(in: world.renderer)
    func text(_ message: CloneValue, _ transfer: [MessagePort]) -> String? {
      let error = thrown { () throws(IPCError) in
        try one.port1.postMessage(message, transfer: transfer)
      }
      #expect(error?.name == "DataCloneError")
      return error?.message
    }
    let prefix = "Failed to execute 'postMessage' on 'MessagePort': "
    let arrow = CloneValue.uncloneable(
      CloneUncloneable(.function, description: "() => {}"))
    #expect(text(arrow, []) == prefix + "() => {} could not be cloned.")
    #expect(text(1, [one.port1]) == prefix + "Port at index 0 contains the source port.")
    #expect(
      text(1, [two.port1, two.port1])
        == prefix + "Message port at index 1 is a duplicate of an earlier port.")
    try one.port1.postMessage(1, transfer: [two.port1])
    #expect(text(1, [two.port1]) == prefix + "Port at index 0 is already neutered.")
  }

  @Test(arguments: harnesses)
  func `§6.3 posting on a closed port is silent`(harness: any Harness) throws {
    let world = World(harness)
    let channel = MessageChannel(in: world.renderer)
    channel.port1.close()
    try channel.port1.postMessage(function)
  }

  // MARK: - Lifetime

  @Test(arguments: harnesses)
  func `§10 a page's ports close with the page`(harness: any Harness) async throws {
    let world = World(harness)
    let (page, main) = try await portInPage(world)
    let there = record(main)
    let here = record(page)
    _ = world.navigate()
    #expect(try await there.first(1) == ["closed"])
    #expect(here.all.isEmpty)
  }

  @Test(arguments: harnesses)
  func `§6.2 a closed port lets go of listeners that mention it`(harness: any Harness) async throws
  {
    let world = World(harness)
    weak var weakPage: MessagePort?
    weak var weakMain: MessagePortMain?
    try await { () async throws in
      let (page, main) = try await portInPage(world)
      (weakPage, weakMain) = (page, main)
      page.onmessage = { _ in try page.postMessage(1) }
      let closed = Recorder<Bool>()
      main.on(.message) { _ in main.start() }
      main.on(.close) { closed.record(true) }
      main.start()
      page.close()
      _ = try await closed.first(1)
    }()
    for _ in 0..<2000 where weakPage != nil || weakMain != nil {
      try await Task.sleep(for: .milliseconds(1))
    }
    #expect(weakPage == nil)
    #expect(weakMain == nil)
  }

  @Test(arguments: harnesses)
  func `§9 a port keeps the order of its messages`(harness: any Harness) async throws {
    let world = World(harness)
    let (page, main) = try await portInPage(world)
    let arrived = record(page)
    for number in 0..<500 { try main.postMessage(.number(Double(number))) }
    main.close()
    let all = try await arrived.first(501)
    #expect(all.dropLast().compactMap(\.integer) == Array(0..<500))
    #expect(all.last == "closed")
  }

  @Test(arguments: harnesses)
  func `§10 ports within ports within ports are closed without recursion`(
    harness: any Harness
  ) async throws {
    let world = World(harness)
    let innermost = MessageChannelMain(in: world.main)
    let closed = record(innermost.port1)
    var outer = innermost.port2
    for _ in 0..<100_000 {
      let channel = MessageChannelMain(in: world.main)
      try channel.port1.postMessage(nil, transfer: [outer])
      outer = channel.port2
    }
    outer.close()
    #expect(try await closed.first(1) == ["closed"])
  }

  @Test(arguments: harnesses)
  func `§6.2 a message without a listener is dropped once the port flows`(
    harness: any Harness
  ) async throws {
    let world = World(harness)
    let channel = MessageChannelMain(in: world.main)
    channel.port2.start()
    try channel.port1.postMessage(1)
    try await world.settle()
    let arrived = record(channel.port2)
    try channel.port1.postMessage(2)
    #expect(try await arrived.first(1) == [2])
  }

  @Test(arguments: harnesses)
  func `§6.2 one event is shared by all listeners, and once and off work`(
    harness: any Harness
  ) async throws {
    let world = World(harness)
    let channel = MessageChannelMain(in: world.main)
    let order = Recorder<String>()
    channel.port2.once(.message) { _ in order.record("once") }
    let removed = channel.port2.on(.message) { _ in order.record("removed") }
    channel.port2.on(.message) { event in order.record("on \(event.ports.count)") }
    channel.port2.off(.message, removed)
    channel.port2.start()
    try channel.port1.postMessage(1)
    try channel.port1.postMessage(2)
    #expect(try await order.first(3) == ["once", "on 0", "on 0"])
  }

  @Test(arguments: harnesses)
  func `§6.3 a page's listener can be removed`(harness: any Harness) async throws {
    let world = World(harness)
    let (page, main) = try await portInPage(world)
    let order = Recorder<String>()
    let listener = page.addEventListener(.message) { _ in order.record("listener") }
    page.onmessage = { _ in order.record("onmessage") }
    try main.postMessage(1)
    _ = try await order.first(2)
    page.removeEventListener(.message, listener)
    try main.postMessage(2)
    #expect(try await order.first(3) == ["onmessage", "listener", "onmessage"])
  }

  @Test(arguments: harnesses)
  func `§10 a port made by a page that is gone is closed`(harness: any Harness) async throws {
    let world = World(harness)
    let (page, _) = try await portInPage(world)
    world.renderer.release()
    try page.postMessage(function)
    let late = MessageChannel(in: world.renderer)
    try late.port1.postMessage(function)
  }

  @Test(arguments: harnesses)
  func `§6.2 two pages talk through a port that the main process gave them`(
    harness: any Harness
  ) async throws {
    let world = World(harness)
    let other = world.openPage()
    let channel = MessageChannelMain(in: world.main)
    let arrived = Recorder<CloneValue>()
    world.renderer.on("port") { event, _ in
      event.ports[0].onmessage = { arrived.record($0.data) }
    }
    other.renderer.on("port") { event, _ in try event.ports[0].postMessage("hello") }
    try world.contents.postMessage("port", nil, transfer: [channel.port1])
    try other.contents.postMessage("port", nil, transfer: [channel.port2])
    #expect(try await arrived.first(1) == ["hello"])
  }

  @Test(arguments: harnesses)
  func `§6.2 a port goes to and fro and keeps its messages`(harness: any Harness) async throws {
    let world = World(harness)
    let channel = MessageChannelMain(in: world.main)
    try channel.port1.postMessage(1)
    world.renderer.on("there") { event, _ in
      try event.sender.postMessage("back", nil, transfer: event.ports)
    }
    let ports = Recorder<MessagePortMain>()
    world.ipcMain.on("back") { event, _ in event.ports?.forEach(ports.record) }
    try world.contents.postMessage("there", nil, transfer: [channel.port2])
    let port = try await ports.first(1)[0]
    try channel.port1.postMessage(2)
    let arrived = record(port)
    #expect(try await arrived.first(2) == [1, 2])
  }

  /// What a listener holds may use what it listens to when it goes.
  private final class Session: Sendable {
    private let end: @Sendable () -> Void
    init(_ end: @escaping @Sendable () -> Void) { self.end = end }
    deinit { end() }
  }

  @Test func `a listener that is the last to hold something which uses its emitter`() throws {
    let world = World(harnesses[0])
    let page = MessageChannel(in: world.renderer)
    do {
      let session = Session { page.port1.close() }
      page.port1.addEventListener(.message) { _ in withExtendedLifetime(session) {} }
    }
    page.port1.close()
    do {
      let session = Session { page.port2.onmessage = nil }
      page.port2.onmessage = { _ in withExtendedLifetime(session) {} }
    }
    page.port2.onmessage = nil
    let main = MessageChannelMain(in: world.main)
    do {
      let session = Session { main.port1.off(.message, EventListener { _ in }) }
      let listener = main.port1.on(.message) { _ in withExtendedLifetime(session) {} }
      main.port1.off(.message, listener)
    }
    do {
      let session = Session { world.ipcMain.removeHandler("other") }
      try world.ipcMain.handle("one") { _, _ in withExtendedLifetime(session) { nil } }
    }
    world.ipcMain.removeHandler("one")
    do {
      let session = Session { world.renderer.removeAllListeners() }
      world.renderer.on("x") { _, _ in withExtendedLifetime(session) {} }
    }
    world.renderer.removeAllListeners("x")
  }
}
