/// What a reader or writer may at most use.
///
/// The default is made for input that is not trusted; ``v8`` refuses what V8 refuses for its size, and
/// ``unlimited`` is for data of one's own. Whoever reads small messages should set less than the default:
///
/// ```swift
/// let limits = CloneLimits(depth: 64, inputSize: 1 << 20, nodes: 10_000)
/// ```
///
/// A value that exceeds one fails with ``CloneDecodingError/Reason/limitExceeded(_:_:)`` or
/// ``DataCloneError/Reason/limitExceeded(_:_:)``, which name the limit and its value.
public struct CloneLimits: Hashable, Sendable {
  /// How deep receivers may be nested; 100,000 by default. V8's own limit is its stack: a few thousand.
  public var depth: Int

  /// How many bytes an input may have; at most 4 GiB − 1, the default. More is taken for that.
  public var inputSize: Int {
    // Offsets in the input are kept in 32 bits.
    didSet { inputSize = min(inputSize, Int(UInt32.max)) }
  }

  /// How many receivers a value may have: everything but primitives. By default no limit but 2^31 − 2, the
  /// most that can be counted; a receiver takes at least one byte of the input.
  public var nodes: Int

  /// How many elements an array in the dense form may have; 2^27 − 2 by default, as in V8. They take at
  /// least one byte each.
  public var arrayLength: Int

  /// How long an array in the sparse form may be, holes included; 2^32 − 1 by default, as in JavaScript.
  /// Length takes no memory here, but may where it is sent on to.
  public var sparseArrayLength: Int

  /// How many bytes a big integer may have; 2^27 by default, which are V8's 2^30 bits.
  public var bigIntSize: Int

  /// How many UTF-16 units a string may have; 2^29 − 24 by default, as in V8.
  public var stringLength: Int

  /// How many UTF-16 units the source of a regular expression may have. No limit by default but that of
  /// strings.
  public var regExpLength: Int

  /// How deep host objects may be nested in each other; 100,000 by default. Their delegates take no stack.
  public var hostObjectDepth: Int

  /// How many bytes a value may take in memory while it is read, the input not counted. The reader never
  /// allocates for what a length claims, only for bytes it has read: a payload takes at most 64 bytes for
  /// each of its own, and 64 KiB. This caps what is held; arrays that grow may take half as much again. No cap
  /// by default: with one, payloads are read item by item, which takes several times as long.
  public var memory: Int

  /// Makes limits; every one has a default.
  public init(
    depth: Int = 100_000, inputSize: Int = Int(UInt32.max), nodes: Int = .max,
    arrayLength: Int = (1 << 27) - 2, sparseArrayLength: Int = Int(UInt32.max),
    bigIntSize: Int = 1 << 27, stringLength: Int = (1 << 29) - 24,
    regExpLength: Int = .max, hostObjectDepth: Int = 100_000, memory: Int = .max
  ) {
    self.depth = depth
    self.inputSize = min(inputSize, Int(UInt32.max))
    self.nodes = nodes
    self.arrayLength = arrayLength
    self.sparseArrayLength = sparseArrayLength
    self.bigIntSize = bigIntSize
    self.stringLength = stringLength
    self.regExpLength = regExpLength
    self.hostObjectDepth = hostObjectDepth
    self.memory = memory
  }

  /// The defaults, made for input that is not trusted.
  public static let `default` = CloneLimits()

  /// What V8 reads and writes again for its size: lengths as by default, and the nesting of receivers that
  /// every release from 10.2 to 15.0 has a stack for, 1,649 levels (wire-format.md 6.9).
  public static let v8 = CloneLimits(depth: 1649)

  /// For data of one's own: nothing but what cannot be represented.
  public static let unlimited = CloneLimits(
    depth: .max, arrayLength: .max, bigIntSize: .max, stringLength: .max, hostObjectDepth: .max)
}
