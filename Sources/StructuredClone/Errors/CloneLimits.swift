/// What a reader or writer may at most use.
public struct CloneLimits: Hashable, Sendable {
  /// How deep receivers may be nested; 100,000 by default. V8's own limit is its stack: a few thousand.
  public var depth: Int

  /// How many bytes an input may have; at most 4 GiB − 1, the default.
  public var inputSize: Int

  /// How many values a single payload may make the reader hold ready at a time: elements of all arrays that
  /// are still open. Every one needs at least a byte of input, so memory is bounded by the input in any
  /// case; this caps it further. No cap by default.
  public var openValues: Int

  /// Makes limits; every one has a default.
  public init(depth: Int = 100_000, inputSize: Int = Int(UInt32.max), openValues: Int = .max) {
    self.depth = depth
    self.inputSize = min(inputSize, Int(UInt32.max))
    self.openValues = openValues
  }

  /// The defaults, made for input that is not trusted.
  public static let `default` = CloneLimits()
}
