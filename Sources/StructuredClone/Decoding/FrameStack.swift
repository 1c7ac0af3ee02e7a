/// The containers that are being read, the innermost at hand.
///
/// The others are kept in chunks, which are not moved when there are more: an array that grows holds its
/// contents twice for a moment, and containers can be as many as the bytes of the input.
struct FrameStack: Sendable {
  typealias Frame = ValueDeserializer.Frame

  private static let chunkSize = 128
  private static let vacant = Frame(
    kind: .object, record: 0, base: 0, offset: 0, id: 0, length: 0)

  /// The innermost container; means nothing if there is none.
  var top = FrameStack.vacant
  private(set) var count = 0

  private var chunks: [ReservedArray<Frame>] = []
  /// The frames around `top` that do not fill a chunk.
  private var chunk = ReservedArray(filler: FrameStack.vacant)
  /// A chunk that was emptied: a container that opens and closes at the border allocates nothing.
  private var spare = ReservedArray(filler: FrameStack.vacant)

  var isEmpty: Bool { count == 0 }

  @inline(__always)
  mutating func push(_ frame: Frame) {
    if count > 0 {
      if chunk.count == chunk.capacity { makeRoom() }
      chunk.append(top)
    }
    top = frame
    count &+= 1
  }

  /// Makes room in the chunk, or begins another if it is full.
  @inline(never)
  private mutating func makeRoom() {
    if chunk.count == FrameStack.chunkSize {
      chunks.append(chunk)
      chunk = spare
      spare = ReservedArray(filler: FrameStack.vacant)
    }
    chunk.reserve(chunks.isEmpty ? max(8, chunk.count) : FrameStack.chunkSize)
  }

  @inline(__always)
  mutating func pop() {
    count &-= 1
    guard count > 0 else { return }
    if chunk.isEmpty { takeFullChunk() }
    if let frame = chunk.popLast() { top = frame }
  }

  @inline(never)
  private mutating func takeFullChunk() {
    guard let full = chunks.popLast() else { return }
    spare = chunk
    chunk = full
  }

  mutating func removeAll() { self = FrameStack() }

  /// The container at a depth; 0 is the outermost.
  subscript(depth: Int) -> Frame {
    if depth == count - 1 { return top }
    let (index, offset) = depth.quotientAndRemainder(dividingBy: FrameStack.chunkSize)
    return index < chunks.count ? chunks[index][offset] : chunk[offset]
  }
}
