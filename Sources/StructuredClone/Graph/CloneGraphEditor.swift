/// Makes and changes graphs as JavaScript does: objects are changed in place, every mention sees it, and
/// cycles can be closed.
///
/// ```swift
/// let editor = CloneGraphEditor()
/// let parent = editor.object()
/// let child = editor.object()
/// parent["child"] = .node(child)
/// child["parent"] = .node(parent)
/// let value = editor.finish(parent)
/// ```
///
/// An editor belongs to one task: it is not Sendable. ``finish(_:)-(Node)`` copies what is reachable into a
/// value, which never changes; the editor can go on.
public final class CloneGraphEditor {
  /// The receivers, each in an editable graph of its own. A receiver cell in one of them is the index of
  /// another here.
  private(set) var nodes: [CloneGraph] = []
  /// Nodes of receivers that were added, so that adding twice gives one node. The values are kept so that
  /// their identity lasts.
  private var added: [LookupKey: Int] = [:]
  private var keptAlive: [CloneGraph] = []

  /// Makes an editor without objects.
  public init() {}

  /// A value in an editor: a primitive, or an object of the editor.
  public enum Value {
    /// `undefined`.
    case undefined
    /// `null`.
    case null
    /// A boolean.
    case boolean(Bool)
    /// A number.
    case number(Double)
    /// A BigInt.
    case bigint(CloneBigInt)
    /// A string.
    case string(CloneString)
    /// An object of the editor. Where an object of another editor is given, a copy of what it is then takes its
    /// place: what ``finish(_:)-(Node)`` and ``add(_:)`` make of it.
    case node(Node)

    /// The object, or `nil` for a primitive.
    public var node: Node? {
      if case .node(let node) = self { return node }
      return nil
    }
  }

  /// An object of an editor.
  public struct Node {
    /// The editor it belongs to.
    public let editor: CloneGraphEditor
    let index: Int

    var graph: CloneGraph { editor.nodes[index] }
    var receiver: Receiver { Receiver(graph: graph, index: 0) }
  }

  // MARK: - Making objects

  /// Makes an empty object.
  public func object() -> Node { adopt(CloneObject().receiver.graph) }

  /// Makes a packed array.
  public func array(_ elements: Value...) -> Node {
    let node = adopt(CloneArray().receiver.graph)
    for element in elements { node.append(element) }
    return node
  }

  /// Makes an empty map.
  public func map() -> Node { adopt(CloneMap().receiver.graph) }

  /// Makes an empty set.
  public func set() -> Node { adopt(CloneSet().receiver.graph) }

  /// Makes a view on a buffer of the editor, as ``CloneArrayBufferView/init(_:on:byteOffset:byteLength:)-(_,CloneArrayBuffer,_,_)``
  /// does; `nil` where JavaScript throws, and if the node is no buffer of this editor.
  public func view(
    _ kind: CloneArrayBufferView.Kind, on buffer: Node, byteOffset: Int = 0, byteLength: Int? = nil
  ) -> Node? {
    guard buffer.editor === self, buffer.graph.records[0].kind == .arrayBuffer,
      let view = CloneArrayBufferView(
        kind, on: CloneArrayBuffer(buffer.receiver), byteOffset: byteOffset,
        byteLength: byteLength)
    else { return nil }
    let graph = view.receiver.graph
    graph.releaseCell(graph.cells[0])
    graph.cells[0] = .receiver(UInt32(buffer.index))
    return adopt(graph)
  }

  /// Adds a value with everything it reaches. Sharing and cycles are kept; a receiver that was added before
  /// is the same node.
  public func add(_ value: CloneValue) -> Value {
    switch value {
    case .undefined: return .undefined
    case .null: return .null
    case .boolean(let value): return .boolean(value)
    case .number(let number): return .number(number)
    case .bigint(let integer): return .bigint(integer)
    case .string(let string): return .string(string)
    default: break
    }
    guard let receiver = value.receiver else { return .undefined }
    var pending: [(source: Receiver, node: Int)] = []
    func node(of receiver: Receiver) -> Int {
      let key = LookupKey.receiver(receiver)
      if let known = added[key] { return known }
      let graph = CloneGraph(cells: [], records: [receiver.record], isEditable: true)
      let node = adopt(graph).index
      added[key] = node
      keptAlive.append(receiver.graph)
      pending.append((receiver, node))
      return node
    }
    let root = node(of: receiver)
    while let (source, index) = pending.popLast() {
      let graph = nodes[index]
      var record = source.record
      for position in record.cells {
        let cell = source.graph.cells[position]
        if let child = source.graph.receiver(of: cell) {
          graph.cells.append(.receiver(UInt32(node(of: child))))
        } else {
          graph.cells.append(graph.importCell(cell, from: source.graph))
        }
      }
      // Bytes stay where they are until one side changes them.
      if record.kind == .arrayBuffer { graph.input = source.graph.input }
      record.start = 0
      graph.records[0] = record
    }
    return .node(Node(editor: self, index: root))
  }

  /// Takes the bytes out of a buffer that was added; false if it was not.
  func detach(_ buffer: CloneArrayBuffer) -> Bool {
    guard let index = added[.receiver(buffer.receiver)] else { return false }
    let graph = nodes[index]
    graph.input = []
    graph.records[0].flags.insert(.detached)
    graph.records[0].count = 0
    graph.records[0].extra = 0
    return true
  }

  private func adopt(_ graph: CloneGraph) -> Node {
    nodes.append(graph)
    return Node(editor: self, index: nodes.count - 1)
  }

  // MARK: - Finishing

  /// The value of an object with everything it reaches, as it is now; the object may be another editor's.
  ///
  /// - Complexity: linear in what is reachable; the bytes of buffers are not copied.
  public func finish(_ root: Node) -> CloneValue {
    guard root.editor === self else { return root.editor.finish(root) }
    var records: [Record] = []
    var cells: [Cell] = []
    var slots: [CloneGraph.Slot] = []
    var mayShare = false
    // What a node became: a record of the new graph, or for buffers a graph of their own, whose bytes are
    // shared until either side changes.
    var results: [Int: Cell] = [:]
    var order: [Int] = []
    func result(of index: Int) -> Cell {
      if let known = results[index] {
        mayShare = true
        return known
      }
      let node = nodes[index]
      let cell: Cell
      if node.records[0].kind == .arrayBuffer {
        let graph = CloneGraph(
          input: node.input, cells: node.cells, records: node.records, isEditable: true)
        _ = graph.noteMention()
        slots.append(.receiver(Receiver(graph: graph, index: 0)))
        cell = .slot(UInt32(slots.count - 1))
      } else {
        cell = .receiver(UInt32(order.count))
        order.append(index)
        records.append(node.records[0])
      }
      results[index] = cell
      return cell
    }
    let rootCell = result(of: root.index)
    var next = 0
    while next < order.count {
      let node = nodes[order[next]]
      records[next] = node.records[0]
      records[next].start = UInt32(cells.count)
      for cell in node.cells {
        switch cell.tag {
        case .receiver: cells.append(result(of: Int(cell.payload)))
        case .slot:
          slots.append(node.slots[Int(cell.payload)])
          cells.append(.slot(UInt32(slots.count - 1)))
        default: cells.append(cell)
        }
      }
      next += 1
    }
    let graph = CloneGraph(cells: cells, records: records, slots: slots, mayShare: mayShare)
    return graph.value(of: rootCell)
  }

  /// The value of a primitive, or of an object as ``finish(_:)-(Node)``.
  public func finish(_ root: Value) -> CloneValue {
    switch root {
    case .undefined: .undefined
    case .null: .null
    case .boolean(let value): .boolean(value)
    case .number(let number): .number(number)
    case .bigint(let integer): .bigint(integer)
    case .string(let string): .string(string)
    case .node(let node): finish(node)
    }
  }
}

extension CloneGraphEditor.Value: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral, ExpressibleByStringLiteral
{
  /// Makes `null`.
  public init(nilLiteral: ()) { self = .null }
  /// Makes a boolean.
  public init(booleanLiteral value: Bool) { self = .boolean(value) }
  /// Makes a number.
  ///
  /// - Precondition: the literal is from −2^53 to 2^53.
  public init(integerLiteral value: Int) {
    precondition(
      value.magnitude <= 1 << 53, "an integer literal beyond 2^53 is not exact: use .bigint")
    self = .number(Double(value))
  }
  /// Makes a number.
  public init(floatLiteral value: Double) { self = .number(value) }
  /// Makes a string.
  public init(stringLiteral value: String) { self = .string(CloneString(value)) }
}
