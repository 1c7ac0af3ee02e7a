import StructuredClone

/// Why a cell cannot be read as a type: what the container, which knows the path, makes a `DecodingError` of.
enum Mismatch: Error {
  /// The value is of another kind.
  case type(any Any.Type)
  /// There is no value: it is null, undefined or a hole.
  case noValue(any Any.Type)
  /// The value is of the right kind, but not one that can be read.
  case corrupted(String)
  /// A limit is exceeded.
  case limit(String, Int)
  /// Nothing is wrong: it is read another way.
  case other

  var isOther: Bool { if case .other = self { true } else { false } }
}
