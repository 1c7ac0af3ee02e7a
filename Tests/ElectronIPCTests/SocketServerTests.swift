import ElectronIPC
import ElectronIPCSockets
import Foundation
import StructuredClone
import Testing

/// Real sockets in the file system.
@Suite(.timeLimit(.minutes(5)))
struct SocketServerTests {
  /// A main process that listens.
  private struct Listening {
    let path: String
    let main: MainProcess
    let log = Recorder<String>()
    let peers = Recorder<PeerCredentials>()
    let server: IPCSocketServer

    init(
      _ path: String = Listening.newPath(),
      _ configuration: IPCSocketServer.Configuration = .init()
    ) async throws {
      self.path = path
      main = MainProcess(
        diagnostics: IPCDiagnostics(
          log: { [log] in log.record($0) }, uncaughtException: { [log] in log.record("\($0)") }))
      try main.ipcMain.handle("echo") { _, arguments in arguments[0] }
      server = try await IPCSocketServer.listen(
        at: path, for: main, configuration: configuration
      ) { [peers] _, peer in peers.record(peer) }
    }

    static func newPath() -> String {
      FileManager.default.temporaryDirectory.appending(
        path: "ipc-\(UUID().uuidString.prefix(13)).sock"
      ).path
    }

    func connect() async throws -> IPCRenderer {
      try await IPCRenderer.connect(to: path, diagnostics: quiet)
    }
  }

  @Test func `a page in another program has the whole facade`() async throws {
    let listening = try await Listening()
    let renderer = try await listening.connect()
    #expect(try await renderer.invoke("echo", "hello") == "hello")
    #expect(listening.peers.all.map(\.processID) == [getpid()])
    #expect(listening.peers.all.map(\.isSameUser) == [true])
    await listening.server.close()
    #expect(!FileManager.default.fileExists(atPath: listening.path))
    #expect(listening.log.all.isEmpty)
  }

  @Test func `the file is for this user only`() async throws {
    let listening = try await Listening()
    let attributes = try FileManager.default.attributesOfItem(atPath: listening.path)
    #expect(attributes[.posixPermissions] as? Int == 0o600)
    await listening.server.close()
  }

  @Test func `a socket at which nobody listens is replaced, another is not`() async throws {
    let path = Listening.newPath()
    let (_, descriptor) = try SocketFile.bind(path)
    UnixSocket.close(descriptor)
    #expect(FileManager.default.fileExists(atPath: path))
    let listening = try await Listening(path)
    await #expect(throws: IPCSocketError(.inUse, path: path)) { try await Listening(path) }
    await listening.server.close()
  }

  @Test func `what is no socket is not replaced`() async throws {
    let path = Listening.newPath()
    try Data("text".utf8).write(to: URL(filePath: path))
    await #expect(throws: IPCSocketError(.notASocket, path: path)) { try await Listening(path) }
    #expect(try Data(contentsOf: URL(filePath: path)) == Data("text".utf8))
    try FileManager.default.removeItem(atPath: path)
  }

  @Test func `a path that is too long is refused`() async throws {
    let path = "/tmp/" + String(repeating: "x", count: 120)
    let error = await #expect(throws: IPCSocketError.self) { try await Listening(path) }
    #expect(error?.path == path)
    #expect(error?.description.contains("the path of a socket has at most") == true)
  }

  @Test func `where nobody listens the system's word is the error`() async throws {
    let path = Listening.newPath()
    let error = await #expect(throws: IPCSocketError.self) {
      try await IPCRenderer.connect(to: path, diagnostics: quiet)
    }
    #expect(error?.path == path)
  }

  @Test func `another file at the path outlives the server`() async throws {
    let listening = try await Listening()
    try FileManager.default.removeItem(atPath: listening.path)
    try Data("text".utf8).write(to: URL(filePath: listening.path))
    await listening.server.close()
    #expect(try Data(contentsOf: URL(filePath: listening.path)) == Data("text".utf8))
    try FileManager.default.removeItem(atPath: listening.path)
  }

  @Test func `further connections are closed at once`() async throws {
    var configuration = IPCSocketServer.Configuration()
    configuration.connections = 1
    let listening = try await Listening(Listening.newPath(), configuration)
    let first = try await listening.connect()
    await #expect(throws: IPCSocketError.self) { try await listening.connect() }
    #expect(try await first.invoke("echo", 1) == 1)
    first.release()
    for _ in 0..<1000 where listening.server.connectionCount > 0 {
      try await Task.sleep(for: .milliseconds(2))
    }
    #expect(listening.server.connectionCount == 0)
    let second = try await listening.connect()
    #expect(try await second.invoke("echo", 2) == 2)
    await listening.server.close()
  }

  @Test func `what was sent before a shutdown arrives`() async throws {
    let listening = try await Listening()
    let renderer = try await listening.connect()
    let arrived = Recorder<Int>()
    renderer.on("x") { _, arguments in arrived.record(arguments[0].integer ?? -1) }
    _ = try await renderer.invoke("echo", 0)
    let text = CloneValue(String(repeating: "x", count: 10_000))
    for number in 0..<200 {
      for contents in listening.main.allWebContents {
        contents.send("x", .number(Double(number)), text)
      }
    }
    await listening.server.close()
    #expect(try await arrived.first(200) == Array(0..<200))
    await #expect(throws: IPCError("IPC method called after context was released")) {
      _ = try await renderer.invoke("echo", 1)
    }
    #expect(listening.main.allWebContents.isEmpty)
  }

  @Test func `hostile bytes end their connection and no other`() async throws {
    let listening = try await Listening()
    let good = try await listening.connect()
    for bytes: [UInt8] in [
      Array("GET / HTTP/1.1\r\n\r\n".utf8), [0xFF, 0xFF, 0xFF, 0xFF],
      [1, 0, 0, 0, 0x77],
    ] {
      let bad = try UnixSocket.make()
      #expect(UnixSocket.connect(bad, to: try UnixAddress(listening.path)))
      let file = FileHandle(fileDescriptor: bad, closeOnDealloc: true)
      try file.write(contentsOf: bytes)
      // The hello of the other side, and then the end.
      #expect(try file.readToEnd()?.count == 24)
      #expect(try await good.invoke("echo", "still here") == "still here")
    }
    #expect(try await listening.log.first(3).count == 3)
    #expect(
      listening.log.all[1].hasSuffix(
        "process \(getpid()): offset 0: a frame of 4294967295 bytes; from 1 to 67108864 are allowed"
      ))
    await listening.server.close()
  }

  // MARK: - Ports across connections

  @Test func `a port between two connections is relayed in order`() async throws {
    let listening = try await Listening()
    let first = try await listening.connect()
    let second = try await listening.connect()
    // The main process introduces the second page to the first.
    listening.main.ipcMain.on("introduce") { event, _ in
      for contents in listening.main.allWebContents where contents.id != event.sender.id {
        try contents.postMessage("port", .null, transfer: event.ports ?? [])
      }
    }
    let arrived = Recorder<CloneValue>()
    let closed = Recorder<Bool>()
    second.on("port") { event, _ in
      let port = event.ports[0]
      port.addEventListener(.message) { event in arrived.record(event.data) }
      port.addEventListener(.close) { closed.record(true) }
      port.start()
    }
    let channel = MessageChannel(in: first)
    // Some wait in the port before it goes.
    for number in 0..<50 { try channel.port1.postMessage(.number(Double(number))) }
    try first.postMessage("introduce", .null, transfer: [channel.port2])
    for number in 50..<200 { try channel.port1.postMessage(.number(Double(number))) }
    #expect(try await arrived.first(200).compactMap(\.integer) == Array(0..<200))
    #expect(closed.all.isEmpty)
    // Losing either connection closes it.
    first.release()
    #expect(try await closed.first(1) == [true])
    await listening.server.close()
  }
}

private let quiet = IPCDiagnostics(log: { _ in }, uncaughtException: { _ in })
