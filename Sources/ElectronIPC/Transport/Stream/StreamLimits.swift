/// What one connection may cost. Whatever is above a limit ends the connection, and only that one.
public struct StreamLimits: Sendable, Hashable {
  /// The longest frame that is read, in bytes, without its length.
  public var frameLength = 64 << 20
  /// How many bytes wait to be sent before ports wait, too; and how many wait for listeners before the socket is not read.
  public var highWaterMark = 1 << 20
  /// How many bytes may wait to be sent.
  public var outputBytes = 256 << 20
  /// How many bytes may wait for listeners that a `sendSync` holds up, and in ports that nobody takes from. A port that gets
  /// more is closed.
  public var inputBytes = 256 << 20
  /// How many calls may wait for a reply.
  public var pendingCalls = 65536
  /// How many ports may be open.
  public var ports = 65536
  /// How long the other side may take to say what it is. A server would keep whoever says nothing for ever.
  public var helloTimeout = Duration.seconds(30)

  /// Makes the default limits.
  public init() {}

  /// The default limits.
  public static let `default` = StreamLimits()
}
