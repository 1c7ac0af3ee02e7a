import Synchronization

extension Mutex {
  /// Takes something out and lets go of it without the lock: whatever it holds may come back here when it goes.
  func letGo<Removed: Sendable>(_ removal: (inout Value) -> Removed) {
    let removed = withLock { removal(&$0) }
    withExtendedLifetime(removed) {}
  }

  /// Sets the value and lets go of the one that it was without the lock.
  func replace(with value: Value) where Value: Sendable {
    letGo { current in
      defer { current = value }
      return current
    }
  }
}
