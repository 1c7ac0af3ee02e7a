import StructuredClone

/// Keyed containers that are given out again once nobody has them any more.
///
/// The standard library puts each container in a box, an object of a generic class. To make one takes three look-ups of types and
/// memory of its own: more than to read all that is in most objects. A box to which nobody else refers, nor to what is in it, is
/// as good as a new one.
///
/// There is one for each type of keys and each number of containers around it: objects of one type mostly follow each other there.
/// Levels 16 apart share one. Calls of coders take these from ``SpareObjects`` and give them back when they end; the few that
/// rest there stay for ever.
@safe final class ReusableContainers<State: AnyObject, Place: BitwiseCopyable> {
  typealias Context = ContainerContext<State, Place>

  @safe private struct Entry: BitwiseCopyable {
    /// The container's box.
    var box: Unmanaged<AnyObject>?
    /// The context, which the container in the box keeps.
    var context: Unmanaged<Context>?
    /// The ``HeldContainer``, which keeps the box, and which is kept by this.
    var held: Unmanaged<AnyObject>?
    /// Whether it was given out in this call.
    var isUsed = false
  }

  private typealias EntryPointer = UnsafeMutablePointer<Entry>

  /// How many levels of a type of keys have containers of their own.
  private static var levelCount: Int { 16 }
  /// How many types of keys have containers: those that were met first.
  private static var rowCount: Int { 512 }

  /// The entries of each type of keys, once it has one. They do not move, for as long as this lives.
  private let rows: UnsafeMutablePointer<EntryPointer?>
  /// The entries that were used in this call.
  @exclusivity(unchecked) private var used: AddressStack<EntryPointer>

  init() {
    unsafe used = AddressStack()
    unsafe rows = .allocate(capacity: Self.rowCount)
    unsafe rows.initialize(repeating: nil, count: Self.rowCount)
  }

  deinit {
    for keys in 0..<Self.rowCount {
      guard let row = unsafe rows[keys] else { continue }
      for level in 0..<Self.levelCount { unsafe clear(row + level) }
      unsafe row.deallocate()
    }
    unsafe rows.deallocate()
  }

  /// Whether nobody else has the container of an entry, nor what is in its box; false if there is none.
  ///
  /// Weak references do not count: only by reflection can there be any.
  @inline(__always)
  private func isSpare(_ entry: EntryPointer) -> Bool {
    // Both are objects that are kept, of which only the count of references is looked at. A reference that is not counted and
    // one that is are the same in memory.
    unsafe withUnsafeMutablePointer(to: &entry.pointee.box) {
      unsafe $0.withMemoryRebound(to: AnyObject?.self, capacity: 1) {
        unsafe isKnownUniquelyReferenced(&$0.pointee)
      }
    }
      && withUnsafeMutablePointer(to: &entry.pointee.context) {
        unsafe $0.withMemoryRebound(to: Context?.self, capacity: 1) {
          unsafe isKnownUniquelyReferenced(&$0.pointee)
        }
      }
  }

  private func clear(_ entry: EntryPointer) {
    unsafe entry.pointee.held?.release()
    unsafe entry.pointee = Entry()
  }

  /// Takes the container of an entry, if nobody has it, for an object; answers its ``HeldContainer``.
  ///
  /// That is one of containers for these keys, and there until the call ends.
  @inline(__always)
  func reuse(
    _ keys: Int, _ level: Int, _ state: State, _ place: Place, _ path: PathStack.Reference
  ) -> Unmanaged<AnyObject>? {
    guard keys < Self.rowCount, let row = unsafe rows[keys] else { return nil }
    let entry = unsafe row + level & (Self.levelCount &- 1)
    guard unsafe isSpare(entry), let context = unsafe entry.pointee.context else { return nil }
    if unsafe !entry.pointee.isUsed {
      unsafe entry.pointee.isUsed = true
      unsafe used.push(entry)
    }
    unsafe context._withUnsafeGuaranteedRef { $0.reset(state, place, path) }
    return unsafe entry.pointee.held
  }

  /// Holds a container that was made, unless there is one in its place, which somebody has.
  ///
  /// - Parameter container: one of which ``ContainerBox`` knows that its box is all of it.
  func hold<Container>(_ container: Container, _ context: Context, _ keys: Int, _ level: Int) {
    guard keys < Self.rowCount else { return }
    let row = unsafe rows[keys] ?? makeRow(keys)
    let entry = unsafe row + level & (Self.levelCount &- 1)
    guard unsafe entry.pointee.held == nil else { return }
    context.releaseState()
    unsafe used.push(entry)
    unsafe entry.pointee = Entry(
      box: ContainerBox.reference(in: container), context: .passUnretained(context),
      held: .passRetained(HeldContainer(container)), isUsed: true)
  }

  private func makeRow(_ keys: Int) -> EntryPointer {
    let row = EntryPointer.allocate(capacity: Self.levelCount)
    unsafe row.initialize(repeating: Entry(), count: Self.levelCount)
    unsafe rows[keys] = row
    return unsafe row
  }

  /// Ends a call: what somebody has still is his.
  func endCall() {
    while unsafe used.count > 0 {
      let entry = unsafe used.top
      unsafe used.pop()
      unsafe entry.pointee.isUsed = false
      guard unsafe !isSpare(entry) else { continue }
      unsafe entry.pointee.context?._withUnsafeGuaranteedRef { $0.keepState() }
      unsafe clear(entry)
    }
  }
}
