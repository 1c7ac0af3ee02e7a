public import ElectronIPC
import NIOCore
import NIOPosix
import Synchronization

/// Lets other programs of the same user open pages of a main process, over a Unix-domain socket.
///
/// ```swift
/// let server = try await IPCSocketServer.listen(at: "/run/user/1000/app.sock", for: main) { contents, peer in
///   contents.ipc.on("hello") { event, arguments in print(peer.processID, arguments) }
/// }
/// …
/// await server.close()
/// ```
///
/// The server has one thread, on which the main process's listeners run when a message arrives: while they run nothing is
/// read, and what they send goes out when they return.
public final class IPCSocketServer: Sendable {
  /// What a server allows.
  public struct Configuration: Sendable, Hashable {
    /// What one connection may cost.
    public var limits = StreamLimits.default
    /// How many connections there may be; further ones are closed at once.
    public var connections = 1024
    /// Whether only processes of this process's user are let in. The mode of the file keeps others out, too, except the
    /// superuser.
    public var requiresSameUser = true

    /// Makes the default configuration.
    public init() {}
  }

  private struct State {
    var isOpen = true
    var channels: [ObjectIdentifier: any Channel] = [:]
  }

  private let main: MainProcess
  private let configuration: Configuration
  private let onPage: @Sendable (WebContents, PeerCredentials) -> Void
  private let file: SocketFile
  private let threads = MultiThreadedEventLoopGroup(numberOfThreads: 1)
  private let state = Mutex(State())
  private let listening = Mutex<(any Channel)?>(nil)

  private init(
    _ file: SocketFile, _ main: MainProcess, _ configuration: Configuration,
    _ onPage: @escaping @Sendable (WebContents, PeerCredentials) -> Void
  ) {
    self.file = file
    self.main = main
    self.configuration = configuration
    self.onPage = onPage
  }

  /// Begins to listen.
  ///
  /// - Parameters:
  ///   - path: where; at most 107 bytes on Linux and 103 on macOS. A socket there at which nobody listens is replaced, and the
  ///     new one is for this user only. Others must not be able to write to the folder.
  ///   - onPage: is called for each page where its listeners will run, before any of its messages is dispatched.
  /// - Throws: what is at the path, or which call the system refused.
  public static func listen(
    at path: String, for main: MainProcess, configuration: Configuration = Configuration(),
    onPage: @escaping @Sendable (WebContents, PeerCredentials) -> Void = { _, _ in }
  ) async throws(IPCSocketError) -> IPCSocketServer {
    let (file, descriptor) = try SocketFile.bind(path)
    let server = IPCSocketServer(file, main, configuration, onPage)
    do {
      let channel = try await ServerBootstrap(group: server.threads)
        .childChannelInitializer { server.accept($0) }
        .withBoundSocket(descriptor)
        .get()
      server.listening.withLock { $0 = channel }
      return server
    } catch {
      file.remove()
      throw IPCSocketError(.system(call: "listen", text: "\(error)"), path: path)
    }
  }

  /// How many connections there are.
  public var connectionCount: Int { state.withLock { $0.channels.count } }

  /// Stops listening, closes the pages of all connections behind what was sent to them, and removes the file.
  ///
  /// - Parameter deadline: how long a connection may take to read what was sent; after that it is cut.
  public func close(deadline: Duration = .seconds(5)) async {
    let channels = state.withLock { state in
      state.isOpen = false
      return Array(state.channels.values)
    }
    let channel = listening.withLock { channel in
      defer { channel = nil }
      return channel
    }
    guard let channel else { return }
    try? await channel.close().get()
    file.remove()
    await withTaskGroup { group in
      for channel in channels {
        group.addTask { try? await channel.closeFuture.get() }
      }
      for contents in pages.withLock({ Array($0.values) }) { contents.destroy() }
      let cut = Task {
        try await Task.sleep(for: deadline)
        for channel in channels { channel.close(promise: nil) }
      }
      await group.waitForAll()
      cut.cancel()
    }
    try? await threads.shutdownGracefully()
  }

  private let pages = Mutex<[Int: WebContents]>([:])

  // MARK: - Connections

  private func accept(_ channel: any Channel) -> EventLoopFuture<Void> {
    let key = ObjectIdentifier(channel)
    let isAllowed = state.withLock { state in
      guard state.isOpen, state.channels.count < configuration.connections else { return false }
      state.channels[key] = channel
      return true
    }
    guard isAllowed else {
      log("a connection is refused: there are \(configuration.connections)")
      return channel.close()
    }
    channel.closeFuture.whenComplete { _ in
      self.state.withLock { _ = $0.channels.removeValue(forKey: key) }
    }
    return PeerCredentials.of(channel).flatMap { peer in
      guard peer.isSameUser || !self.configuration.requiresSameUser else {
        self.log("a connection is refused: \(IPCSocketError(.otherUser(peer)))")
        return channel.close()
      }
      return channel.eventLoop.makeCompletedFuture { try self.open(channel, peer) }
    }
  }

  private func open(_ channel: any Channel, _ peer: PeerCredentials) throws {
    let id = main.makeID()
    let connection = StreamConnection<MainBoundMessage, FrameBoundMessage>(
      StreamFrameCodec(frameLength: configuration.limits.frameLength),
      limits: configuration.limits, processID: id, loop: main.loop
    ) { error in
      if let error { self.log("process \(peer.processID): \(error)") }
      self.pages.withLock { $0.removeValue(forKey: id) }?.destroy()
    }
    main.loop.enqueue { [self] in
      let contents = main.openPage(over: connection, processID: id)
      pages.withLock { $0[id] = contents }
      onPage(contents, peer)
    }
    try ServerDriver.configure(channel, for: connection)
  }

  private func log(_ text: String) { main.diagnostics.log("\(file.path): \(text)") }
}
