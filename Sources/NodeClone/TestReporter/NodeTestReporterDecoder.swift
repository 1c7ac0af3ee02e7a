public import StructuredClone

/// Reads what a test process writes that Node's runner has started (`node --test`): events of tests, and between them whatever
/// else the process prints.
///
/// An event is a header, the length of a payload in four bytes, the highest first, and the payload with a header of its own. The
/// bytes of such a beginning are no text in UTF-8, so that text is told from events however it is cut.
public struct NodeTestReporterDecoder: Sendable {
  /// What the stream consists of.
  public enum Item: Equatable, Sendable {
    /// An event, such as `{type: "test:pass", data: …}`.
    case event(CloneValue)
    /// What was printed.
    case text([UInt8])
  }

  private var reader: ValueDeserializer
  private var stream = ByteQueue()
  /// How many bytes at the front are text.
  private var textCount = 0
  private var eventCount = 0

  /// Makes a decoder.
  ///
  /// - Parameter limits: of each event. What announces more bytes than ``CloneLimits/inputSize`` is taken for text.
  public init(
    profile: CloneProfile = .default, limits: CloneLimits = CloneLimits(inputSize: 1 << 28)
  ) {
    reader = NodeHostObjects(profile).deserializer(profile, limits)
  }

  /// Takes bytes as they arrived.
  public mutating func append(_ chunk: some Sequence<UInt8>) { stream.append(chunk) }

  /// Takes bytes as they arrived, without a copy if none before them is waiting.
  public mutating func append(_ chunk: [UInt8]) { stream.append(chunk) }

  /// The next item, or `nil` if not all of it has arrived. Text comes in pieces.
  ///
  /// - Throws: why an event cannot be read; the next call goes on behind it.
  public mutating func next() throws(NodeStreamError) -> Item? {
    while textCount < stream.count {
      switch NodeTestEvent.beginning(in: stream, at: textCount, limits: reader.limits) {
      case .none:
        textCount += 1
        continue
      case .complete(let length) where textCount == 0: return .event(try takeEvent(length))
      case .complete, .incomplete: return takeText()
      }
    }
    return takeText()
  }

  /// Ends the stream: what looked like the beginning of an event and is none is text.
  ///
  /// - Throws: ``NodeStreamError/Reason/truncated(missing:)`` if the stream ends within an event.
  public mutating func finish() throws(NodeStreamError) -> Item? {
    guard stream.count > 0 else { return nil }
    if case .incomplete(let missing?) = NodeTestEvent.beginning(
      in: stream, at: 0, limits: reader.limits)
    {
      throw NodeStreamError(
        .truncated(missing: missing), offset: stream.position, message: eventCount)
    }
    textCount = stream.count
    return takeText()
  }

  private mutating func takeText() -> Item? {
    guard textCount > 0 else { return nil }
    defer { textCount = 0 }
    return .text(stream.take(textCount))
  }

  private mutating func takeEvent(_ length: Int) throws(NodeStreamError) -> CloneValue {
    defer { eventCount += 1 }
    return try reader.readMessage(
      length, behind: NodeTestEvent.prefixLength, from: &stream, message: eventCount)
  }
}
