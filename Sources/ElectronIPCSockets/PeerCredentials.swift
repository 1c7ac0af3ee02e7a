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

  /// Asks the system about a channel of SwiftNIO's.
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

  /// Asks the system about a socket; `nil` if it does not know.
  static func of(_ descriptor: Int32) -> PeerCredentials? {
    #if canImport(Darwin)
      var user = xucred()
      var process: pid_t = 0
      guard read(LOCAL_PEERCRED, 0, of: descriptor, into: &user),
        read(LOCAL_PEERPID, 0, of: descriptor, into: &process)
      else { return nil }
      return PeerCredentials(processID: process, userID: user.cr_uid)
    #else
      var credentials = LinuxCredentials(pid: 0, uid: 0, gid: 0)
      guard read(SO_PEERCRED, SOL_SOCKET, of: descriptor, into: &credentials) else { return nil }
      return PeerCredentials(processID: credentials.pid, userID: credentials.uid)
    #endif
  }

  /// Reads an option of a type that is the system's, without references.
  private static func read<Value: BitwiseCopyable>(
    _ name: Int32, _ level: Int32, of descriptor: Int32, into value: inout Value
  ) -> Bool {
    var size = socklen_t(MemoryLayout<Value>.size)
    return unsafe getsockopt(descriptor, level, name, &value, &size) == 0
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
