/// The first frame of each side: which protocol it speaks, and as what.
package struct StreamHello: Sendable, Equatable {
  /// The version of the protocol.
  package static let version: UInt16 = 1
  /// What every stream begins with.
  static let magic = Array("EIPC".utf8)

  /// The sender's side.
  package var role: StreamRole
  /// The number that the main process gives to the page's process; 0 from the frame.
  package var processID: UInt32
  /// Names the loop of a main process, so that a page in the same program knows it; 0 from the frame.
  package var loop: UInt64

  /// Makes a hello.
  package init(role: StreamRole, processID: UInt32 = 0, loop: UInt64 = 0) {
    self.role = role
    self.processID = processID
    self.loop = loop
  }
}
