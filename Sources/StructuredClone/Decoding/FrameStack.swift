/// The containers that are being read.
///
/// They are kept in chunks, which are not moved when there are more: an array that grows holds its contents twice for a
/// moment, and containers can be as many as the bytes of the input.
struct FrameStack: Sendable {
  typealias Frame = ValueDeserializer.Frame

  /// The least room of a chunk, but of the first.
  private static let chunkSize = 128
  private static let firstRoom = 8

  /// Chunks that are full, with the outer containers.
  private var outer: [ReservedArray<Frame>] = []
  /// How many containers are around those that a loop can have at hand.
  private(set) var outerCount = 0
  /// The innermost containers; empty only if none is open.
  private var inner = FrameStack.emptyChunk
  /// A chunk that was emptied: a container that opens and closes at the border allocates nothing.
  private var spare = FrameStack.emptyChunk

  private static var emptyChunk: ReservedArray<Frame> {
    ReservedArray(filler: Frame(kind: .object, record: 0, base: 0, offset: 0, id: 0, length: 0))
  }

  var isEmpty: Bool { inner.isEmpty }

  var count: Int { outerCount + inner.count }

  /// The innermost container; there is one.
  var top: Frame {
    get { inner[inner.count - 1] }
    _modify { yield &inner[inner.count - 1] }
  }

  /// Opens a container.
  ///
  /// - Parameter progress: how many times as long the input is as what was read of it.
  mutating func push(_ frame: Frame, _ progress: Double) {
    if inner.count == inner.capacity { makeRoom(progress) }
    inner.append(frame)
  }

  /// Makes room for the first containers, in few bytes of input for few.
  mutating func makeFirstRoom(forInputOf count: Int) {
    guard inner.capacity == 0 else { return }
    inner.reserve(count < 0x1000 ? FrameStack.firstRoom : FrameStack.chunkSize)
  }

  /// Makes room for another container: in a chunk of its own if this one is full, for as many as are likely, but for no more
  /// than three times as many as there are, and for an eighth of them at least, so that chunks are few.
  @inline(never)
  private mutating func makeRoom(_ progress: Double) {
    guard inner.count >= FrameStack.chunkSize else {
      let room = inner.isEmpty ? FrameStack.firstRoom : FrameStack.chunkSize
      inner.reserve(room - inner.count)
      return
    }
    if outer.isEmpty { outer.reserveCapacity(8) }
    outer.append(inner)
    outerCount += inner.count
    inner = spare
    spare = FrameStack.emptyChunk
    if inner.capacity == 0 {
      let likely = Int(Double(outerCount) * min(3, progress - 1))
      inner.reserve(max(FrameStack.chunkSize, outerCount / 8, likely))
    }
  }

  mutating func pop() {
    inner.removeLast()
    if inner.isEmpty, let full = outer.popLast() {
      outerCount -= full.count
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
    var offset = depth
    for chunk in outer {
      if offset < chunk.count { return chunk[offset] }
      offset -= chunk.count
    }
    return inner[offset]
  }

  /// Calls a function with the innermost containers. It leaves one of them if there are outer ones.
  @inline(__always)
  mutating func withRoom<Result>(_ body: (inout FastPath.Room<Frame>) -> Result) -> Result? {
    inner.withRoom(body)
  }
}
