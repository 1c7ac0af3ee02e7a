/// The containers that are being read.
///
/// They are kept in chunks, which are not moved when there are more: an array that grows holds its contents twice for a
/// moment, and containers can be as many as the bytes of the input.
struct FrameStack: Sendable {
  typealias Frame = ValueDeserializer.Frame

  private static let chunkSize = 128
  private static let firstRoom = 8

  /// Chunks that are full, with the outer containers.
  private var outer: [ReservedArray<Frame>] = []
  /// The innermost containers; empty only if none is open.
  private var inner = FrameStack.emptyChunk
  /// A chunk that was emptied: a container that opens and closes at the border allocates nothing.
  private var spare = FrameStack.emptyChunk

  private static var emptyChunk: ReservedArray<Frame> {
    ReservedArray(filler: Frame(kind: .object, record: 0, base: 0, offset: 0, id: 0, length: 0))
  }

  var isEmpty: Bool { inner.isEmpty }

  var count: Int { outerCount + inner.count }

  /// How many containers are around those that a loop can have at hand.
  var outerCount: Int { FrameStack.chunkSize * outer.count }

  /// The innermost container; there is one.
  var top: Frame {
    get { inner[inner.count - 1] }
    _modify { yield &inner[inner.count - 1] }
  }

  mutating func push(_ frame: Frame) {
    if inner.count == inner.capacity { makeRoom() }
    inner.append(frame)
  }

  /// Makes room for the first containers.
  mutating func makeFirstRoom() {
    if inner.capacity == 0 { inner.reserve(FrameStack.firstRoom) }
  }

  /// Makes room for another container, in a chunk of its own if this one is full.
  @inline(never)
  private mutating func makeRoom() {
    if inner.count == FrameStack.chunkSize {
      outer.append(inner)
      inner = spare
      spare = FrameStack.emptyChunk
    }
    // A chunk is never larger: the subscript counts on it.
    let room = outer.isEmpty ? max(FrameStack.firstRoom, inner.count) : FrameStack.chunkSize
    inner.reserve(min(room, FrameStack.chunkSize - inner.count))
  }

  mutating func pop() {
    inner.removeLast()
    if inner.isEmpty, let full = outer.popLast() {
      spare = inner
      inner = full
    }
  }

  /// Opens containers that are open elsewhere: the outermost, and no more than make a chunk.
  mutating func append(contentsOf room: FastPath.Room<Frame>) {
    inner.append(contentsOf: room)
  }

  mutating func removeAll() { self = FrameStack() }

  /// The container at a depth; 0 is the outermost.
  subscript(depth: Int) -> Frame {
    let (index, offset) = depth.quotientAndRemainder(dividingBy: FrameStack.chunkSize)
    return index < outer.count ? outer[index][offset] : inner[offset]
  }

  /// Calls a function with the innermost containers. It leaves one of them if there are outer ones.
  @inline(__always)
  mutating func withRoom<Result>(_ body: (inout FastPath.Room<Frame>) -> Result) -> Result? {
    inner.withRoom(body)
  }
}
