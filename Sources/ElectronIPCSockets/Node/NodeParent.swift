public import ElectronIPC
import Foundation
public import StructuredClone

/// The Node process that started this program with `child_process.fork(…, { execPath, serialization: 'advanced' })`.
public enum NodeParent {
  /// The descriptor of the channel.
  ///
  /// - Throws: that no Node process started this program, or not with advanced serialization.
  static func channel() throws(IPCSocketError) -> Int32 {
    let environment = ProcessInfo.processInfo.environment
    guard let text = environment["NODE_CHANNEL_FD"], let descriptor = Int32(text),
      environment["NODE_CHANNEL_SERIALIZATION_MODE"] == "advanced",
      UnixSocket.closeOnExecution(descriptor)
    else { throw IPCSocketError(.notForked) }
    return descriptor
  }

  /// Opens a page of the main process that the parent is.
  ///
  /// - Parameters:
  ///   - onMessage: gets what the parent sends that is no frame of ElectronIPC.
  ///   - preload: runs before anything can arrive.
  /// - Throws: that there is no such parent, or that it does not say hello.
  public static func connect(
    limits: StreamLimits = .default, diagnostics: IPCDiagnostics = .standardError,
    onMessage: @escaping @Sendable (CloneValue) -> Void = { _ in },
    preload: @Sendable (IPCRenderer) throws -> Void = { _ in }
  ) async throws(IPCSocketError) -> IPCRenderer {
    let descriptor = try channel()
    let connection = IPCRenderer.makeConnection(
      NodeChannelCodec(frameLength: limits.frameLength, onOther: onMessage), limits, diagnostics)
    ThreadDriver.start(descriptor, for: connection)
    return try await IPCRenderer.open(over: connection, nil, diagnostics, preload)
  }

  /// Opens the page that the parent is, of a main process in this program.
  ///
  /// - Parameter onMessage: gets what the parent sends that is no frame of ElectronIPC.
  /// - Throws: that there is no such parent.
  public static func openPage(
    of main: MainProcess, limits: StreamLimits = .default,
    onMessage: @escaping @Sendable (CloneValue) -> Void = { _ in }
  ) throws(IPCSocketError) -> WebContents {
    let descriptor = try channel()
    return main.openPage(
      NodeChannelCodec(frameLength: limits.frameLength, onOther: onMessage),
      descriptor: descriptor, limits: limits)
  }
}
