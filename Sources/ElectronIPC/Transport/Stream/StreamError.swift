/// Why a connection ended, other than by being closed.
public struct StreamError: Error, Sendable, Hashable, CustomStringConvertible {
  /// Why.
  public enum Reason: Hashable, Sendable {
    /// A frame announces more bytes than are allowed, or none.
    case frameLength(UInt64, limit: Int)
    /// There is no such kind of frame.
    case unknownKind(UInt8)
    /// A field is longer than the frame, or there is more behind the last one.
    case malformedFrame
    /// A channel in two-byte units has an odd number of bytes.
    case oddChannelLength
    /// The number of a call is not from 1 to 2^53 − 1.
    case callOutOfRange(UInt64)
    /// The stream does not begin with `EIPC`.
    case notTheProtocol
    /// The other side speaks another version.
    case unsupportedVersion(UInt16)
    /// The other side has the same role, or one that does not exist.
    case unexpectedRole(UInt8)
    /// The first frame is no hello, or a later one is.
    case unexpectedHello
    /// No hello came in time.
    case missingHello(after: Duration)
    /// Only the other side may send such a frame.
    case wrongSender(UInt8)
    /// The number of a call is that of one which has no reply yet.
    case repeatedCall(UInt64)
    /// A reply to what was never asked.
    case unknownCall(UInt64)
    /// The number of a port is not above those before, or is of the other side's row.
    case repeatedPort(UInt32)
    /// A port that there has never been.
    case unknownPort(UInt32)
    /// More calls without a reply than are allowed.
    case tooManyCalls(limit: Int)
    /// More ports than are allowed.
    case tooManyPorts(limit: Int)
    /// More bytes to send than are allowed: the other side does not read.
    case outputLimit(Int)
    /// More bytes wait for listeners, which a `sendSync` holds up, than are allowed.
    case inputLimit(Int)
    /// The stream ends within a frame.
    case truncated(missing: Int)
    /// A message on the channel of a Node process cannot be read.
    case unreadableMessage(String)
    /// The socket failed.
    case connectionLost(String)
  }

  /// Why.
  public let reason: Reason
  /// The offset in the stream from the other side at which the frame at fault begins, if it is a frame's.
  public let offset: Int?

  /// Makes an error.
  package init(_ reason: Reason, offset: Int? = nil) {
    self.reason = reason
    self.offset = offset
  }

  /// What is wrong and where, and what to do about it.
  public var description: String { offset.map { "offset \($0): \(text)" } ?? text }

  private var text: String {
    switch reason {
    case .frameLength(let length, let limit):
      "a frame of \(length) bytes; from 1 to \(limit) are allowed"
    case .unknownKind(let kind): "there is no frame of kind \(kind)"
    case .malformedFrame: "the fields do not fill the frame exactly"
    case .oddChannelLength: "a channel in two-byte units has an odd length"
    case .callOutOfRange(let id): "call \(id) is not from 1 to 2^53 - 1"
    case .notTheProtocol: "the stream does not begin with EIPC: the other side is no ElectronIPC"
    case .unsupportedVersion(let version):
      "version \(version) of the protocol; only \(StreamHello.version) is known"
    case .unexpectedRole(let role):
      "role \(role); a frame (1) and a main process (2) make a connection"
    case .unexpectedHello: "a hello is the first frame and no other"
    case .missingHello(let time): "the other side said no hello within \(time)"
    case .wrongSender(let kind): "a frame of kind \(kind) from the side that receives it"
    case .repeatedCall(let id): "call \(id) has the number of one that waits for its reply"
    case .unknownCall(let id): "a reply to call \(id), which was never made"
    case .repeatedPort(let port): "port \(port) is no new number of the other side"
    case .unknownPort(let port): "port \(port) was never on this connection"
    case .tooManyCalls(let limit): "more than \(limit) calls wait for a reply"
    case .tooManyPorts(let limit): "more than \(limit) ports are open"
    case .outputLimit(let limit):
      "more than \(limit) bytes wait to be sent: the other side does not read fast enough"
    case .inputLimit(let limit): "more than \(limit) bytes wait for a sendSync to return"
    case .truncated(let missing): "the stream ends \(missing) bytes before the end of a frame"
    case .unreadableMessage(let text): "a message of the channel cannot be read: \(text)"
    case .connectionLost(let text): "the connection is lost: \(text)"
    }
  }
}
