/// A keyed container of the standard library's, held to be given out.
///
/// The library does not say how its containers are made up: whoever copies one has to know its type, which code that is generic over keys
/// would look up each time. This object knows it.
final class HeldContainer<Container> {
  private let storedContainer: Container

  init(_ container: Container) { storedContainer = container }

  // Inlined, or specialized for a caller, it would be code that is generic over keys.
  @inline(never)
  @_semantics("optimize.sil.specialize.generic.never")
  func container() -> Container { storedContainer }
}
