/// An item of a payload, taken apart so that it can be changed and put together again, rightly or wrongly.
///
/// What the members hold depends on the tag; ``WireLayout`` says it. The counts are members like others: they
/// need not be true until ``repairCounts()`` makes them.
public struct WireNode: Hashable, Sendable {
  /// The tag; of a section of an error, the section's.
  public var tag: UInt8
  /// How many zero bytes stand before the tag.
  public var padding = 0
  /// The varints behind the tag (of a regular expression, behind its source).
  public var fields: [UInt64] = []
  /// Raw content.
  public var bytes: [UInt8] = []
  /// What is inside; of a buffer or a reference, the view that follows it.
  public var children: [WireNode] = []
  /// The varints behind the end tag.
  public var ending: [UInt64] = []

  /// Makes a node.
  public init(
    _ tag: UInt8, fields: [UInt64] = [], bytes: [UInt8] = [], children: [WireNode] = [],
    ending: [UInt64] = []
  ) {
    self.tag = tag
    self.fields = fields
    self.bytes = bytes
    self.children = children
    self.ending = ending
  }

  /// Makes a node by a tag's letter.
  public init(
    _ letter: Unicode.Scalar, fields: [UInt64] = [], bytes: [UInt8] = [], children: [WireNode] = [],
    ending: [UInt64] = []
  ) {
    self.init(
      UInt8(truncatingIfNeeded: letter.value), fields: fields, bytes: bytes, children: children,
      ending: ending)
  }

  /// Whether values that are put into this node make sense.
  var isContainer: Bool {
    switch WireLayout(tag: tag) {
    case .object, .sparseArray, .denseArray, .map, .set: true
    default: false
    }
  }

  /// Makes the counts and lengths of this node, and of all below it, true.
  public mutating func repairCounts() {
    for index in children.indices { children[index].repairCounts() }
    switch WireLayout(tag: tag) {
    case .string, .buffer: fields = [UInt64(bytes.count)]
    case .bigint: fields = [UInt64(bytes.count) << 1 | (fields.first ?? 0) & 1]
    case .object: ending = [UInt64(children.count / 2)]
    case .map, .set: ending = [UInt64(children.count)]
    case .sparseArray: ending = [UInt64(children.count / 2), sparseLength]
    case .denseArray:
      let length = min(fields.first ?? 0, UInt64(children.count))
      fields = [length]
      ending = [(UInt64(children.count) - length) / 2, length]
    default: break
    }
  }

  /// The length that the end of a sparse array gives: the one it began with.
  private var sparseLength: UInt64 { ending.count > 1 ? ending[1] : fields.first ?? 0 }

  /// Whether a position among the children is a key's.
  public func isKey(_ index: Int) -> Bool {
    switch WireLayout(tag: tag) {
    case .object, .sparseArray, .map: index.isMultiple(of: 2)
    case .denseArray:
      index >= elementCount && (index - elementCount).isMultiple(of: 2)
    default: false
    }
  }

  /// How many of a dense array's children are elements.
  var elementCount: Int { min(Int(clamping: fields.first ?? 0), children.count) }
}
