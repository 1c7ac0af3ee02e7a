#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The file of a listening socket.
package struct SocketFile: Sendable {
  /// Where it is.
  let path: String
  /// Which file it is, so that no other is removed.
  private let identity: Identity

  private struct Identity: Equatable, Sendable {
    let device: UInt64
    let number: UInt64

    init(_ status: stat) {
      device = UInt64(truncatingIfNeeded: status.st_dev)
      number = UInt64(truncatingIfNeeded: status.st_ino)
    }
  }

  /// Makes a socket that is bound to a path and does not listen yet, so that nobody connects before the mode of the file is
  /// set: for this user only.
  ///
  /// A socket of this user's at which nobody listens is replaced; nothing else is.
  package static func bind(_ path: String) throws(IPCSocketError) -> (
    file: SocketFile, descriptor: Int32
  ) {
    let address = try UnixAddress(path)
    if let status = status(of: path) { try removeStale(address, status) }
    let descriptor = try UnixSocket.make()
    do throws(IPCSocketError) {
      try UnixSocket.bind(descriptor, to: address)
      guard unsafe chmod(path, S_IRUSR | S_IWUSR) == 0, let status = status(of: path) else {
        throw .system("chmod", path)
      }
      return (SocketFile(path: path, identity: Identity(status)), descriptor)
    } catch {
      UnixSocket.close(descriptor)
      throw error
    }
  }

  /// Removes the file, unless another has its place now.
  func remove() {
    guard let status = SocketFile.status(of: path), Identity(status) == identity else { return }
    unsafe unlink(path)
  }

  private static func status(of path: String) -> stat? {
    var status = stat()
    return unsafe lstat(path, &status) == 0 ? status : nil
  }

  private static func removeStale(
    _ address: UnixAddress, _ status: stat
  ) throws(IPCSocketError) {
    guard status.st_mode & S_IFMT == S_IFSOCK else {
      throw IPCSocketError(.notASocket, path: address.path)
    }
    guard status.st_uid == geteuid() else {
      throw IPCSocketError(.ownedByOther(userID: status.st_uid), path: address.path)
    }
    let probe = try UnixSocket.make()
    defer { UnixSocket.close(probe) }
    guard !UnixSocket.connect(probe, to: address), errno == ECONNREFUSED else {
      throw IPCSocketError(.inUse, path: address.path)
    }
    unsafe unlink(address.path)
  }
}
