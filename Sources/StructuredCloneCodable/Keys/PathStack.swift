/// One step of the coding path to what is being read or written, on the coder's stack of them.
///
/// Paths are made when somebody asks: a step takes no memory of its own. Whoever holds a path holds its length and the number
/// of its last step, so that it is known whether the stack still begins with it.
struct PathEntry {
  let key: any CodingKey
  /// The number of the step, of which no two are equal.
  let serial: UInt32
  /// Whether the rest of the stack is before the step.
  let continuesStack: Bool
  /// What else is before it; `nil` for nothing.
  let base: PathNode?
  /// The step as a node, once somebody has asked for it.
  var node: PathNode?
}

/// A coding path that outlives the stack, as a list from its end.
final class PathNode {
  let parent: PathNode?
  let key: any CodingKey

  init(parent: PathNode?, key: any CodingKey) {
    self.parent = parent
    self.key = key
  }

  /// The keys from the root on.
  var keys: [any CodingKey] {
    var keys = [key]
    var next = parent
    while let node = next {
      keys.append(node.key)
      next = node.parent
    }
    return keys.reversed()
  }
}

/// The steps to what is being read or written.
struct PathStack {
  private var entries: ContiguousArray<PathEntry> = []
  private var nextSerial: UInt32 = 1
  /// Paths of containers that somebody else holds.
  private var nodes: [PathNode] = []

  /// A path on the stack, or one of `nodes`.
  struct Reference: Hashable {
    fileprivate let position: UInt32
    fileprivate let serial: UInt32

    static let root = Reference(position: 0, serial: 0)
    fileprivate static let nodeMark: UInt32 = 1 << 31
    fileprivate var isNode: Bool { position & Reference.nodeMark != 0 }
  }

  init() { entries.reserveCapacity(8) }

  /// How many steps there are.
  var count: Int { entries.count }

  /// Adds a step behind a path; answers the path to it.
  @inline(__always)
  mutating func push(_ key: some CodingKey, behind path: Reference) -> Reference {
    let serial = nextSerial
    nextSerial &+= 1
    let continuesStack = path.position == entries.count
    entries.append(
      PathEntry(
        key: key, serial: serial, continuesStack: continuesStack,
        base: continuesStack ? nil : node(of: path)))
    return Reference(position: UInt32(truncatingIfNeeded: entries.count), serial: serial)
  }

  @inline(__always)
  mutating func pop() { entries.removeLast() }

  /// The path behind another, kept for a container that lives on its own.
  mutating func keep(_ key: some CodingKey, behind path: Reference) -> Reference {
    nodes.append(PathNode(parent: node(of: path), key: key))
    return Reference(position: UInt32(nodes.count - 1) | Reference.nodeMark, serial: 0)
  }

  /// A path as a node; `nil` for that of the root, and for one that is no more.
  private mutating func node(of path: Reference) -> PathNode? {
    if path.isNode { return nodes[Int(path.position ^ Reference.nodeMark)] }
    let count = Int(path.position)
    guard count > 0, count <= entries.count, entries[count - 1].serial == path.serial else {
      return nil
    }
    // From the last step on that has a node, or nothing before it on the stack.
    var first = count - 1
    while first > 0, entries[first].node == nil, entries[first].continuesStack { first -= 1 }
    for position in first..<count where entries[position].node == nil {
      let isInner = position > 0 && entries[position].continuesStack
      let parent = isInner ? entries[position - 1].node : entries[position].base
      entries[position].node = PathNode(parent: parent, key: entries[position].key)
    }
    return entries[count - 1].node
  }

  /// The keys of a path.
  mutating func keys(of path: Reference) -> [any CodingKey] { node(of: path)?.keys ?? [] }
}
