/// Bytes that are to be sent, in pieces: a long value is one of its own, so that it is not copied.
package struct StreamOutput: Sendable {
  /// So many bytes or messages are not kept back for a common call of the system's: the other side has something to do meanwhile.
  private static let batchSize = 32 << 10
  private static let batchCount = 16
  /// So many are not kept back if nothing else is being done that may send more.
  private static let lastBatchSize = 16 << 10
  /// Values from this length on are long.
  static let longValue = 8 << 10
  /// Short ones make pieces up to this length, so that none is moved much while it grows.
  private static let pieceLength = 64 << 10

  /// Room for some short messages, as much as malloc has at hand without a search.
  private static let firstCapacity = 960

  private var pieces: [StreamPiece] = []
  private var countInPieces = 0
  private var messageCount = 0
  /// The last piece, to which bytes are appended.
  package var bytes: [UInt8] = []

  /// Makes an empty output.
  package init() {}

  /// How many bytes there are.
  package var count: Int { countInPieces + bytes.count }

  /// Whether it is worth a call of the system's.
  package var isBatch: Bool {
    count >= StreamOutput.batchSize || messageCount >= StreamOutput.batchCount
  }

  /// Whether it is worth a call of the system's if nothing follows.
  package var isLastBatch: Bool { count >= StreamOutput.lastBatchSize }

  /// Appends what stands before a value, so many bytes.
  @inline(__always)
  mutating func appendHead(of count: Int, _ write: (inout OutputSpan<UInt8>) -> Void) {
    if bytes.capacity == 0 { bytes.reserveCapacity(StreamOutput.firstCapacity) }
    bytes.append(addingCapacity: count, initializingWith: write)
  }

  /// Makes sure that so many bytes stay in one piece with what is appended to it now.
  mutating func beginPiece(ifNoRoomFor count: Int) {
    if bytes.count + count > StreamOutput.pieceLength { endPiece() }
  }

  /// Notes that a message ends here.
  package mutating func endMessage() { messageCount += 1 }

  /// Appends a value that has been written, of which nothing long is copied.
  mutating func append(_ value: borrowing MessageContent) {
    switch copy value {
    case .bytes(let bytes): append(bytes[...])
    case .pieces(let start, let rest):
      append(start[...])
      for piece in rest { append(piece) }
    case .value, .arguments, .result: value.append(to: &bytes)
    }
  }

  /// Appends a value or a part of one, which is not copied if it is long.
  package mutating func append(_ value: ArraySlice<UInt8>) {
    let isLong = value.count >= StreamOutput.longValue
    if isLong || bytes.count + value.count > StreamOutput.pieceLength { endPiece() }
    guard isLong else {
      bytes += value
      return
    }
    pieces.append(.value(value))
    countInPieces += value.count
  }

  /// Takes all pieces. None is empty.
  package mutating func take() -> [StreamPiece] {
    endPiece()
    defer {
      // The memory of the last piece stays, if it is empty.
      pieces = []
      countInPieces = 0
      messageCount = 0
    }
    return pieces
  }

  /// Takes the memory of a piece back, if it is its own, there is none, and it is not much.
  package mutating func reuse(_ piece: consuming StreamPiece) {
    guard bytes.capacity == 0, case .own(var own) = consume piece,
      own.capacity <= StreamOutput.batchSize
    else { return }
    own.removeAll(keepingCapacity: true)
    bytes = own
  }

  private mutating func endPiece() {
    guard !bytes.isEmpty else { return }
    countInPieces += bytes.count
    pieces.append(.own(bytes))
    bytes = []
  }
}
