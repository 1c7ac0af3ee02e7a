import Dispatch
import ElectronIPC
import StructuredClone
import Testing

/// The state of a connection, with a socket that the test plays.
@Suite(.timeLimit(.minutes(5)))
struct StreamConnectionTests {
  private let frameHello = StreamFrame.hello(StreamHello(role: .frame))

  /// A page whose document is played by the test.
  private struct PlayedFrame {
    let main: MainProcess
    let contents: WebContents
    let connection: StreamConnection<MainBoundMessage, FrameBoundMessage>
    let driver: ScriptedDriver
    let end = Recorder<StreamError?>()

    init(_ limits: StreamLimits = .default, in process: MainProcess? = nil) {
      main =
        process
        ?? MainProcess(diagnostics: IPCDiagnostics(log: { _ in }, uncaughtException: { _ in }))
      connection = StreamConnection(
        StreamFrameCodec(frameLength: limits.frameLength), limits: limits, processID: 3,
        loop: main.loop
      ) { [end] in end.record($0) }
      contents = main.openPage(over: connection, processID: 3)
      driver = ScriptedDriver(connection)
    }

    /// Waits until all that was received has been dispatched.
    func settle() async {
      await withCheckedContinuation { continuation in
        main.loop.enqueue { continuation.resume() }
      }
    }
  }

  private func bytes(_ value: CloneValue) throws -> [UInt8] {
    let pair = PlayedFrame()
    pair.contents.send("x", value)
    guard case .message(let message) = try pair.driver.takeFrames().last else { return [] }
    return message.value.bytes
  }

  @Test func `a side says hello first`() throws {
    let page = PlayedFrame()
    #expect(
      try page.driver.takeFrames() == [
        .hello(StreamHello(role: .main, processID: 3, loop: page.main.loop.number))
      ])
  }

  @Test func `a call is answered with its number`() async throws {
    let page = PlayedFrame()
    try page.main.ipcMain.handle("add") { _, arguments in 3 }
    page.driver.receive(frameHello, .frame(.invoke, id: 9, channel: "add", value: try bytes([])))
    // The hello, and the reply.
    var frames: [StreamFrame] = []
    for _ in 0..<1000 where frames.count < 2 {
      await page.settle()
      frames += try page.driver.takeFrames()
    }
    guard frames.count == 2, case .message(let message) = frames[1] else {
      Issue.record("\(frames)")
      return
    }
    #expect(message.kind == .invokeReply)
    #expect(message.id == 9)
  }

  /// Valid frames in a wrong state, each with its error; a hello was received before unless the first says otherwise.
  static let wrongStates: [([StreamFrame], StreamError.Reason)] = [
    ([.hello(StreamHello(role: .frame))], .unexpectedHello),
    ([.frame(.frameMessage, channel: "x")], .wrongSender(0x20)),
    ([.frame(.framePostMessage, channel: "x")], .wrongSender(0x21)),
    ([.frame(.invokeReply, id: 1)], .wrongSender(0x22)),
    ([.frame(.syncReply, id: 1)], .wrongSender(0x23)),
    (
      [.frame(.invoke, id: 1, channel: "kept"), .frame(.invoke, id: 1, channel: "x")],
      .repeatedCall(1)
    ),
    ([.frame(.portMessage, port: 1)], .unknownPort(1)),
    ([.frame(.portMessage, port: 2)], .unknownPort(2)),
    ([.frame(.portMessage, port: 0)], .unknownPort(0)),
    ([.frame(.portClose, port: 1)], .unknownPort(1)),
    // Of the other side's row, and one that was given before.
    ([.frame(.mainPostMessage, channel: "x", ports: [2])], .repeatedPort(2)),
    ([.frame(.mainPostMessage, channel: "x", ports: [0])], .repeatedPort(0)),
    ([.frame(.mainPostMessage, channel: "x", ports: [1, 1])], .repeatedPort(1)),
    (
      [
        .frame(.mainPostMessage, channel: "x", ports: [5]),
        .frame(.mainPostMessage, channel: "x", ports: [3]),
      ], .repeatedPort(3)
    ),
  ]

  @Test(arguments: wrongStates)
  func `a valid frame in a wrong state ends the connection`(
    frames: [StreamFrame], reason: StreamError.Reason
  ) async throws {
    let page = PlayedFrame()
    let kept = Recorder<IPCMainInvokeEvent>()
    try page.main.ipcMain.handle("kept") { event, _ in
      kept.record(event)
      try await Task.sleep(for: .seconds(60))
      return .undefined
    }
    page.driver.receive(frameHello)
    for frame in frames { page.driver.receive(frame) }
    #expect(try await page.end.first(1)[0]?.reason == reason)
    #expect(page.driver.closing == (true, false))
    await page.settle()
    #expect(page.contents.mainFrame.isDestroyed)
  }

  @Test func `what is before the hello, or another role, ends the connection`() async throws {
    for (frame, reason): (StreamFrame, StreamError.Reason) in [
      (.frame(.mainMessage, channel: "x"), .unexpectedHello),
      (.hello(StreamHello(role: .main)), .unexpectedRole(2)),
    ] {
      let page = PlayedFrame()
      page.driver.receive(frame)
      #expect(try await page.end.first(1) == [StreamError(reason, offset: 0)])
    }
  }

  @Test func `a reply to a call that was never made ends the page's side`() async throws {
    let end = Recorder<StreamError?>()
    let frame = StreamConnection<FrameBoundMessage, MainBoundMessage>(
      StreamFrameCodec(frameLength: 64), limits: .default
    ) { end.record($0) }
    let driver = ScriptedDriver(frame)
    let process = MainProcess().makeRendererProcess()
    let renderer = IPCRenderer(over: frame, in: process)
    let promise = try renderer.startInvoke("x")
    driver.receive(.hello(StreamHello(role: .main)), .frame(.invokeReply, id: 2))
    #expect(try await end.first(1)[0]?.reason == .unknownCall(2))
    await #expect(throws: IPCError("IPC method called after context was released")) {
      try await promise.value
    }
  }

  // MARK: - Limits

  @Test func `a side that says no hello in time is not waited for`() async throws {
    var limits = StreamLimits()
    limits.helloTimeout = .milliseconds(20)
    let silent = PlayedFrame(limits)
    #expect(
      try await silent.end.first(1) == [StreamError(.missingHello(after: .milliseconds(20)))])
    #expect(silent.driver.closing == (true, false))
    #expect(
      "\(StreamError(.missingHello(after: .seconds(30))))"
        == "the other side said no hello within 30.0 seconds")
  }

  @Test func `a side that said hello may be silent`() async throws {
    var limits = StreamLimits()
    limits.helloTimeout = .milliseconds(20)
    let page = PlayedFrame(limits)
    page.driver.receive(frameHello)
    try await Task.sleep(for: .milliseconds(100))
    page.driver.receive(.frame(.invoke, id: 9, channel: "x"))
    await page.settle()
    #expect(!page.contents.mainFrame.isDestroyed)
  }

  @Test func `too many calls end the connection`() async throws {
    var limits = StreamLimits()
    limits.pendingCalls = 2
    let page = PlayedFrame(limits)
    try page.main.ipcMain.handle("slow") { _, _ in
      try await Task.sleep(for: .seconds(60))
      return .undefined
    }
    page.driver.receive(frameHello)
    for id in 1...3 { page.driver.receive(.frame(.invoke, id: UInt64(id), channel: "slow")) }
    #expect(try await page.end.first(1)[0]?.reason == .tooManyCalls(limit: 2))
  }

  @Test func `too many ports end the connection, from either side`() async throws {
    var limits = StreamLimits()
    limits.ports = 2
    let received = PlayedFrame(limits)
    received.driver.receive(frameHello, .frame(.mainPostMessage, channel: "x", ports: [1, 3, 5]))
    #expect(try await received.end.first(1)[0]?.reason == .tooManyPorts(limit: 2))
    let sent = PlayedFrame(limits)
    let ports = (0..<3).map { _ in MessageChannelMain(in: sent.main).port1 }
    try sent.contents.postMessage("x", 1, transfer: ports)
    #expect(try await sent.end.first(1)[0]?.reason == .tooManyPorts(limit: 2))
  }

  /// Whoever posts on a port of another page must not end that page's connection.
  @Test func `a port whose message brings too many ports closes, not the connection`() async throws
  {
    var limits = StreamLimits()
    limits.ports = 3
    let page = PlayedFrame(limits)
    page.driver.receive(frameHello)
    let relayed = MessageChannelMain(in: page.main)
    try page.contents.postMessage("port", nil, transfer: [relayed.port2])
    let closes = Recorder<Bool>()
    relayed.port1.on(.close) { closes.record(true) }
    relayed.port1.start()
    let ports = (0..<3).map { _ in MessageChannelMain(in: page.main).port1 }
    try relayed.port1.postMessage("too many", transfer: ports)
    let kinds = try page.driver.takeFrames().compactMap { frame -> StreamFrame.Kind? in
      guard case .message(let message) = frame else { return nil }
      return message.kind
    }
    #expect(kinds == [.framePostMessage, .portClose])
    #expect(try await closes.first(1) == [true])
    #expect(!page.driver.closing.isClosed)
    #expect(page.end.all.isEmpty)
    withExtendedLifetime(ports) {}
  }

  /// In time that grows with the number: the limit of the suite is passed by far if each message costs a look at all others.
  @Test func `much may wait in a port`() throws {
    let page = PlayedFrame()
    page.driver.receive(frameHello, .frame(.mainPostMessage, channel: "x", ports: [1]))
    let frames = (0..<100).map { _ in StreamFrame.frame(.portMessage, port: 1) }
    var bytes: [UInt8] = []
    for frame in frames { StreamFrameCodec(frameLength: .max).encode(frame, into: &bytes) }
    for _ in 0..<1000 { page.connection.receive(bytes[...]) }
    #expect(!page.driver.closing.isClosed)
  }

  /// A page can put ports into ports as deep as it likes.
  @Test func `ports in the messages of ports are relayed without recursion`() throws {
    let page = PlayedFrame()
    page.driver.receive(frameHello)
    let depth = 20_000
    let channels = (0...depth).map { _ in MessageChannelMain(in: page.main) }
    for (outer, inner) in zip(channels, channels.dropFirst()) {
      try outer.port1.postMessage(nil, transfer: [inner.port2])
    }
    try page.contents.postMessage("port", nil, transfer: [channels[0].port2])
    // The hello and the first message come before them.
    #expect(try page.driver.takeFrames().count == depth + 2)
    // Ports that are forgotten close.
    withExtendedLifetime(channels) {}
  }

  @Test func `a reader that does not read ends the connection at the limit`() async throws {
    var limits = StreamLimits()
    limits.outputBytes = 10_000
    let page = PlayedFrame(limits)
    page.driver.receive(frameHello)
    let text = CloneValue(String(repeating: "x", count: 1000))
    for _ in 0..<9 { page.contents.send("x", text) }
    #expect(page.end.all.isEmpty)
    // What a driver has taken and not written counts, too.
    _ = try page.driver.takeFrames(writes: false)
    page.contents.send("x", text)
    #expect(try await page.end.first(1) == [StreamError(.outputLimit(10_000))])
  }

  @Test func `ports wait for a reader that does not read`() async throws {
    var limits = StreamLimits()
    limits.highWaterMark = 5000
    let page = PlayedFrame(limits)
    let channel = MessageChannelMain(in: page.main)
    try page.contents.postMessage("port", .null, transfer: [channel.port2])
    _ = try page.driver.takeFrames()
    let text = CloneValue(String(repeating: "x", count: 1000))
    for _ in 0..<100 { try channel.port1.postMessage(text) }
    channel.port1.close()
    var frames = try page.driver.takeFrames(writes: false)
    #expect(frames.count == 5)
    #expect(try page.driver.takeFrames(writes: false).isEmpty)
    // As it is read, all the rest comes, in portions and with the end behind it.
    page.connection.didWrite(frames.count * 1028)
    while true {
      let next = try page.driver.takeFrames()
      #expect(next.count <= 6)
      frames += next
      if next.isEmpty { break }
    }
    #expect(frames.count == 101)
    #expect(frames.last == .frame(.portClose, port: 2))
  }

  @Test func `while listeners are slow nothing is read`() async throws {
    var limits = StreamLimits()
    limits.highWaterMark = 1000
    let page = PlayedFrame(limits)
    page.driver.receive(frameHello)
    #expect(page.connection.isReading)
    let blocker = DispatchSemaphore(value: 0)
    page.main.loop.enqueue { blocker.wait() }
    for _ in 0..<3 {
      page.driver.receive(
        .frame(.mainMessage, channel: "x", value: [UInt8](repeating: 0, count: 400)))
    }
    #expect(!page.connection.isReading)
    blocker.signal()
    await page.settle()
    await page.settle()
    #expect(page.connection.isReading)
  }

  @Test(arguments: [0, 1])
  func `a value may be as long as a frame, and no longer`(excess: Int) async throws {
    let text = CloneValue(String(repeating: "x", count: 5000))
    var limits = StreamLimits()
    limits.frameLength = try bytes(text).count - excess
    let page = PlayedFrame(limits)
    page.driver.receive(frameHello)
    page.contents.send("x", text)
    let frames = try page.driver.takeFrames().count
    #expect(frames == (excess == 0 ? 2 : 1))
    guard excess > 0 else { return }
    let error = StreamError(.frameLength(UInt64(limits.frameLength + 1), limit: limits.frameLength))
    #expect(try await page.end.first(1) == [error])
  }
}
