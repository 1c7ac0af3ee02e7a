internal import CPrefetch

/// Brings graphs near that are going to be written.
///
/// Each object or array that was built lies in three places of memory, which a loop that goes from one to the next waits for one
/// after the other: more than half of the time of 10,000 objects, where memory is slow (Documentation/Performance.md).
enum GraphPrefetch {
  /// So many graphs are probably near already.
  static let mostInCache = 64
  /// How many cells ahead the arrays of a graph are asked for, and before that the graph itself.
  private static let (near, far) = (0, 2)
  /// How many slots of a graph are looked at.
  private static let mostSlots = 16

  /// Asks for what a graph mentions, and for what comes behind it in the container that mentions it.
  ///
  /// - Parameters:
  ///   - position: the next cell of the container, before `end`.
  @inline(never)
  static func receivers(
    in graph: GraphAccess, behind container: GraphAccess, from position: Int, to end: Int
  ) {
    if position + near < end, let next = unsafe mentioned(at: position + near, of: container) {
      // Only addresses leave the graph, which is kept with the value that is written.
      unsafe next._withUnsafeGuaranteedRef { next in
        // Somebody else may be making the cells of a literal.
        guard next.literalLevels == 0 else { return }
        let access = next.accessToCells
        unsafe fetch(access.cells.baseAddress)
        unsafe fetch(access.slots.baseAddress)
      }
    }
    if position + far < end, let later = unsafe mentioned(at: position + far, of: container) {
      unsafe fetch(later.toOpaque())
    }
    for index in unsafe 0..<min(mostSlots, graph.slots.count) {
      if case .receiver(let receiver) = unsafe graph.slots[index] {
        unsafe fetch(Unmanaged.passUnretained(receiver.graph).toOpaque())
      }
    }
  }

  /// The graph that a cell's slot holds a receiver of.
  @inline(__always)
  private static func mentioned(
    at position: Int, of container: GraphAccess
  ) -> Unmanaged<CloneGraph>? {
    let cell = unsafe container.cells[position]
    guard cell.isSlot, case .receiver(let receiver) = unsafe container.slots[Int(cell.payload)]
    else { return nil }
    return unsafe Unmanaged.passUnretained(receiver.graph)
  }

  /// Asks for two lines.
  @inline(__always)
  private static func fetch(_ address: UnsafeRawPointer?) {
    guard let address = unsafe address else { return }
    unsafe prefetch_memory(address)
    unsafe prefetch_memory(address + 64)
  }
}
