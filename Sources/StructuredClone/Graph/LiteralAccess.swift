/// What a literal lists as addresses, so that nothing is retained to write it.
///
/// They hold as long as the graph of the literal lives and is not changed, as those of ``GraphAccess`` do.
@safe enum LiteralAccess {
  case elements(UnsafeBufferPointer<CloneValue>)
  case properties(UnsafeBufferPointer<(ClonePropertyKey, CloneValue)>)

  /// How many elements or properties there are.
  var count: Int {
    switch self {
    case .elements(let elements): elements.count
    case .properties(let properties): properties.count
    }
  }
}
