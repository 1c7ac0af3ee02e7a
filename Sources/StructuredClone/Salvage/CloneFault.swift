/// Something in a damaged payload that could not be read.
public struct CloneFault: Sendable, CustomStringConvertible {
  /// What is wrong, and where.
  public let error: CloneDecodingError
  /// The bytes of the input that make no value: those of the item or, where its end is not known, all from there on. Empty
  /// if nothing was left out, such as for a wrong count.
  public let bytes: Range<Int>
  /// What stands in its place in the salvaged value: a ``CloneUncloneable`` of the kind ``CloneUncloneable/Kind/fault``; `nil` if
  /// nothing does.
  public let value: CloneValue?

  /// The error.
  public var description: String { error.description }
}
