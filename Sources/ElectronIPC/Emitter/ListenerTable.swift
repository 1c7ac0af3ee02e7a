import Synchronization

/// The listeners of an emitter, by event, with the rules of Node's `EventEmitter` (electron-ipc, section 12).
///
/// No name is special: there is no `newListener`, no `removeListener`, and `error` is an event like others, because a
/// renderer chooses the name.
public final class ListenerTable<Name: Hashable & Sendable, Arguments: Sendable>: Sendable {
  private struct Registration: Sendable {
    let listener: EventListener<Arguments>
    /// Set if the listener is called once.
    let once: OnceMark?
  }

  /// Tells a registration from others of the same listener, and whether it was used.
  private final class OnceMark: Sendable {
    private let isUsed = Mutex(false)

    /// Whether this is the first use.
    func use() -> Bool {
      isUsed.withLock { isUsed in
        defer { isUsed = true }
        return !isUsed
      }
    }
  }

  private struct State {
    var registrations: [Name: [Registration]] = [:]
    /// In the order in which they got their first listener.
    var names: [Name] = []

    /// - Returns: the registrations that there were.
    mutating func set(_ list: [Registration], for name: Name) -> [Registration] {
      if list.isEmpty {
        guard let old = registrations.removeValue(forKey: name) else { return [] }
        names.removeAll { $0 == name }
        return old
      }
      if let old = registrations.updateValue(list, forKey: name) { return old }
      names.append(name)
      return []
    }
  }

  /// Whatever a listener holds may use the table when it goes: it is let go of without the lock.
  private let state = Mutex(State())

  init() {}

  /// The names that have listeners.
  var names: [Name] { state.withLock { $0.names } }

  /// How many registrations a name has, or how many of one listener.
  func count(_ name: Name, of listener: EventListener<Arguments>? = nil) -> Int {
    list(name).count { listener == nil || $0.listener === listener }
  }

  /// The listeners of a name, in the order in which they are called.
  func listeners(_ name: Name) -> [EventListener<Arguments>] { list(name).map(\.listener) }

  func add(
    _ listener: EventListener<Arguments>, to name: Name, once: Bool = false, first: Bool = false
  ) {
    let registration = Registration(listener: listener, once: once ? OnceMark() : nil)
    state.withLock { state in
      var list = state.registrations[name] ?? []
      list.insert(registration, at: first ? 0 : list.endIndex)
      _ = state.set(list, for: name)
    }
  }

  /// Removes the latest registration of a listener, if there is one.
  func remove(_ listener: EventListener<Arguments>, from name: Name) {
    removeLast(name) { $0.listener === listener }
  }

  func removeAll(_ name: Name) {
    state.letGo { $0.set([], for: name) }
  }

  func removeAll() { state.replace(with: State()) }

  /// Calls the listeners that the name has now, whatever they add or remove.
  ///
  /// - Returns: whether there were any.
  /// - Throws: what a listener throws; those after it are not called.
  @discardableResult
  func emit(_ name: Name, _ arguments: Arguments) throws -> Bool {
    let snapshot = list(name)
    for registration in snapshot {
      if let once = registration.once {
        // Before the call, so that an event within it does not call again.
        guard once.use() else { continue }
        removeLast(name) { $0.once === once }
      }
      try registration.listener.body(arguments)
    }
    return !snapshot.isEmpty
  }

  private func list(_ name: Name) -> [Registration] {
    state.withLock { $0.registrations[name] ?? [] }
  }

  private func removeLast(_ name: Name, where isMatch: (Registration) -> Bool) {
    state.letGo { state -> [Registration] in
      guard var list = state.registrations[name], let index = list.lastIndex(where: isMatch) else {
        return []
      }
      list.remove(at: index)
      return state.set(list, for: name)
    }
  }
}
