/// A container that a ``CloneVisitor`` may enter.
@frozen
public enum CloneContainer: Sendable {
  /// A plain object with so many properties.
  case object(count: Int)
  /// An array of a length, holes included. Named properties are not counted.
  case array(count: Int)
  /// A `Map` with so many entries.
  case map(count: Int)
  /// A `Set` with so many elements.
  case set(count: Int)
  /// An error; its cause, if there is one, follows.
  case error(CloneErrorObject)
  /// An object of the embedder; its payload follows.
  case hostObject(CloneHostObject)
}
