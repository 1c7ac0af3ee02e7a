/// A change to the parts of a payload.
enum TreeMutation: CaseIterable {
  case duplicate, delete, swap, replace, wrap, insert, moveElsewhere
  case duplicateKey, numberKey, renameKey
  case changeField, changeBytes, changeTag, changeNumber, reference, verify, pad

  /// Applies itself to a node somewhere below a root. Counts are left as they were.
  static func apply(
    to roots: inout [WireNode], donors: [WireNode], using random: inout SplitMix64
  ) {
    guard !roots.isEmpty else { return }
    let index = random.below(roots.count)
    let mutation = random.pick(allCases)
    let size = roots[index].nodeCount
    var target = random.below(size)
    roots[index].visit(&target) { node, parentIsErrorOrString in
      mutation.apply(to: &node, isFixedRole: parentIsErrorOrString, donors, &random)
    }
  }

  private func apply(
    to node: inout WireNode, isFixedRole: Bool, _ donors: [WireNode], _ random: inout SplitMix64
  ) {
    guard !isFixedRole else { return changeContents(of: &node, &random) }
    let count = node.children.count
    switch self {
    case .duplicate where node.isContainer && count > 0:
      let index = random.below(count)
      insert(node.children[index], at: index, in: &node)
    case .delete where node.isContainer && count > 0: remove(random.below(count), from: &node)
    case .swap where count > 1: node.children.swapAt(random.below(count), random.below(count))
    case .replace: node = random.pick(donors)
    case .wrap: node = wrapped(node, &random)
    case .insert where node.isContainer:
      insert(random.pick(donors), at: random.below(count + 1), in: &node)
    case .moveElsewhere where node.isContainer && count > 1:
      let moved = node.children[random.below(count)]
      node.children[random.below(count)] = moved
    case .duplicateKey, .numberKey, .renameKey: changeKey(of: &node, &random)
    case .reference: node = WireNode("^", fields: [UInt64(random.below(6))])
    case .verify: node = WireNode("?", fields: [random.pick(Vocabulary.lies)], children: [node])
    case .pad: node.padding += 1 + random.below(3)
    case .changeTag: node.tag = random.pick(Vocabulary.tags)
    default: changeContents(of: &node, &random)
    }
  }

  private func insert(_ child: WireNode, at index: Int, in node: inout WireNode) {
    if node.tag == UInt8(ascii: "A"), index <= node.elementCount {
      node.fields = [UInt64(node.elementCount + 1)]
    }
    node.children.insert(child, at: index)
  }

  private func remove(_ index: Int, from node: inout WireNode) {
    if node.tag == UInt8(ascii: "A"), index < node.elementCount {
      node.fields = [UInt64(node.elementCount - 1)]
    } else if node.isKey(index), index + 1 < node.children.count {
      node.children.remove(at: index + 1)
    }
    node.children.remove(at: index)
  }

  private func changeKey(of node: inout WireNode, _ random: inout SplitMix64) {
    let keys = node.children.indices.filter { node.isKey($0) }
    guard node.isContainer, !keys.isEmpty else { return changeContents(of: &node, &random) }
    let key = random.pick(keys)
    switch self {
    case .duplicateKey: node.children[key] = node.children[random.pick(keys)]
    case .numberKey:
      let number = random.pick(Vocabulary.doubles)
      node.children[key] =
        random.chance(50)
        ? WireNode("U", fields: [UInt64(random.below(5))])
        : WireNode("N", bytes: Vocabulary.bytes(of: number))
    case .renameKey where node.children[key].tag == UInt8(ascii: "\""):
      let bytes = node.children[key].bytes.flatMap { [$0, 0] as [UInt8] }
      node.children[key] = WireNode("c", fields: [UInt64(bytes.count)], bytes: bytes)
    default:
      let name = Array(random.pick(Vocabulary.names).utf8)
      node.children[key] = WireNode("S", fields: [UInt64(name.count)], bytes: name)
    }
  }

  private func wrapped(_ node: WireNode, _ random: inout SplitMix64) -> WireNode {
    let name = WireNode("\"", fields: [1], bytes: [UInt8(ascii: "k")])
    switch random.below(7) {
    case 0: return WireNode("o", children: [name, node], ending: [1])
    case 1: return WireNode("A", fields: [2], children: [node, node], ending: [0, 2])
    case 2:
      return WireNode(
        "a", fields: [1], children: [WireNode("I", fields: [0]), node], ending: [1, 1])
    case 3: return WireNode(";", children: [node, node], ending: [2])
    case 4: return WireNode("'", children: [node], ending: [1])
    case 5: return WireNode("r", children: [WireNode("c", children: [node])])
    default: return WireNode("s", children: [node])
    }
  }

  private func changeContents(of node: inout WireNode, _ random: inout SplitMix64) {
    if !node.bytes.isEmpty, self != .changeField {
      node.bytes[random.below(node.bytes.count)] = random.byte()
    } else if !node.fields.isEmpty {
      let index = random.below(node.fields.count)
      node.fields[index] =
        random.chance(70)
        ? node.fields[index] &+ (random.chance(50) ? 1 : .max) : random.pick(Vocabulary.lies)
    } else if !node.ending.isEmpty {
      let index = random.below(node.ending.count)
      node.ending[index] = node.ending[index] &+ (random.chance(50) ? 1 : .max)
    } else if node.children.isEmpty {
      node.tag = random.pick(Vocabulary.tags)
    } else {
      node.children[random.below(node.children.count)].padding += 1
    }
  }
}

extension WireNode {
  /// How many nodes there are from here down.
  var nodeCount: Int { children.reduce(1) { $0 + $1.nodeCount } }

  /// Calls a function with the node at a position in preorder, and whether its place takes only a string, a
  /// section or a view.
  fileprivate mutating func visit(_ position: inout Int, _ body: (inout WireNode, Bool) -> Void) {
    visit(&position, isFixedRole: false, body)
  }

  private mutating func visit(
    _ position: inout Int, isFixedRole: Bool, _ body: (inout WireNode, Bool) -> Void
  ) {
    if position == 0 {
      position = -1
      return body(&self, isFixedRole)
    }
    position -= 1
    let holdsFixedRoles: Bool
    switch WireLayout(tag: tag) {
    case .error, .regExp, .boxedString, .buffer, .resizableBuffer, .reference:
      holdsFixedRoles = true
    default: holdsFixedRoles = false
    }
    for index in children.indices {
      children[index].visit(&position, isFixedRole: holdsFixedRoles, body)
      if position < 0 { return }
    }
  }
}
