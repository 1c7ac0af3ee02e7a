/// The containers that are being read, the innermost at hand.
///
/// The others are kept in chunks, which are not moved when there are more: an array that grows holds its
/// contents twice for a moment, and containers can be as many as the bytes of the input.
struct FrameStack: Sendable {
  typealias Frame = ValueDeserializer.Frame

  /// The innermost container; means nothing if there is none.
  var top = Frame(kind: .object, record: 0, base: 0, offset: 0, id: 0, length: 0)
  private(set) var count = 0

  private static let chunkSize = 128

  private var chunks: [[Frame]] = []
  /// The frames around `top` that do not fill a chunk.
  private var chunk: [Frame] = []
  /// A chunk that was emptied: a container that opens and closes at the border allocates nothing.
  private var spare: [Frame] = []

  var isEmpty: Bool { count == 0 }

  mutating func push(_ frame: Frame) {
    if count > 0 {
      if chunk.count == FrameStack.chunkSize {
        chunks.append(chunk)
        chunk = spare
        spare = []
      }
      if chunk.capacity == 0, !chunks.isEmpty { chunk.reserveCapacity(FrameStack.chunkSize) }
      chunk.append(top)
    }
    top = frame
    count += 1
  }

  mutating func pop() {
    count -= 1
    guard count > 0 else { return }
    if chunk.isEmpty, let full = chunks.popLast() {
      spare = chunk
      chunk = full
    }
    if let frame = chunk.popLast() { top = frame }
  }

  mutating func removeAll() { self = FrameStack() }

  /// The container at a depth; 0 is the outermost.
  subscript(depth: Int) -> Frame {
    if depth == count - 1 { return top }
    let (index, offset) = depth.quotientAndRemainder(dividingBy: FrameStack.chunkSize)
    return index < chunks.count ? chunks[index][offset] : chunk[offset]
  }
}
