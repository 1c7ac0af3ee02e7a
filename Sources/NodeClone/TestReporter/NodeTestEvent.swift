import StructuredClone

/// How an event of the test reporter begins: a header, a length, and the header of the payload.
enum NodeTestEvent {
  /// Header and length.
  static let prefixLength = 6
  private static let headerLength = 2

  enum Beginning {
    /// Something else stands there.
    case none
    /// It may be an event, of which so many bytes are missing if its length is there.
    case incomplete(missing: Int?)
    /// An event with a payload of so many bytes.
    case complete(Int)
  }

  /// What stands at an offset.
  static func beginning(in stream: ByteQueue, at offset: Int, limits: CloneLimits) -> Beginning {
    let available = stream.count - offset
    guard isHeader(in: stream, at: offset) else { return .none }
    guard available >= prefixLength else { return .incomplete(missing: nil) }
    let length = stream.length(at: offset + headerLength)
    guard length > headerLength, length <= limits.inputSize,
      isHeader(in: stream, at: offset + prefixLength)
    else { return .none }
    let missing = prefixLength + length - available
    return missing > 0 ? .incomplete(missing: missing) : .complete(length)
  }

  /// Whether a header is at an offset, as far as there are bytes.
  private static func isHeader(in stream: ByteQueue, at offset: Int) -> Bool {
    guard offset < stream.count else { return true }
    guard stream[offset] == 0xFF else { return false }
    return offset + 1 >= stream.count || (13...16).contains(stream[offset + 1])
  }
}
