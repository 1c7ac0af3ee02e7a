/// A listener that code added which is not trusted (``ContextBridge``): all that it can do is to remove it.
public final class ExposedListener: Sendable {
  private let removal: @Sendable () -> Void

  init(removal: @escaping @Sendable () -> Void) { self.removal = removal }

  /// Removes the listener. Calling it again does nothing.
  public func remove() { removal() }
}
