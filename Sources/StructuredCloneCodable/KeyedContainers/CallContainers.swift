/// The keyed containers of one call of a coder.
@safe struct CallContainers<State: AnyObject, Place: BitwiseCopyable> {
  typealias Context = ContainerContext<State, Place>
  typealias Table = ReusableContainers<State, Place>

  private var table: Table?
  /// How often the call has looked for a table; negative outside of a call.
  private var searchCount: Int8 = -1

  /// Begins a call.
  mutating func begin() { searchCount = 0 }

  /// Ends the call; whoever has containers may go on with them.
  mutating func end(_ spares: borrowing SpareObjects<Table>) {
    searchCount = -1
    guard let table else { return }
    self.table = nil
    table.endCall()
    // Only this had it.
    nonisolated(unsafe) let spare = table
    unsafe spares.give(spare)
  }

  /// A container for an object.
  ///
  /// - Parameter make: makes one that is for these keys.
  @inline(__always)
  mutating func container<Container>(
    _ keys: KnownKeys, _ level: Int, _ state: State, _ place: Place, _ path: PathStack.Reference,
    _ spares: borrowing SpareObjects<Table>, _ make: (Context) -> Container
  ) -> Container {
    if table == nil { findTable(spares) }
    if let held = unsafe table?.reuse(keys.number, level, state, place, path) {
      // It is one for these keys.
      return unsafe held._withUnsafeGuaranteedRef {
        unsafe unsafeDowncast($0, to: HeldContainer<Container>.self).container()
      }
    }
    return newContainer(keys, level, state, place, path, make)
  }

  /// Finds a table for a call's first container. If so many calls run at once that none is spare, a call gets a table of its own
  /// once it has made eight containers.
  @inline(never)
  private mutating func findTable(_ spares: borrowing SpareObjects<Table>) {
    guard searchCount >= 0, ContainerBox.isAllOfContainers else { return }
    if searchCount == 0 { table = spares.take() ?? (spares.mayMakeOne() ? Table() : nil) }
    if searchCount == 8 { table = Table() }
    searchCount &+= 1
  }

  @inline(never)
  private mutating func newContainer<Container>(
    _ keys: KnownKeys, _ level: Int, _ state: State, _ place: Place, _ path: PathStack.Reference,
    _ make: (Context) -> Container
  ) -> Container {
    let context = Context(state, place, path)
    let container = make(context)
    table?.hold(container, context, keys.number, level)
    return container
  }
}
