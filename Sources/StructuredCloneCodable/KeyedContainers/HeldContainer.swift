/// A keyed container of the library's, held to be given out.
///
/// The library does not say how its containers are made up, so that a copy takes the type. Code that is generic over keys would look it up
/// each time; this object knows it.
final class HeldContainer<Container> {
  private let storedContainer: Container

  init(_ container: Container) { storedContainer = container }

  // Specialized or inlined it would be that code.
  @inline(never)
  @_semantics("optimize.sil.specialize.generic.never")
  func container() -> Container { storedContainer }
}

/// The box that is all of a container, as far as that is so.
enum ContainerBox {
  /// Whether a container is a reference to one object of Swift's, whose count of references tells whether it is held elsewhere.
  static func isAll<Container>(of container: Container) -> Bool {
    guard MemoryLayout<Container>.size == MemoryLayout<UInt>.size,
      let box = Mirror(reflecting: container).children.first?.value,
      type(of: box) is AnyObject.Type
    else { return false }
    return address(in: container) == UInt(bitPattern: ObjectIdentifier(box as AnyObject))
  }

  /// The address of the box.
  static func address<Container>(in container: Container) -> UInt {
    unsafe unsafeBitCast(container, to: UInt.self)
  }
}
