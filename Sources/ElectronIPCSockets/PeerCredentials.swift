import NIOCore

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Who is at the other end of a Unix-domain socket, as the system says it; nothing that is sent can change that.
public struct PeerCredentials: Sendable, Hashable {
  /// The process that connected or listens. It may have ended since, and the number may be another's.
  public let processID: Int32
  /// The user that the process had.
  public let userID: UInt32

  /// Whether the other side has the user of this process.
  public var isSameUser: Bool { userID == geteuid() }

  /// Asks the system.
  static func of(_ channel: any Channel) -> EventLoopFuture<PeerCredentials> {
    guard let socket = channel as? any SocketOptionProvider else {
      return channel.eventLoop.makeFailedFuture(ChannelError.operationUnsupported)
    }
    #if canImport(Darwin)
      let user: EventLoopFuture<xucred> = socket.unsafeGetSocketOption(
        level: .init(rawValue: 0), name: .init(rawValue: LOCAL_PEERCRED))
      let process: EventLoopFuture<pid_t> = socket.unsafeGetSocketOption(
        level: .init(rawValue: 0), name: .init(rawValue: LOCAL_PEERPID))
      return user.and(process).map { PeerCredentials(processID: $1, userID: $0.cr_uid) }
    #else
      let credentials: EventLoopFuture<LinuxCredentials> = socket.unsafeGetSocketOption(
        level: .socket, name: .init(rawValue: SO_PEERCRED))
      return credentials.map { PeerCredentials(processID: $0.pid, userID: $0.uid) }
    #endif
  }
}

#if !canImport(Darwin)
  /// Linux's `struct ucred`, which the C library hides.
  private struct LinuxCredentials {
    let pid: Int32
    let uid: UInt32
    let gid: UInt32
  }
#endif
