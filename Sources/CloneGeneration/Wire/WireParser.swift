/// Takes a payload apart. Everything is optional: what is not well formed has no parts.
struct WireParser {
  private let bytes: [UInt8]
  private let depth: Int
  private var position = 0
  private var version: UInt32 = 0

  init(_ bytes: [UInt8], depth: Int) {
    self.bytes = bytes
    self.depth = depth
  }

  mutating func payload() -> WirePayload? {
    var header: UInt32?
    if bytes.first == 0xFF {
      position = 1
      guard let number = varint() else { return nil }
      header = UInt32(truncatingIfNeeded: number)
    }
    version = header ?? 0
    var payload = WirePayload(version: header, roots: [])
    if version == 0 {
      while peekedTag() != nil {
        guard let item = stackItem() ?? value(0) else { return nil }
        payload.roots.append(item)
      }
    } else {
      guard let root = value(0) else { return nil }
      payload.roots = [root]
    }
    payload.trailing = Array(bytes[position...])
    return payload
  }

  /// `{` and `@` of version 0, which take what stands before them.
  private mutating func stackItem() -> WireNode? {
    guard let tag = peekedTag(), tag == UInt8(ascii: "{") || tag == UInt8(ascii: "@") else {
      return nil
    }
    var node = WireNode(tag)
    node.padding = takePaddingAndTag()
    guard let fields = varints(tag == UInt8(ascii: "{") ? 1 : 2) else { return nil }
    node.fields = fields
    return node
  }

  private mutating func value(_ level: Int) -> WireNode? {
    guard level < depth, let tag = peekedTag(), let layout = WireLayout(tag: tag) else {
      return nil
    }
    var node = WireNode(tag)
    node.padding = takePaddingAndTag()
    return fill(&node, layout, level) ? node : nil
  }

  private mutating func fill(_ node: inout WireNode, _ layout: WireLayout, _ level: Int) -> Bool {
    switch layout {
    case .bare: return true
    case .varint: return readFields(1, &node)
    case .eightBytes: return readBytes(8, &node)
    case .string: return readFields(1, &node) && readBytes(node.fields[0], &node)
    case .buffer:
      return readFields(1, &node) && readBytes(node.fields[0], &node) && readView(&node, level)
    case .resizableBuffer:
      return readFields(2, &node) && readBytes(node.fields[0], &node) && readView(&node, level)
    case .reference: return readFields(1, &node) && readView(&node, level)
    case .view: return readFields(version >= 14 ? 4 : 3, &node)
    case .bigint:
      return readFields(1, &node) && readBytes((node.fields[0] & 0xFFFF_FFFF) >> 1, &node)
    case .boxedString: return readString(&node, level)
    case .regExp: return readString(&node, level) && readFields(1, &node)
    case .error: return readSections(&node, level)
    case .verified:
      guard readFields(1, &node), let child = value(level + 1) else { return false }
      node.children = [child]
      return true
    case .object, .map, .set: return readChildren(&node, layout, level)
    case .sparseArray: return readFields(1, &node) && readChildren(&node, layout, level)
    case .denseArray:
      guard readFields(1, &node), node.fields[0] <= UInt64(bytes.count - position) else {
        return false
      }
      for _ in 0..<node.fields[0] {
        guard let child = value(level + 1) else { return false }
        node.children.append(child)
      }
      return readChildren(&node, layout, level)
    }
  }

  private mutating func readChildren(
    _ node: inout WireNode, _ layout: WireLayout, _ level: Int
  ) -> Bool {
    guard let end = layout.end else { return false }
    while let tag = peekedTag() {
      if tag == end.tag {
        _ = takePaddingAndTag()
        guard let fields = varints(end.fields) else { return false }
        node.ending = fields
        return true
      }
      guard let child = value(level + 1) else { return false }
      node.children.append(child)
    }
    return false
  }

  private mutating func readSections(_ node: inout WireNode, _ level: Int) -> Bool {
    while position < bytes.count {
      var section = WireNode(bytes[position])
      position += 1
      if section.tag == UInt8(ascii: ".") { return true }
      if section.tag == UInt8(ascii: "c") {
        guard let cause = value(level + 1) else { return false }
        section.children = [cause]
      } else if WireLayout.sectionHoldsValue(section.tag) {
        guard readString(&section, level) else { return false }
      } else if section.tag >= 0x80 {
        return false
      }
      node.children.append(section)
    }
    return false
  }

  /// A string in its tagged form or, below version 12, as bare UTF-8.
  private mutating func readString(_ node: inout WireNode, _ level: Int) -> Bool {
    if version >= 12 {
      guard let string = value(level + 1) else { return false }
      node.children = [string]
      return true
    }
    var string = WireNode("S")
    guard readFields(1, &string), readBytes(string.fields[0], &string) else { return false }
    node.children = [string]
    return true
  }

  private mutating func readView(_ node: inout WireNode, _ level: Int) -> Bool {
    guard peekedTag() == UInt8(ascii: "V") else { return true }
    guard let view = value(level) else { return false }
    node.children = [view]
    return true
  }

  // MARK: - Primitives

  private func peekedTag() -> UInt8? { bytes[position...].first { $0 != 0 } }

  private mutating func takePaddingAndTag() -> Int {
    let start = position
    while bytes[position] == 0 { position += 1 }
    position += 1
    return position - start - 1
  }

  private mutating func readFields(_ count: Int, _ node: inout WireNode) -> Bool {
    guard let fields = varints(count) else { return false }
    node.fields = fields
    return true
  }

  private mutating func readBytes(_ count: UInt64, _ node: inout WireNode) -> Bool {
    guard count <= UInt64(bytes.count - position) else { return false }
    node.bytes = Array(bytes[position..<(position + Int(count))])
    position += Int(count)
    return true
  }

  private mutating func varints(_ count: Int) -> [UInt64]? {
    var numbers: [UInt64] = []
    for _ in 0..<count {
      guard let number = varint() else { return nil }
      numbers.append(number)
    }
    return numbers
  }

  private mutating func varint() -> UInt64? {
    var number: UInt64 = 0
    var shift: UInt64 = 0
    while position < bytes.count, shift < 70 {
      let byte = bytes[position]
      position += 1
      number |= UInt64(byte & 0x7F) << shift
      shift += 7
      if byte < 0x80 { return number }
    }
    return nil
  }
}
