extension Optional where Wrapped: ~Copyable {
  /// Calls a function with the value where it is, if there is one; answers whether there is.
  ///
  /// Code that is generic over a type that can be copied looks up the optional's type to take the value out.
  @inline(__always)
  func withBorrowedValue<Failure: Error>(
    _ body: (borrowing Wrapped) throws(Failure) -> Void
  ) throws(Failure) -> Bool {
    switch self {
    case .some(let value):
      try body(value)
      return true
    case .none: return false
    }
  }
}
