public import ElectronIPC
import NodeClone
public import StructuredClone
import Synchronization

/// The `process` of a program that Node started with `child_process.fork(…, { execPath, serialization: 'advanced' })`: the
/// messages of `process.send` and `process.on('message')`, without ElectronIPC.
///
/// ```swift
/// let process = try NodeProcess.open { process, message in
///   try process.send(["echo": message])
/// }
/// await process.disconnected
/// ```
///
/// The channel is one, and is for messages or for ElectronIPC: ``NodeParent``.
public final class NodeProcess: StreamEndpoint {
  /// Gets a message. What it throws closes the channel.
  public typealias Listener = @Sendable (NodeProcess, CloneValue) throws -> Void

  private struct State {
    var driver: (any StreamDriver)?
    var output = StreamOutput()
    /// Bytes that are to be sent, or are being sent.
    var unwritten = 0
    var isConnected = true
  }

  private let listener: Listener
  private let limits: StreamLimits
  private let encoder = NodeChannelEncoder()
  private let decoder: Mutex<NodeChannelDecoder>
  private let state = Mutex(State())
  private let end = IPCPromise()

  /// Makes an end of a channel that is nowhere yet.
  package init(limits: StreamLimits, listener: @escaping Listener) {
    self.limits = limits
    self.listener = listener
    decoder = Mutex(NodeChannelDecoder(limits: CloneLimits(inputSize: limits.frameLength)))
  }

  /// Opens the channel to the process that started this one.
  ///
  /// - Parameters:
  ///   - limits: `frameLength` for a message and `outputBytes` for what waits to be sent.
  ///   - listener: is called for each message in order, on one thread, which does nothing else; while it runs nothing is
  ///     read. Messages of Node's own, such as for handles, are not given.
  /// - Throws: that there is no such process.
  public static func open(
    limits: StreamLimits = .default, listener: @escaping Listener
  ) throws(IPCSocketError) -> NodeProcess {
    let process = NodeProcess(limits: limits, listener: listener)
    ThreadDriver.start(try NodeParent.channel(), for: process)
    return process
  }

  /// Whether messages can be sent.
  public var isConnected: Bool { state.withLock { $0.isConnected } }

  /// Comes once the channel is closed, by either side.
  ///
  /// - Throws: why, if it should not be.
  public var disconnected: Void {
    get async throws(IPCError) { _ = try await end.value }
  }

  /// Sends a message; does not wait. Nothing happens once the channel is closed.
  ///
  /// - Throws: what cannot be cloned, with the path to it.
  public func send(_ message: CloneValue) throws(DataCloneError) {
    let bytes = try encoder.encode(message)
    let (driver, isTooMuch) = state.withLock { state -> ((any StreamDriver)?, Bool) in
      guard state.isConnected else { return (nil, false) }
      let (unwritten, isPast) = state.unwritten.addingReportingOverflow(bytes.count)
      guard !isPast, unwritten <= limits.outputBytes else { return (state.driver, true) }
      state.output.append(bytes[...])
      state.output.endMessage()
      state.unwritten = unwritten
      return (state.driver, false)
    }
    if isTooMuch {
      fail("more than \(limits.outputBytes) bytes wait to be sent: Node does not read")
    } else {
      driver?.outputIsReady()
    }
  }

  /// Closes the channel behind what was sent; Node's process gets `disconnect`.
  public func disconnect() { finish(.success(.undefined), afterOutput: true) }

  private func fail(_ reason: String) { finish(.failure(IPCError(reason)), afterOutput: false) }

  private func finish(_ outcome: IPCPromise.Outcome, afterOutput: Bool) {
    let driver = state.withLock { state in
      state.isConnected = false
      return state.driver
    }
    driver?.close(afterOutput: afterOutput)
    end.settle(outcome)
  }

  // MARK: - The stream

  /// Sets what moves the bytes.
  package func attach(_ driver: any StreamDriver) {
    let isConnected = state.withLock { state in
      state.driver = driver
      return state.isConnected
    }
    driver.outputIsReady()
    if !isConnected { driver.close(afterOutput: true) }
  }

  /// Takes bytes that have arrived.
  package func receive(_ chunk: ArraySlice<UInt8>) {
    decoder.withLock { $0.append(chunk) }
    do {
      while isConnected, let message = try decoder.withLock({ try $0.next() }) {
        if !NodeChannelDecoder.isInternal(message) { try listener(self, message) }
      }
    } catch {
      fail("\(error)")
    }
  }

  /// Tells that the stream is at its end.
  package func receiveEnd(_ error: StreamError?) {
    if let error { return fail("\(error)") }
    do {
      try decoder.withLock { try $0.finish() }
      finish(.success(.undefined), afterOutput: false)
    } catch {
      fail("\(error)")
    }
  }

  /// Always: what is not read waits in the channel while the listener runs.
  package var isReading: Bool { true }

  /// Whether there is as much to send as is worth a call of the system.
  package var hasBatch: Bool { state.withLock { $0.output.isBatch } }

  /// Takes what is to be sent, in pieces.
  package func takeOutput() -> [StreamPiece] { state.withLock { $0.output.take() } }

  /// Tells that bytes have been written.
  package func didWrite(_ count: Int) { state.withLock { $0.unwritten -= count } }
}
