import StructuredClone

/// Keyed containers that are given out again once nobody has them any more.
///
/// The standard library puts each container in a box, an object of a generic class. To make one takes three look-ups of types and
/// memory of its own: more than to read all that is in most objects. A box that nobody else refers to is as good as a new one.
///
/// There is one for each type of keys and each number of containers around it: objects of one type mostly follow each other there.
/// Calls of coders take these from ``SpareObjects`` and give them back when they end; the few that rest there stay for ever.
@safe final class ReusableContainers<State: AnyObject, Place: BitwiseCopyable> {
  typealias Context = ContainerContext<State, Place>

  private struct Entry: BitwiseCopyable {
    /// The address of the container's box; 0 for none.
    var box: UInt = 0
    /// The address of the context, which the container in the box keeps.
    var context: UInt = 0
    /// The address of the ``HeldContainer``, which keeps the box. This refers to it.
    var held: UInt = 0
    /// Whether it was given out in this call.
    var isUsed = false
  }

  private typealias Row = UnsafeMutablePointer<Entry>

  /// How many levels of a type of keys have containers of their own.
  private static var levelCount: Int { 16 }
  /// How many types of keys have containers: those that were met first.
  private static var rowCount: Int { 512 }

  /// A row for each type of keys, once it has a container. Rows do not move, for as long as this lives.
  private let rows: UnsafeMutablePointer<Row?>
  /// The entries that were used in this call, by the numbers of their keys and their levels.
  @exclusivity(unchecked) private var used = AddressStack<Int>()

  init() {
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

  /// Whether the object at an address, if there is one, is referred to once.
  ///
  /// - Parameter address: that of an object that is kept: only the count of its references is looked at.
  @inline(__always)
  private func isReferredToOnce(_ address: UnsafeMutablePointer<UInt>) -> Bool {
    unsafe address.withMemoryRebound(to: AnyObject?.self, capacity: 1) {
      unsafe isKnownUniquelyReferenced(&$0.pointee)
    }
  }

  /// Whether nobody else has the container of an entry, nor what is in its box.
  @inline(__always)
  private func isSpare(_ entry: Row) -> Bool {
    unsafe isReferredToOnce(&entry.pointee.box) && isReferredToOnce(&entry.pointee.context)
  }

  @inline(__always)
  private func context(of entry: Row) -> Unmanaged<Context>? {
    guard let pointer = unsafe UnsafeRawPointer(bitPattern: entry.pointee.context) else {
      return nil
    }
    return unsafe Unmanaged.fromOpaque(pointer)
  }

  @inline(__always)
  private func held(of entry: Row) -> Unmanaged<AnyObject>? {
    guard let pointer = unsafe UnsafeRawPointer(bitPattern: entry.pointee.held) else { return nil }
    return unsafe Unmanaged.fromOpaque(pointer)
  }

  private func clear(_ entry: Row) {
    unsafe held(of: entry)?.release()
    unsafe entry.pointee = Entry()
  }

  /// The ``HeldContainer`` of an entry that nobody has, from now on for an object.
  ///
  /// It is one of containers for these keys, and there until the entry holds another.
  @inline(__always)
  func find(
    _ keys: Int, _ level: Int, _ state: State, _ place: Place, _ path: PathStack.Reference
  ) -> Unmanaged<AnyObject>? {
    guard keys < Self.rowCount, let row = unsafe rows[keys] else { return nil }
    let level = level & (Self.levelCount &- 1)
    let entry = unsafe row + level
    guard unsafe isSpare(entry), let context = unsafe context(of: entry) else { return nil }
    if unsafe !entry.pointee.isUsed {
      unsafe entry.pointee.isUsed = true
      unsafe used.push(keys &* Self.levelCount &+ level)
    }
    unsafe context._withUnsafeGuaranteedRef { $0.reset(state, place, path) }
    return unsafe held(of: entry)
  }

  /// Holds a container that was made, unless somebody has the one that is held.
  ///
  /// - Parameter container: one that its box is all of.
  func hold<Container>(_ container: Container, _ context: Context, _ keys: Int, _ level: Int) {
    guard keys < Self.rowCount else { return }
    let row = unsafe rows[keys] ?? makeRow(keys)
    let level = level & (Self.levelCount &- 1)
    let entry = unsafe row + level
    guard unsafe entry.pointee.held == 0 else { return }
    context.releaseState()
    unsafe used.push(keys &* Self.levelCount &+ level)
    unsafe entry.pointee = Entry(
      box: ContainerBox.address(in: container),
      context: UInt(bitPattern: Unmanaged.passUnretained(context).toOpaque()),
      held: UInt(bitPattern: Unmanaged.passRetained(HeldContainer(container)).toOpaque()),
      isUsed: true)
  }

  private func makeRow(_ keys: Int) -> Row {
    let row = Row.allocate(capacity: Self.levelCount)
    unsafe row.initialize(repeating: Entry(), count: Self.levelCount)
    unsafe rows[keys] = row
    return unsafe row
  }

  /// Ends a call: what somebody has still is his.
  func endCall() {
    while unsafe used.count > 0 {
      let (keys, level) = unsafe used.top.quotientAndRemainder(dividingBy: Self.levelCount)
      unsafe used.pop()
      guard let row = unsafe rows[keys], case let entry = unsafe row + level else { continue }
      unsafe entry.pointee.isUsed = false
      guard unsafe !isSpare(entry) else { continue }
      unsafe context(of: entry)?._withUnsafeGuaranteedRef { $0.keepState() }
      unsafe clear(entry)
    }
  }
}
