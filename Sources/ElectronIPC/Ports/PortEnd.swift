/// One end of the connection between two ports, which goes where its port goes.
///
/// An end that nobody has any more closes the connection: a port that was never started and is forgotten, or one in a
/// message that nobody received.
package final class PortEnd: Sendable {
  /// What comes out at an end.
  package enum Item: Sendable {
    /// Something that was posted at the other end.
    case message(TransferableMessage)
    /// The connection is at its end; nothing follows.
    case closed
  }

  enum Side: Sendable {
    case first
    case second

    var other: Side { self == .first ? .second : .first }
  }

  let pipe: PortPipe
  let side: Side

  private init(_ pipe: PortPipe, _ side: Side) {
    self.pipe = pipe
    self.side = side
  }

  deinit { pipe.close(from: side) }

  /// Two ends of a new connection.
  package static func makePair() -> (PortEnd, PortEnd) {
    let pipe = PortPipe()
    return (PortEnd(pipe, .first), PortEnd(pipe, .second))
  }

  private func isPeer(of other: PortEnd) -> Bool { pipe === other.pipe && side != other.side }

  /// Sends a message. One that holds the other end of the same connection is lost, and the connection with it.
  package func post(_ message: TransferableMessage) {
    guard !message.ports.contains(where: isPeer) else { return pipe.abandon() }
    pipe.post(message, from: side)
  }

  /// The next thing at this end, if there is any. ``Item/closed`` comes again and again.
  package func next() -> Item? { pipe.next(at: side) }

  /// Sets whom to tell that there may be something to take, now and whenever something comes; `nil` for nobody.
  package func setWake(_ wake: (@Sendable () -> Void)?) {
    pipe.setWake(wake, isRelay: false, at: side)
    wake?()
  }

  /// Sets whom to tell whenever something comes that is to go on over a connection, and so as slowly as that is read. What waits
  /// already is for the caller to take.
  package func setRelay(_ wake: @escaping @Sendable () -> Void) {
    pipe.setWake(wake, isRelay: true, at: side)
  }

  /// Whether a port of this program takes what is posted.
  var isPeerTaking: Bool { pipe.isTaken(at: side.other) }

  /// Ends the connection. What waits at the other end can still be taken there.
  package func close() { pipe.close(from: side) }
}
