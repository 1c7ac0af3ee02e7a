/// A function that is called for events.
///
/// Closures cannot be compared; a listener can, so that it can be removed, or added again.
public final class EventListener<Arguments: Sendable>: Sendable {
  let body: @Sendable (Arguments) throws -> Void

  /// Makes a listener.
  public init(_ body: @escaping @Sendable (Arguments) throws -> Void) { self.body = body }
}
