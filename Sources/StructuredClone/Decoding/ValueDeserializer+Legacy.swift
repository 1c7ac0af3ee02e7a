/// What versions 0 to 12 do differently (wire-format.md sections 1.3 and 7).
extension ValueDeserializer {
  /// Whether sources of regular expressions, boxed strings and strings of errors are a length and UTF-8,
  /// without a tag.
  var hasUntaggedStrings: Bool { version < 12 }

  /// Reads a string without a tag.
  ///
  /// - Parameters:
  ///   - offset: of the item it belongs to.
  ///   - tag: of that item.
  mutating func readUntaggedString(
    of tag: UInt8, at offset: Int
  ) throws(CloneDecodingError) -> Cell {
    do {
      return try readString(WireTag.utf8String, at: offset)
    } catch {
      throw error.tag == nil ? failure(error.reason, at: error.offset, tag: tag) : error
    }
  }

  /// Reads version 0: the whole input is a sequence of items, and an object or array takes the items that
  /// were read before it.
  ///
  /// Its items wait on the reader's stack, below the children of the containers of today's form that may be
  /// among them.
  mutating func readStackMachine() throws(CloneDecodingError) -> Cell {
    while let tag = wire.peekTag() {
      switch tag {
      case WireTag.endObject: try readItems(into: .object)
      case WireTag.endSparseArray: try readItems(into: .sparseArray)
      default: push(try readGraph())
      }
    }
    wire.position = wire.bytes.count
    guard stack.count == 1, let root = stack.popLast() else {
      throw failure(.wrongItemCount(stack.count), at: wire.position)
    }
    return root
  }

  /// Reads the counts of an object or array and fills it with the pairs of items that precede it.
  private mutating func readItems(into kind: Frame.Kind) throws(CloneDecodingError) {
    wire.skipPadding()
    let offset = wire.position
    let tag = wire.bytes[offset]
    wire.position += 1
    let pairs: UInt32
    var length: UInt32 = 0
    do {
      pairs = try wire.readUInt32()
      if kind == .sparseArray { length = try wire.readUInt32() }
    } catch {
      throw failure(error.reason, at: error.offset, tag: tag)
    }
    if kind == .sparseArray { try checkLength(length, isDense: false, at: offset, tag: tag) }
    guard 2 * UInt64(pairs) <= UInt64(stack.count) else {
      throw failure(
        .missingItems(expected: 2 * UInt64(pairs), found: stack.count), at: offset, tag: tag)
    }
    let items = Array(stack[(stack.count - 2 * Int(pairs))..<stack.count])
    stack.removeLast(items.count)
    try open(kind, kind == .object ? .object : .array, at: offset, takesID: false, length: length)
    if kind == .object { engine?.beginObject(onFastWay: false) }
    for position in stride(from: 0, to: items.count, by: 2) {
      push(try propertyKey(items[position]))
      frames.top.setUncheckedKey()
      try deliverProperty(items[position + 1])
    }
    let frame = frames.top
    if kind == .object {
      engine?.endObject()
      storePairs(frame.base..<stack.count, of: frame)
    } else {
      storeSparseArray(pairs: frame.base..<stack.count, of: frame)
    }
    push(close(frame))
  }
}
