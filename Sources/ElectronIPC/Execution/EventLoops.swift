import Synchronization

/// The loops of this program by number: how a page finds out that the main process at the other end of a socket is in the same
/// program.
final class EventLoops: Sendable {
  static let shared = EventLoops()

  private struct WeakLoop {
    weak var loop: EventLoop?
  }

  private let loops = Mutex<[UInt64: WeakLoop]>([:])

  func add(_ loop: EventLoop) { loops.withLock { $0[loop.number] = WeakLoop(loop: loop) } }

  func remove(_ loop: EventLoop) { loops.withLock { $0[loop.number] = nil } }

  func loop(_ number: UInt64) -> EventLoop? { loops.withLock { $0[number]?.loop } }
}
