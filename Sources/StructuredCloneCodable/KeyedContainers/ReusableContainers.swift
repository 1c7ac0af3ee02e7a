import StructuredClone

/// Keyed containers that are given out again once nobody has them any more.
///
/// The library puts each container in a box, an object of a generic class. To make one takes three look-ups of types and memory of its
/// own: more than to read all that is in most objects. A box that nobody else refers to is as good as a new one.
///
/// A container is found by its keys and by how many containers are around it: objects of one type mostly follow each other there.
/// Calls of coders take this from ``SpareObjects`` and give it back when they end.
@safe final class ReusableContainers<State: AnyObject, Place: BitwiseCopyable> {
  typealias Context = ContainerContext<State, Place>

  @safe private struct Entry {
    /// The address of the container's box; 0 for none. The first, so that it is where the entry is.
    var box: UInt = 0
    /// The ``HeldContainer``, which keeps the box.
    var held: AnyObject?
    /// What the container in the box keeps.
    var context: Unmanaged<Context>?
    /// The number of the type of keys.
    var keys: UInt32 = .max
    /// Whether it was given out in this call.
    var isUsed = false
  }

  /// Eight levels for each of the types of keys that were met first; then they share.
  private static var levelCount: Int { 8 }
  private static var entryCount: Int { 16 * levelCount }

  /// Entries that do not move, for as long as this lives.
  private let entries: UnsafeMutablePointer<Entry>
  /// The numbers of those that were used in this call.
  @exclusivity(unchecked) private var used = AddressStack<Int>()

  init() {
    unsafe entries = .allocate(capacity: Self.entryCount)
    unsafe entries.initialize(repeating: Entry(), count: Self.entryCount)
  }

  deinit {
    unsafe entries.deinitialize(count: Self.entryCount)
    unsafe entries.deallocate()
  }

  @inline(__always)
  private func entry(_ keys: UInt32, _ level: Int) -> UnsafeMutablePointer<Entry> {
    unsafe entries + (Int(keys) &* Self.levelCount &+ level) & (Self.entryCount &- 1)
  }

  /// Whether nobody else has the container of an entry.
  @inline(__always)
  private func isSpare(_ entry: UnsafeMutablePointer<Entry>) -> Bool {
    // There is the address of an object that is kept; it is only asked for the count of its references.
    unsafe isKnownUniquelyReferenced(
      &UnsafeMutableRawPointer(entry).assumingMemoryBound(to: AnyObject.self).pointee)
  }

  @inline(__always)
  private func use(_ entry: UnsafeMutablePointer<Entry>) {
    guard unsafe !entry.pointee.isUsed else { return }
    unsafe entry.pointee.isUsed = true
    unsafe used.push(entry - entries)
  }

  /// A ``HeldContainer`` for an object, if there is one that nobody has. It is valid until this is called again.
  @inline(__always)
  func find(
    keys: UInt32, level: Int, _ state: State, _ place: Place, _ path: PathStack.Reference
  ) -> Unmanaged<AnyObject>? {
    let entry = unsafe entry(keys, level)
    guard unsafe entry.pointee.keys == keys, unsafe isSpare(entry),
      let held = unsafe entry.pointee.held, let context = unsafe entry.pointee.context
    else { return nil }
    unsafe use(entry)
    unsafe context._withUnsafeGuaranteedRef { $0.reset(state, place, path) }
    return unsafe Unmanaged.passUnretained(held)
  }

  /// Holds a container that was made, in the place of one that nobody has.
  ///
  /// - Parameter container: one that ``ContainerBox`` is all of.
  func hold<Container>(_ container: Container, _ context: Context, keys: UInt32, level: Int) {
    let entry = unsafe entry(keys, level)
    guard unsafe entry.pointee.box == 0 || isSpare(entry) else { return }
    context.releaseState()
    unsafe use(entry)
    unsafe entry.pointee = Entry(
      box: ContainerBox.address(in: container), held: HeldContainer(container),
      context: Unmanaged.passUnretained(context), keys: keys, isUsed: true)
  }

  /// Ends a call: what somebody has still is his.
  func endCall() {
    while unsafe used.count > 0 {
      let entry = unsafe entries + used.top
      unsafe used.pop()
      unsafe entry.pointee.isUsed = false
      guard unsafe !isSpare(entry) else { continue }
      unsafe entry.pointee.context?._withUnsafeGuaranteedRef { $0.keepState() }
      unsafe entry.pointee = Entry()
    }
  }
}
