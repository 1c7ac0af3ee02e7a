/// Which side of a connection one is.
package enum StreamRole: UInt8, Sendable {
  /// The side of a page's document.
  case frame = 1
  /// The side of the main process.
  case main = 2

  /// The other side.
  package var peer: StreamRole { self == .frame ? .main : .frame }

  /// The first number that this side gives to a port: the frame's are odd, the main process's even.
  var firstPort: UInt32 { self == .frame ? 1 : 2 }
}
