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
  /// An object of the editor.
  private enum Object {
    /// One that was added and not yet asked for: it stays where it is. What holds it is a value, which never
    /// changes.
    case added(Receiver)
    /// One in an editable graph of its own. A receiver cell in it is the number of another object.
    case own(CloneGraph)
  }

  private var objects: [Object] = []
  /// The objects of receivers that were added, so that adding twice gives one node.
  private var added = ReceiverTable()

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

    var graph: CloneGraph { editor.graph(ofNode: index) }
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
  ///
  /// - Complexity: constant; each object is made when it is first asked for.
  public func add(_ value: CloneValue) -> Value {
    switch value {
    case .undefined: .undefined
    case .null: .null
    case .boolean(let value): .boolean(value)
    case .number(let number): .number(number)
    case .bigint(let integer): .bigint(integer)
    case .string(let string): .string(string)
    default:
      value.receiver.map { .node(Node(editor: self, index: node(of: $0))) } ?? .undefined
    }
  }

  private func adopt(_ graph: CloneGraph) -> Node {
    objects.append(.own(graph))
    return Node(editor: self, index: objects.count - 1)
  }

  // MARK: - Objects that were added

  /// The node of a receiver, which is added if it is new.
  private func node(of receiver: Receiver) -> Int {
    if let known = added.insert(receiver, UInt32(objects.count)) { return Int(known) }
    objects.append(.added(receiver))
    return objects.count - 1
  }

  /// The graph of an object, which is made if it was not asked for before.
  func graph(ofNode index: Int) -> CloneGraph {
    switch objects[index] {
    case .own(let graph): return graph
    case .added(let source):
      var record = source.record
      let graph = CloneGraph(cells: [], records: .none, isEditable: true)
      graph.cells.reserveCapacity(record.cellCount)
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
      graph.records = RecordList(record)
      objects[index] = .own(graph)
      return graph
    }
  }

  /// Where the content of an object is.
  func receiver(ofNode index: Int) -> Receiver {
    switch objects[index] {
    case .own(let graph): Receiver(graph: graph, index: 0)
    case .added(let source): source
    }
  }

  /// Where the content of a receiver is: in the editor, if the receiver was added and asked for.
  func current(_ receiver: Receiver) -> Receiver {
    added.known(receiver).map { self.receiver(ofNode: Int($0)) } ?? receiver
  }

  // MARK: - Finishing

  /// The value of an object with everything it reaches, as it is now; the object may be another editor's.
  ///
  /// - Complexity: linear in what is reachable; the bytes of buffers are not copied.
  public func finish(_ root: Node) -> CloneValue {
    guard root.editor === self else { return root.editor.finish(root) }
    var copier = GraphCopier(.shared, editor: self)
    return copier.copy(receiver(ofNode: root.index)).receiver.value
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
  public init(stringLiteral value: StaticString) {
    self = .string(CloneString(stringLiteral: value))
  }
}
