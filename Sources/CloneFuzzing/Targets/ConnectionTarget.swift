import Dispatch
import ElectronIPC
import StructuredClone
import Synchronization

/// What arrives over a connection of ElectronIPC, at the side of a main process and at that of a page: bytes as they are, and
/// frames that are valid by themselves, in any state.
public struct ConnectionTarget {
  /// How many frames of a run are made from the bytes, for each side.
  static let frameCount = 32

  /// A stream with a frame of every kind.
  public static var sampleStream: [UInt8] {
    var bytes: [UInt8] = []
    let codec = StreamFrameCodec(frameLength: limits.frameLength)
    codec.encode(.hello(StreamHello(role: .frame)), into: &bytes)
    for kind in StreamFrame.Kind.allCases {
      codec.encode(
        .message(.init(kind, id: 1, port: 1, channel: "echo", value: .bytes([0xFF]), ports: [1])),
        into: &bytes)
    }
    return bytes
  }

  private static let limits = {
    var limits = StreamLimits()
    limits.frameLength = 1 << 16
    limits.outputBytes = 1 << 16
    limits.inputBytes = 1 << 16
    limits.highWaterMark = 1 << 12
    limits.pendingCalls = 8
    limits.ports = 16
    return limits
  }()

  let calls: FuzzCalls

  func run(_ input: FuzzInput) {
    for bytes in [input.payload, longFrames(input) + input.payload] {
      let pieces = [bytes.count, 1 + Int(input.options.first ?? 0) % 32]
      let found = pieces.map { frames(bytes, pieces: $0) }
      calls.require(found[0] == found[1], "frames do not depend on how bytes arrive")
    }
    playMain(input)
    playFrame(input)
  }

  /// Two frames around the length from which on values are gathered apart.
  private func longFrames(_ input: FuzzInput) -> [UInt8] {
    var decisions = Decisions(input.options + input.payload)
    var bytes: [UInt8] = []
    for kind in [StreamFrame.Kind.framePostMessage, .mainMessage] {
      let count = 1900 + decisions.below(256)
      let value = (0..<count).map { UInt8(truncatingIfNeeded: $0) ^ decisions.byte() }
      let channel = CloneString(latin1: [UInt8](repeating: 0x63, count: decisions.below(256)))
      let message = StreamFrame.Message(
        kind, channel: channel, value: .bytes(value),
        ports: kind == .framePostMessage ? [UInt32(decisions.byte())] : [])
      StreamFrameCodec(frameLength: .max).encode(.message(message), into: &bytes)
    }
    // What is wrong with it is found once it is there.
    if decisions.below(4) == 0 { bytes[decisions.below(256)] ^= 1 << decisions.below(8) }
    return bytes
  }

  /// Frames, and the error behind them.
  private func frames(_ bytes: [UInt8], pieces size: Int) -> [String] {
    var codec = StreamFrameCodec(frameLength: Self.limits.frameLength)
    var found: [String] = []
    do throws(StreamError) {
      for start in stride(from: 0, to: bytes.count, by: max(1, size)) {
        codec.append(bytes[start..<min(start + size, bytes.count)])
        while let frame = try calls.measure(
          "StreamFrameCodec.next", { () throws(StreamError) in try codec.next() })
        {
          check(frame)
          found.append("\(frame)")
        }
      }
      try codec.finish()
    } catch {
      found.append(error.description)
    }
    return found
  }

  /// What is written of a frame is read as the same.
  private func check(_ frame: StreamFrame) {
    var bytes: [UInt8] = []
    StreamFrameCodec(frameLength: .max).encode(frame, into: &bytes)
    var codec = StreamFrameCodec(frameLength: .max)
    codec.append(bytes[...])
    calls.require((try? codec.next()) == frame, "what is sent is received: \(frame)")
    calls.require(codec.position == bytes.count, "a frame is all of its bytes")
    guard case .message(let message) = frame else { return }
    var output = StreamOutput()
    StreamFrameCodec(frameLength: .max).encode(message, into: &output)
    calls.require(output.take().flatMap(\.bytes) == bytes, "pieces are the same bytes: \(frame)")
  }

  // MARK: - Connections

  /// Plays a page, beside another one that must notice nothing.
  private func playMain(_ input: FuzzInput) {
    let main = MainProcess(diagnostics: silent)
    serve(main)
    let played = Peer<MainBoundMessage, FrameBoundMessage>(Self.limits, main.loop)
    let witness = Peer<MainBoundMessage, FrameBoundMessage>(Self.limits, main.loop)
    _ = main.openPage(over: played.connection, processID: 1)
    _ = main.openPage(over: witness.connection, processID: 2)
    let hello = StreamFrame.hello(StreamHello(role: .frame))
    witness.receive([hello])
    played.receive([hello] + frames(from: input, of: .frame))
    played.receive(input.payload)
    witness.receive([.message(.init(.invoke, id: 77, channel: "echo", value: .bytes(arguments(7))))]
    )
    for _ in 0..<100 where witness.frames.count < 2 { wait(for: main.loop) }
    let seen = witness.frames
    calls.require(
      seen.count == 2, "another connection gets what it asked for and no more: \(seen)")
    guard case .message(let reply) = seen.last, reply.kind == .invokeReply, reply.id == 77 else {
      calls.fail("another connection gets its own reply: \(seen)")
    }
    played.end()
    witness.end()
    main.quit()
    wait(for: main.loop)
    calls.require(main.allWebContents.isEmpty, "pages end")
  }

  private func serve(_ main: MainProcess) {
    try? main.ipcMain.handle("echo") { _, arguments in arguments.first ?? .null }
    try? main.ipcMain.handle("wait") { _, _ in
      await Task.yield()
      return .null
    }
    main.ipcMain.on("echo") { event, arguments in
      event.returnValue = arguments.first ?? .null
      event.reply?("echo")
    }
    main.ipcMain.on("port") { event, _ in
      for port in event.ports ?? [] {
        port.on(.message) { message in try port.postMessage(message.data, transfer: message.ports) }
        port.start()
      }
    }
    main.ipcMain.on("back") { event, arguments in
      try event.sender.postMessage("back", .null, transfer: event.ports ?? [])
    }
  }

  /// Plays a main process.
  private func playFrame(_ input: FuzzInput) {
    let process = MainProcess(diagnostics: silent).makeRendererProcess()
    let peer = Peer<FrameBoundMessage, MainBoundMessage>(Self.limits, nil)
    let renderer = IPCRenderer(over: peer.connection, in: process) { renderer in
      renderer.on("port") { event, _ in
        for port in event.ports {
          port.onmessage = { message in try port.postMessage(message.data, transfer: message.ports)
          }
        }
      }
      renderer.on("back") { event, _ in
        try event.sender.postMessage("back", transfer: event.ports)
      }
    }
    let promises = (0..<3).map { _ in try? renderer.startInvoke("echo", 1) }
    peer.receive([.hello(StreamHello(role: .main))] + frames(from: input, of: .main))
    peer.receive(input.payload)
    peer.end()
    renderer.release()
    // A reply that has arrived may be on its way.
    let isDone = DispatchSemaphore(value: 0)
    process.enqueue { isDone.signal() }
    isDone.wait()
    for promise in promises {
      calls.require(promise?.isSettled != false, "a call ends with its page")
    }
  }

  // MARK: - Frames

  /// One argument, in Electron's bytes.
  private func arguments(_ number: UInt8) -> [UInt8] {
    [0xFF, 0x13, 0xFF, 0x0F, 0x41, 1, 0x49, 2 * number, 0x24, 0, 1]
  }

  /// Frames that are valid by themselves; most are of the side that plays.
  private func frames(from input: FuzzInput, of sender: StreamRole) -> [StreamFrame] {
    var decisions = Decisions(input.payload + input.options)
    let channels: [CloneString] = ["echo", "port", "back", "wait", ""]
    let own: [StreamFrame.Kind] =
      sender == .frame
      ? [.mainMessage, .invoke, .messageSync, .mainPostMessage, .messageHost]
      : [.frameMessage, .framePostMessage, .invokeReply, .syncReply]
    return (0..<Self.frameCount).map { number in
      let kind =
        decisions.below(24) == 0
        ? decisions.pick(StreamFrame.Kind.allCases)
        : decisions.pick(own + [.portMessage, .portMessage, .portClose])
      var message = StreamFrame.Message(kind)
      // Rising numbers most of the time: others end the connection.
      message.id = sender == .frame ? UInt64(1 + number) : UInt64(1 + decisions.below(3))
      if decisions.below(32) == 0 { message.id = UInt64(1 + decisions.below(8)) }
      message.port = UInt32(decisions.below(8))
      message.channel = decisions.pick(channels)
      message.value = .bytes(arguments(UInt8(decisions.below(4))))
      if decisions.below(8) == 0 { message.value = .bytes(Array(input.payload.prefix(64))) }
      for _ in 0..<(decisions.below(4) / 2) {
        let first = sender == .frame ? 1 : 2
        message.ports.append(UInt32(first + 2 * number))
      }
      return .message(message)
    }
  }
}

/// Waits until a loop has done what it has to do.
private func wait(for loop: EventLoop) {
  let isDone = DispatchSemaphore(value: 0)
  loop.enqueue { isDone.signal() }
  isDone.wait()
}

private let silent = IPCDiagnostics(log: { _ in }, uncaughtException: { _ in })

/// A connection whose socket is played. What it sends is kept; it runs the loop of its side.
private final class Peer<Incoming: StreamMessage, Outgoing: StreamMessage>: StreamDriver {
  let connection: StreamConnection<Incoming, Outgoing>
  private let codec: Mutex<(codec: StreamFrameCodec, frames: [StreamFrame])>

  init(_ limits: StreamLimits, _ loop: EventLoop?) {
    let codec = StreamFrameCodec(frameLength: limits.frameLength)
    self.codec = Mutex((codec, []))
    connection = StreamConnection(codec, limits: limits, processID: 1, loop: loop) {
      _ in
    }
    connection.attach(self)
  }

  /// Lets frames arrive.
  func receive(_ frames: [StreamFrame]) {
    var bytes: [UInt8] = []
    for frame in frames { StreamFrameCodec(frameLength: .max).encode(frame, into: &bytes) }
    receive(bytes)
  }

  /// Lets bytes arrive.
  func receive(_ bytes: [UInt8]) {
    connection.receive(bytes[...])
    write()
  }

  /// Lets the stream end.
  func end() { connection.receiveEnd(nil) }

  /// What was sent so far.
  var frames: [StreamFrame] {
    write()
    return codec.withLock { $0.frames }
  }

  private func write() {
    codec.withLock { state in
      let bytes = Array(connection.takeOutput().map(\.bytes).joined())
      connection.didWrite(bytes.count)
      state.codec.append(bytes[...])
      while let frame = try? state.codec.next() { state.frames.append(frame) }
    }
  }

  func outputIsReady() {}
  func readingMayChange() {}
  func readHere(until isDone: () -> Bool) -> Bool { false }
  func close(afterOutput: Bool) {}
}
