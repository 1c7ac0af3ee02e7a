public import ElectronIPC

extension IPCRenderer {
  /// Opens a page of the main process that listens at a path, in another program or in this one.
  ///
  /// - Parameters:
  ///   - requiresSameUser: whether the process that listens must be one of this process's user.
  ///   - diagnostics: where uncaught exceptions of the page's listeners go, and why the connection ended if it was not closed.
  ///   - preload: runs before anything can arrive.
  /// - Throws: that nobody listens, another user does, or the other side does not say hello.
  public static func connect(
    to path: String, limits: StreamLimits = .default, requiresSameUser: Bool = true,
    diagnostics: IPCDiagnostics = .standardError,
    preload: @Sendable (IPCRenderer) throws -> Void = { _ in }
  ) async throws(IPCSocketError) -> IPCRenderer {
    let connection = makeConnection(
      StreamFrameCodec(frameLength: limits.frameLength), limits, diagnostics)
    let (descriptor, peer) = try await UnixSocket.connect(to: path)
    guard peer.isSameUser || !requiresSameUser else {
      UnixSocket.close(descriptor)
      throw IPCSocketError(.otherUser(peer), path: path)
    }
    ThreadDriver.start(descriptor, for: connection)
    return try await open(over: connection, path, diagnostics, preload)
  }

  /// Opens a page over a connected stream socket, such as one of a pair whose other is a child's or the parent's.
  ///
  /// - Parameter descriptor: is the connection's from now on.
  /// - Throws: that the other side does not say hello.
  public static func connect(
    descriptor: Int32, limits: StreamLimits = .default,
    diagnostics: IPCDiagnostics = .standardError,
    preload: @Sendable (IPCRenderer) throws -> Void = { _ in }
  ) async throws(IPCSocketError) -> IPCRenderer {
    let connection = makeConnection(
      StreamFrameCodec(frameLength: limits.frameLength), limits, diagnostics)
    ThreadDriver.start(descriptor, for: connection)
    return try await open(over: connection, nil, diagnostics, preload)
  }

  typealias Connection = StreamConnection<FrameBoundMessage, MainBoundMessage>

  static func makeConnection(
    _ codec: any StreamCodec, _ limits: StreamLimits, _ diagnostics: IPCDiagnostics
  ) -> Connection {
    Connection(codec, limits: limits) { error in
      if let error { diagnostics.log("ElectronIPC: \(error)") }
    }
  }

  static func open(
    over connection: Connection, _ path: String?, _ diagnostics: IPCDiagnostics,
    _ preload: (IPCRenderer) throws -> Void
  ) async throws(IPCSocketError) -> IPCRenderer {
    let hello = await withCheckedContinuation { continuation in
      connection.whenHelloArrived { continuation.resume(returning: $0) }
    }
    guard let hello else { throw IPCSocketError(.noHello, path: path) }
    let process = RendererProcess(id: Int(hello.processID), diagnostics: diagnostics)
    return IPCRenderer(over: connection, in: process, preload: preload)
  }
}
