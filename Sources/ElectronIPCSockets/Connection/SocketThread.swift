package import NIOPosix

/// The thread that moves the bytes of connections which have none of their own. No listener runs on it, so a listener may
/// wait for what it brings.
package enum SocketThread {
  package static let shared = MultiThreadedEventLoopGroup(numberOfThreads: 1)
}
