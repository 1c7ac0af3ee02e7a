import StructuredClone

/// Changes to a graph through an editor; bytes decide which. Preconditions are kept.
struct EditorChanges {
  var decisions: Decisions
  private let editor: CloneGraphEditor
  private var nodes: [CloneGraphEditor.Node] = []
  private(set) var count = 0

  init(_ decisions: Decisions, editor: CloneGraphEditor) {
    self.decisions = decisions
    self.editor = editor
  }

  /// Makes what is reachable something to be changed, up to a few objects.
  mutating func addNodes(of root: CloneGraphEditor.Value) {
    nodes = [root].compactMap(\.node)
    var next = 0
    while next < nodes.count, nodes.count < 16 {
      let node = nodes[next]
      next += 1
      var children = node.propertyKeys.prefix(8).map { node[$0] }
      if Kind(node) == .array { children += (0..<min(8, node.count)).map { node[.init($0)] } }
      children += node.entryKeys.prefix(8)
      if Kind(node) == .map { children += node.entryKeys.prefix(8).map { node[mapKey: $0] } }
      if let cause = node.cause { children.append(cause) }
      if let buffer = node.buffer { children.append(.node(buffer)) }
      for child in children.compactMap(\.node) where !nodes.contains(child) { nodes.append(child) }
    }
  }

  /// What an object is; nodes do not say.
  private enum Kind {
    case object, array, map, set, error, buffer, view, other

    init(_ node: CloneGraphEditor.Node) {
      switch node.editor.finish(node) {
      case .object: self = .object
      case .array: self = .array
      case .map: self = .map
      case .set: self = .set
      case .error: self = .error
      case .arrayBuffer: self = .buffer
      case .arrayBufferView: self = .view
      default: self = .other
      }
    }
  }

  /// Makes one change.
  mutating func change() {
    count += 1
    guard !nodes.isEmpty else {
      decisions = Decisions([])
      return
    }
    let node = decisions.pick(nodes)
    switch Kind(node) {
    case .object: changeProperties(of: node)
    case .array: changeArray(node)
    case .map:
      if decisions.flag() { node[mapKey: other()] = other() } else { node.removeEntry(other()) }
    case .set: if decisions.flag() { node.insert(other()) } else { node.removeEntry(other()) }
    case .error: node.cause = decisions.flag() ? .some(other()) : .none
    case .buffer: changeBytes(of: node)
    case .view: node[element: decisions.pick([0, 1, 3, 100, -1])] = other()
    case .other: _ = decisions.byte()
    }
  }

  private mutating func other() -> CloneGraphEditor.Value {
    switch decisions.below(10) {
    case 0: .node(remembered(editor.object()))
    case 1: .node(remembered(editor.array(1, "two", nil)))
    case 2: .node(remembered(editor.map()))
    case 3: .node(remembered(editor.set()))
    case 4: .number(Double(decisions.byte()) - 1)
    case 5: .bigint(CloneBigInt(Int(decisions.byte())))
    case 6: .string(CloneString(latin1: [decisions.byte()]))
    default: .node(decisions.pick(nodes))
    }
  }

  private mutating func remembered(_ node: CloneGraphEditor.Node) -> CloneGraphEditor.Node {
    nodes.append(node)
    return node
  }

  private mutating func changeProperties(of node: CloneGraphEditor.Node) {
    let keys = node.propertyKeys + ["a", "length", 0, 9]
    let key = decisions.pick(keys)
    if decisions.below(4) == 0 { node.removeProperty(key) } else { node[key] = other() }
  }

  private mutating func changeArray(_ node: CloneGraphEditor.Node) {
    switch decisions.below(6) {
    case 0 where node.count < Int(UInt32.max): node.append(other())
    case 1: node["length"] = .number(decisions.pick([0, 1, 100, 4_294_967_295, 0.5]))
    case 2: node.removeProperty(decisions.pick([0, 1, 2, 90, 4_294_967_294]))
    case 3: node[decisions.pick([0, 1, 2, 90, 4_294_967_294])] = other()
    default: changeProperties(of: node)
    }
  }

  private mutating func changeBytes(of node: CloneGraphEditor.Node) {
    let kind = CloneArrayBufferView.Kind.allCases
    if decisions.flag(), let view = editor.view(decisions.pick(kind), on: node) {
      nodes.append(view)
      return
    }
    guard let buffer = editor.finish(node).arrayBuffer, !buffer.isImmutable, !buffer.isDetached
    else { return }
    node.bytes = buffer.isResizable && decisions.flag() ? [] : node.bytes.reversed()
  }
}
