import ElectronIPC
import ElectronIPCSockets
import StructuredClone
import Testing

/// The messages of `process.send`, between two ends in this program; `ExamplesTests` has a Node process at one.
@Suite(.timeLimit(.minutes(5)))
struct NodeProcessTests {
  /// Two ends of a channel.
  private func makePair(
    limits: StreamLimits = .default, _ left: @escaping NodeProcess.Listener,
    _ right: @escaping NodeProcess.Listener
  ) throws -> (NodeProcess, NodeProcess) {
    let ends = (
      NodeProcess(limits: limits, listener: left), NodeProcess(limits: limits, listener: right)
    )
    let (first, second) = try UnixSocket.pair()
    ThreadDriver.start(first, for: ends.0)
    ThreadDriver.start(second, for: ends.1)
    return ends
  }

  private func end(_ process: NodeProcess) async -> String? {
    do {
      try await process.disconnected
      return nil
    } catch {
      return error.message
    }
  }

  @Test
  func `messages arrive in order, both ways, and before the end`() async throws {
    let got = Recorder<CloneValue>()
    let (parent, child) = try makePair(
      { _, message in got.record(message) },
      { process, message in
        if message == "quit" { return process.disconnect() }
        try process.send(["echo": message])
      })
    for number in 0..<100 { try parent.send(.number(Double(number))) }
    try parent.send("quit")
    #expect(await end(child) == nil)
    #expect(await end(parent) == nil)
    #expect(got.all == (0..<100).map { ["echo": .number(Double($0))] })
    #expect(!parent.isConnected && !child.isConnected)
    try parent.send("nobody hears it")
  }

  @Test
  func `Node's own messages are not given`() async throws {
    let got = Recorder<CloneValue>()
    let (parent, _) = try makePair({ _, _ in }, { _, message in got.record(message) })
    try parent.send(["cmd": "NODE_HANDLE"])
    try parent.send(["cmd": "mine"])
    #expect(try await got.first(1) == [["cmd": "mine"]])
    parent.disconnect()
  }

  @Test
  func `what cannot be cloned is refused, and the channel stays`() async throws {
    let got = Recorder<CloneValue>()
    let (parent, _) = try makePair({ _, _ in }, { _, message in got.record(message) })
    #expect(throws: DataCloneError.self) { try parent.send(["a": function]) }
    try parent.send(1)
    #expect(try await got.first(1) == [1])
    parent.disconnect()
  }

  @Test
  func `a listener that throws closes the channel`() async throws {
    let (parent, child) = try makePair({ _, _ in }, { _, _ in throw IPCError("enough") })
    try parent.send(1)
    #expect(await end(child) == "Error: enough")
    #expect(await end(parent) == nil)
  }

  @Test
  func `messages that are too long, or that nobody reads, close the channel`() async throws {
    var limits = StreamLimits.default
    limits.frameLength = 1000
    let (parent, child) = try makePair(limits: limits, { _, _ in }, { _, _ in })
    try parent.send(CloneValue(String(repeating: "x", count: 2000)))
    #expect(await end(child)?.contains("limit") == true)
    #expect(await end(parent) == nil)

    limits.outputBytes = 1000
    let alone = NodeProcess(limits: limits) { _, _ in }
    for _ in 0..<3 { try alone.send(CloneValue(String(repeating: "x", count: 400))) }
    #expect(await end(alone) == "more than 1000 bytes wait to be sent: Node does not read")
  }
}
