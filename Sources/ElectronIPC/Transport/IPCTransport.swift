/// The connection between a frame and the main process, seen from one of the two.
///
/// A transport carries messages whole, in the order in which they are sent, each at most once. It may keep what was sent
/// before the other side started. After either side has closed, and after the other end is lost, nothing more arrives.
package protocol IPCTransport<Incoming, Outgoing>: AnyObject, Sendable {
  /// What arrives.
  associatedtype Incoming: Sendable
  /// What is sent.
  associatedtype Outgoing: Sendable

  /// Begins to receive.
  ///
  /// - Parameters:
  ///   - loop: where the receiver acts on what it gets.
  ///   - receive: is called in order, never twice at the same time; with `nil` as the last once the connection is closed.
  ///     It must not send or wait: it puts the work on its loop.
  func start(on loop: EventLoop, receive: @escaping @Sendable (consuming Incoming?) -> Void)

  /// Sends a message, or drops it if the connection is closed. Does not wait.
  func send(_ message: consuming Outgoing)

  /// Closes the connection; what was sent still arrives at the other side.
  func close()

  /// Blocks the calling thread until a promise is settled that is settled by what arrives.
  func wait(for promise: IPCPromise)

  /// Whether whoever waits here for an answer keeps the other side from giving it.
  var isAnsweredOnCurrentThread: Bool { get }
}

extension IPCTransport {
  /// Blocks the calling thread; another one receives.
  package func wait(for promise: IPCPromise) { promise.wait() }
}

/// The frame's side of a connection.
package typealias FrameTransport = IPCTransport<FrameBoundMessage, MainBoundMessage>
/// The main process's side of a connection.
package typealias MainTransport = IPCTransport<MainBoundMessage, FrameBoundMessage>
