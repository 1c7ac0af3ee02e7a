import NodeClone
import StructuredClone

/// The same values as nodes.
extension EncodingState {
  /// Writes a leaf to a place of nodes: as bytes that are read at once, so that there is one way to write each.
  private func writeLeaf(
    at place: Place, in nodes: NodeEncoding, _ body: (EncodingState) throws(Refusal) -> Void
  ) throws(Refusal) {
    let state = EncodingState(options)
    try body(state)
    do throws(CloneDecodingError) {
      nodes.set(try NodeV8.deserialize(state.writer.takeBytes()), at: place)
    } catch {
      // What was just written can be read, unless it is too large.
      throw Refusal(error.message)
    }
  }

  func writeProperty(
    _ handle: Handle, _ name: String, _ body: (EncodingState) throws(Refusal) -> Void
  ) throws(Refusal) {
    guard let nodes else { return }
    try writeLeaf(at: nodes.property(handle, name), in: nodes, body)
  }

  func writeElement(
    _ handle: Handle, _ body: (EncodingState) throws(Refusal) -> Void
  ) throws(Refusal) {
    guard let nodes else { return }
    try writeLeaf(at: nodes.element(handle), in: nodes, body)
  }

  func writeSingle(
    _ place: Place, _ body: (EncodingState) throws(Refusal) -> Void
  ) throws(Refusal) {
    guard let nodes else { return }
    guard !nodes.isSet(place) else { throw Refusal("a value was written in its place already") }
    try writeLeaf(at: place, in: nodes, body)
  }

  /// Writes a value of any type to a place of nodes; nothing is there if it cannot be written.
  func encode<T: Encodable>(
    _ value: T, at place: Place, in nodes: NodeEncoding, _ path: PathStack.Reference
  ) throws {
    do {
      try encodeNode(value, at: place, in: nodes, path)
    } catch {
      nodes.clear(place)
      throw error
    }
  }

  private func encodeNode<T: Encodable>(
    _ value: T, at place: Place, in nodes: NodeEncoding, _ path: PathStack.Reference
  ) throws {
    let kind = CodedType.kind(of: T.self)
    if kind == .cloneValue, let passed = value as? any PassedValue {
      return nodes.set(passed.passed, at: place)
    }
    if kind.isLeaf {
      var isLeaf = true
      do throws(Refusal) {
        try writeLeaf(at: place, in: nodes) { state throws(Refusal) in
          isLeaf = try state.writeLeaf(value, kind)
          if !isLeaf { throw Refusal.derailment }
        }
      } catch {
        if !error.isDerailment { throw error.encodingError(of: value, at: codingPath(path)) }
      }
      if isLeaf { return }
    }
    guard sameDepth <= options.maximumDepth else { throw tooDeep(value, codingPath(path)) }
    sameDepth += 1
    defer { sameDepth -= 1 }
    let encoder = ValueEncoder(state: self, place: place, path: path)
    switch kind {
    case .dictionary:
      if let dictionary = value as? any EncodableDictionary {
        try dictionary.encode(in: encoder)
        return nodes.finish(place)
      }
    case .set where options.setEncodingStrategy == .set:
      return try encodeSet(value, encoder, nodes)
    case .instance:
      let instance = value as AnyObject
      switch nodes.begin(instance, at: place) {
      case .new: break
      case .written where options.identityEncodingStrategy == .references: return
      case .written, .unfinished: throw cycle(instance, path)
      }
      do {
        try value.encode(to: encoder)
      } catch {
        nodes.end(instance)
        throw error
      }
      nodes.finish(place)
      if options.identityEncodingStrategy == .ignored { nodes.end(instance) }
      return
    default:
      if try encodeByClosure(value, kind, encoder) { return nodes.finish(place) }
    }
    try value.encode(to: encoder)
    nodes.finish(place)
  }

  /// Writes a set, whose elements are written as those of an array first.
  private func encodeSet(
    _ value: some Encodable, _ encoder: ValueEncoder, _ nodes: NodeEncoding
  ) throws {
    let list = nodes.kept()
    try value.encode(to: ValueEncoder(state: self, place: list, path: encoder.path))
    let set = nodes.container(at: encoder.place) { $0.set() }
    guard let array = nodes.value(at: list).node else { return }
    for index in 0..<array.count {
      let element = nodes.kept()
      nodes.set(array[ClonePropertyKey(index)], at: element)
      nodes.insert(element, into: set)
    }
  }
}
