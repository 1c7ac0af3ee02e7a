/// Why a socket cannot be used.
public struct IPCSocketError: Error, Sendable, Hashable, CustomStringConvertible {
  /// Why.
  public enum Reason: Hashable, Sendable {
    /// The path is longer than the system allows, so many bytes.
    case pathTooLong(limit: Int)
    /// There is something at the path that is no socket.
    case notASocket
    /// The socket at the path is another user's.
    case ownedByOther(userID: UInt32)
    /// Somebody listens at the path.
    case inUse
    /// The other side has another user.
    case otherUser(PeerCredentials)
    /// The other side ended the connection before it said hello, or is no ElectronIPC.
    case noHello
    /// `NODE_CHANNEL_FD` is not set, or `serialization` is not `advanced`.
    case notForked
    /// The system refused a call.
    case system(call: String, text: String)
  }

  /// Why.
  public let reason: Reason
  /// The path, if there is one.
  public let path: String?

  package init(_ reason: Reason, path: String? = nil) {
    self.reason = reason
    self.path = path
  }

  /// What is wrong, where, and what to do about it.
  public var description: String { path.map { "\($0): \(text)" } ?? text }

  private var text: String {
    switch reason {
    case .pathTooLong(let limit):
      "the path of a socket has at most \(limit) bytes; use a shorter one"
    case .notASocket: "there is something that is no socket; it is not replaced"
    case .ownedByOther(let user): "the socket there belongs to user \(user); it is not replaced"
    case .inUse: "somebody listens there already"
    case .otherUser(let peer):
      "process \(peer.processID) has user \(peer.userID), which is not that of this process"
    case .noHello:
      "the other side did not say hello; is it ElectronIPC?"
    case .notForked:
      "NODE_CHANNEL_FD is not set: Node starts this program, with serialization: 'advanced'"
    case .system(let call, let text): "\(call): \(text)"
    }
  }
}
