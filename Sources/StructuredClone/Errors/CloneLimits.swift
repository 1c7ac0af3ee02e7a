/// What a reader or writer may at most use.
public struct CloneLimits: Hashable, Sendable {
  /// How deep receivers may be nested; 100,000 by default. V8's own limit is its stack: a few thousand.
  public var depth: Int

  /// How many bytes an input may have; at most 4 GiB − 1, the default.
  public var inputSize: Int

  /// How many bytes a value may take in memory while it is read, the input not counted. The reader never
  /// allocates for what a length claims, only for bytes it has read: a payload takes less than 100 bytes for
  /// each of its own. This caps what is held; arrays that grow may take half as much again. No cap by
  /// default.
  public var memory: Int

  /// Makes limits; every one has a default.
  public init(depth: Int = 100_000, inputSize: Int = Int(UInt32.max), memory: Int = .max) {
    self.depth = depth
    self.inputSize = min(inputSize, Int(UInt32.max))
    self.memory = memory
  }

  /// The defaults, made for input that is not trusted.
  public static let `default` = CloneLimits()
}
