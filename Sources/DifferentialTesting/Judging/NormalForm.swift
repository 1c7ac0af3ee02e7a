import CloneGeneration

/// What an engine wrote without what depends on its process's past.
struct NormalForm: Sendable {
  /// Whether keys of maps and elements of sets are entered as names.
  let entersMapKeys: Bool
  /// Whether strings of one unit have the width of the name.
  let looksUpSingleUnits: Bool

  /// Whether both are the same but for the widths of names and regular expressions' sources, and for small
  /// integers in the form of doubles where a field of an object holds them.
  func areAlike(_ left: WirePayload, _ right: WirePayload) -> Bool { self(left) == self(right) }

  /// Whether both are alike but for objects that are empty in one of them.
  func areAlikeButForEmptyObjects(_ left: WirePayload, _ right: WirePayload) -> Bool {
    guard left.version == right.version, left.roots.count == right.roots.count else { return false }
    return zip(self(left).roots, self(right).roots).allSatisfy { haveSameOutline($0, $1) }
  }

  /// Compares without the ids of references, which count what an empty object lacks.
  private func haveSameOutline(_ left: WireNode, _ right: WireNode) -> Bool {
    guard left.tag == right.tag else { return false }
    let isObject = left.tag == UInt8(ascii: "o")
    if isObject, left.children.isEmpty || right.children.isEmpty { return true }
    guard left.tag == UInt8(ascii: "^") || left.fields == right.fields,
      left.bytes == right.bytes, left.ending == right.ending,
      left.children.count == right.children.count
    else { return false }
    return zip(left.children, right.children).allSatisfy { haveSameOutline($0, $1) }
  }

  private func callAsFunction(_ payload: WirePayload) -> WirePayload {
    var payload = payload
    for index in payload.roots.indices { normalize(&payload.roots[index]) }
    return payload
  }

  private func normalize(_ node: inout WireNode) {
    // Only there for the alignment of two-byte strings.
    node.padding = 0
    if looksUpSingleUnits, node.bytes.count == 2 { narrow(&node) }
    for index in node.children.indices {
      let place = node.children[index].tag
      if isName(index, of: node) { narrow(&node.children[index]) }
      if isField(index, of: node) { unbox(&node.children[index]) }
      if node.tag == UInt8(ascii: "r"), place == UInt8(ascii: "c"),
        !node.children[index].children.isEmpty
      {
        unbox(&node.children[index].children[0])
      }
      normalize(&node.children[index])
    }
  }

  private func isName(_ index: Int, of node: WireNode) -> Bool {
    switch Unicode.Scalar(node.tag) {
    case "R": true
    case "'": entersMapKeys
    case ";": entersMapKeys && node.isKey(index)
    default: node.isKey(index)
    }
  }

  /// Whether a child is the value of a named property.
  private func isField(_ index: Int, of node: WireNode) -> Bool {
    guard node.tag == UInt8(ascii: "o"), index > 0, node.isKey(index - 1) else { return false }
    return [UInt8(ascii: "\""), UInt8(ascii: "c")].contains(node.children[index - 1].tag)
  }

  private func narrow(_ string: inout WireNode) {
    guard string.tag == UInt8(ascii: "c") else { return }
    var narrow: [UInt8] = []
    for index in stride(from: 0, to: string.bytes.count, by: 2) {
      guard string.bytes[index + 1] == 0 else { return }
      narrow.append(string.bytes[index])
    }
    string = WireNode("\"", fields: [UInt64(narrow.count)], bytes: narrow)
  }

  private func unbox(_ number: inout WireNode) {
    guard number.tag == UInt8(ascii: "N") else { return }
    let bits = number.bytes.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    let double = Double(bitPattern: bits)
    guard let integer = Int32(exactly: double), !(integer == 0 && double.sign == .minus) else {
      return
    }
    let zigZag = UInt32(bitPattern: (integer << 1) ^ (integer >> 31))
    number = WireNode("I", fields: [UInt64(zigZag)])
  }
}
