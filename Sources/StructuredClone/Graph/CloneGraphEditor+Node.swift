extension CloneGraphEditor.Node: Hashable {
  /// Whether both are the same object.
  public static func == (left: CloneGraphEditor.Node, right: CloneGraphEditor.Node) -> Bool {
    left.editor === right.editor && left.index == right.index
  }

  /// Hashes the identity.
  public func hash(into hasher: inout Hasher) { hasher.combine(index) }
}

extension CloneGraphEditor.Node {
  // MARK: - Cells

  private func cell(_ value: CloneGraphEditor.Value) -> Cell {
    guard let node = value.node else { return graph.makeCell(editor.finish(value)) }
    guard node.editor === editor else { return cell(editor.add(node.editor.finish(node))) }
    return .receiver(UInt32(node.index))
  }

  private func value(_ cell: Cell) -> CloneGraphEditor.Value {
    if cell.isReceiver { return .node(.init(editor: editor, index: Int(cell.payload))) }
    return editor.add(graph.value(of: cell))
  }

  private func lookupKey(_ value: CloneGraphEditor.Value) -> LookupKey {
    switch value {
    case .undefined: .constant(Cell.undefined.bits)
    case .null: .constant(Cell.null.bits)
    case .boolean(let value): .constant(Cell.boolean(value).bits)
    case .number(let number): .number(number)
    case .bigint(let integer): .bigint(integer)
    case .string(let string): .string(string)
    // A node of another editor is no key here.
    case .node(let node):
      .receiver(
        node.editor === editor ? ObjectIdentifier(graph) : ObjectIdentifier(node.editor),
        UInt32(node.index))
    }
  }

  private var kind: Record.Kind { graph.records[0].kind }

  private func setEntry(_ key: LookupKey, _ keyCell: () -> Cell, _ value: CloneGraphEditor.Value?) {
    if let position = graph.findEntry(key, of: 0) {
      guard let value else { return }
      let new = cell(value)
      graph.releaseCell(graph.cells[position + 1])
      graph.cells[position + 1] = new
    } else {
      graph.appendEntry(key, keyCell: keyCell(), valueCell: value.map { cell($0) })
    }
  }

  // MARK: - Objects and arrays

  /// A property of an object, or an element or named property of an array; `undefined` if it is missing and
  /// for other kinds of objects. Setting adds it or changes it, for every mention of the object; it does nothing
  /// to other kinds of objects.
  public subscript(key: ClonePropertyKey) -> CloneGraphEditor.Value {
    get {
      switch kind {
      case .object:
        return receiver.findEntry(LookupKey(key)).map { value(graph.cells[$0 + 1]) } ?? .undefined
      case .array:
        if let index = key.index {
          return receiver.elementPosition(Int(index)).map { value(graph.cells[$0]) } ?? .undefined
        }
        if key == "length" { return .number(Double(receiver.arrayLength)) }
        return value(graph.cells[0]).node.map { $0[key] } ?? .undefined
      default: return .undefined
      }
    }
    nonmutating set {
      if kind == .array {
        if let index = key.index {
          graph.setElement(Int(index), cell(newValue))
          return
        }
        if key == "length" {
          if case .number(let number) = newValue, let length = UInt32(exactly: number) {
            graph.setArrayLength(Int(length))
          }
          return
        }
        let properties = value(graph.cells[0]).node ?? editor.object()
        graph.cells[0] = .receiver(UInt32(properties.index))
        properties[key] = newValue
        return
      }
      guard kind == .object else { return }
      setEntry(LookupKey(key), { graph.makeCell(key) }, newValue)
    }
  }

  /// Removes a property of an object, or makes a hole of an element of an array.
  public func removeProperty(_ key: ClonePropertyKey) {
    switch kind {
    case .object:
      guard let position = receiver.findEntry(LookupKey(key)) else { return }
      graph.removeEntry(at: position)
    case .array:
      if let index = key.index {
        if receiver.elementPosition(Int(index)) != nil { graph.setElement(Int(index), .hole) }
      } else {
        value(graph.cells[0]).node?.removeProperty(key)
      }
    default: break
    }
  }

  /// The keys of an object in order, or the keys of an array's named properties.
  public var propertyKeys: [ClonePropertyKey] {
    switch kind {
    case .object: receiver.entryPositions.map { graph.propertyKey(of: graph.cells[$0]) }
    case .array: value(graph.cells[0]).node?.propertyKeys ?? []
    default: []
    }
  }

  /// Adds an element at the end of an array; false, and nothing is added, if the node is no array or has the
  /// greatest length there is, 2^32 − 1.
  @discardableResult
  public func append(_ value: CloneGraphEditor.Value) -> Bool {
    guard kind == .array, receiver.arrayLength < Int(UInt32.max) else { return false }
    graph.setElement(receiver.arrayLength, cell(value))
    return true
  }

  /// The length of an array, or the number of entries of an object, a map or a set; 0 for others.
  public var count: Int {
    switch kind {
    case .array: receiver.arrayLength
    case .object, .map, .set: receiver.entryCount
    default: 0
    }
  }

  // MARK: - Maps and sets

  /// The value of a map's key; `undefined` if there is none and for other nodes. Setting adds an entry or changes
  /// it, and does nothing to other nodes.
  public subscript(mapKey key: CloneGraphEditor.Value) -> CloneGraphEditor.Value {
    get {
      guard kind == .map else { return .undefined }
      return receiver.findEntry(lookupKey(key)).map { value(graph.cells[$0 + 1]) } ?? .undefined
    }
    nonmutating set {
      guard kind == .map else { return }
      setEntry(lookupKey(key), { entryKeyCell(key) }, newValue)
    }
  }

  private func entryKeyCell(_ key: CloneGraphEditor.Value) -> Cell {
    if case .number(let number) = key, number == 0 { return .int32(0) }
    return cell(key)
  }

  /// Adds an element to a set, unless it is there; does nothing to other nodes.
  public func insert(_ element: CloneGraphEditor.Value) {
    guard kind == .set else { return }
    setEntry(lookupKey(element), { entryKeyCell(element) }, nil)
  }

  /// Removes the entry of a map's key, or an element of a set.
  public func removeEntry(_ key: CloneGraphEditor.Value) {
    guard kind == .map || graph.records[0].kind == .set,
      let position = receiver.findEntry(lookupKey(key))
    else { return }
    graph.removeEntry(at: position)
  }

  /// The keys of a map or the elements of a set in order.
  public var entryKeys: [CloneGraphEditor.Value] {
    guard kind == .map || graph.records[0].kind == .set else { return [] }
    return receiver.entryPositions.map { value(graph.cells[$0]) }
  }

  // MARK: - Errors, buffers and views

  /// The cause of an error; `nil` if it has none or the node is no error. Setting does nothing to other nodes.
  public var cause: CloneGraphEditor.Value? {
    get {
      guard kind == .error else { return nil }
      let cause = graph.cells[CloneErrorObject.Section.cause.rawValue]
      return cause.isHole ? .none : .some(value(cause))
    }
    nonmutating set {
      guard kind == .error else { return }
      let position = CloneErrorObject.Section.cause.rawValue
      let new = newValue.map { cell($0) } ?? .hole
      graph.releaseCell(graph.cells[position])
      graph.cells[position] = new
    }
  }

  /// The buffer of a view; `nil` for other nodes.
  public var buffer: CloneGraphEditor.Node? {
    kind == .arrayBufferView ? value(graph.cells[0]).node : nil
  }

  /// The bytes of a buffer; empty for other nodes. All views see a change.
  ///
  /// Setting does nothing to other nodes, to an immutable or detached buffer, and to one that cannot hold so many
  /// bytes: it is not resizable and the number differs, or its maximum or 2^32 − 1 is less.
  public var bytes: [UInt8] {
    get { kind == .arrayBuffer ? Array(CloneArrayBuffer(receiver).bytes) : [] }
    nonmutating set {
      guard kind == .arrayBuffer else { return }
      let buffer = CloneArrayBuffer(receiver)
      guard !buffer.isImmutable, !buffer.isDetached, UInt32(exactly: newValue.count) != nil,
        newValue.count == buffer.byteLength
          || (buffer.isResizable && newValue.count <= buffer.maxByteLength)
      else { return }
      graph.input = newValue
      graph.records[0].extra = 0
      graph.records[0].count = UInt32(newValue.count)
    }
  }

  /// An element of a view as JavaScript reads it; setting converts as JavaScript does, and every view on
  /// the buffer sees it. Beyond the end and for other nodes it reads `undefined` and setting does nothing.
  public subscript(element index: Int) -> CloneGraphEditor.Value {
    get {
      guard let place = place(ofElement: index) else { return .undefined }
      var bits: UInt64 = 0
      for offset in 0..<place.kind.elementSize {
        let position = Int(place.buffer.records[0].extra) + place.offset + offset
        bits |= UInt64(place.buffer.input[position]) << UInt64(8 * offset)
      }
      switch place.kind.value(bits) {
      case .number(let number): return .number(number)
      case .bigint(let integer): return .bigint(integer)
      default: return .undefined
      }
    }
    nonmutating set {
      guard let place = place(ofElement: index), !place.buffer.records[0].flags.contains(.immutable)
      else { return }
      let bits: UInt64?
      switch newValue {
      case .number(let number): bits = place.kind.bits(.number(number))
      case .bigint(let integer): bits = place.kind.bits(.bigint(integer))
      default: bits = nil
      }
      guard let bits else { return }
      place.buffer.ownBytes()
      for offset in 0..<place.kind.elementSize {
        place.buffer.input[place.offset + offset] = UInt8(
          truncatingIfNeeded: bits >> UInt64(8 * offset))
      }
    }
  }

  private func place(
    ofElement index: Int
  ) -> (kind: CloneArrayBufferView.Kind, buffer: CloneGraph, offset: Int)? {
    guard let buffer = buffer?.graph, buffer.records[0].kind == .arrayBuffer,
      let kind = CloneArrayBufferView.Kind(
        rawValue: UInt8(truncatingIfNeeded: graph.records[0].detail))
    else { return nil }
    let start = Int(graph.cells[1].number ?? 0)
    let tracks = graph.records[0].flags.contains(.lengthTracking)
    let available = Int(buffer.records[0].count)
    let length = tracks ? available - start : Int(graph.cells[2].number ?? 0)
    guard index >= 0, index < length / kind.elementSize, start + length <= available else {
      return nil
    }
    return (kind, buffer, start + index * kind.elementSize)
  }
}
