/// What an object or an array lists that was written as a literal, as the compiler hands it over.
///
/// Most literals are made to be written and are not looked into before: they are written from here, and cells are made
/// for whoever asks the graph for them. That takes half of the time (Documentation/Performance.md).
///
/// The content is *plain*: primitives but big integers, and objects and arrays of plain content that are mentioned
/// nowhere else. So it is a tree, and of at most ``mostLevels`` levels, so that it may be walked by recursion.
struct LiteralContent: Sendable {
  enum List: Sendable {
    case elements([CloneValue])
    /// No name is an index, and none is there twice.
    case properties([(ClonePropertyKey, CloneValue)])
  }

  let list: List
  /// How many levels of objects and arrays there are.
  private(set) var levels: UInt8 = 1

  /// The most levels of plain content.
  static let mostLevels: UInt8 = 8
  /// The most properties, as their names are compared with each other.
  private static let mostProperties = 12

  /// What a literal of an array lists, if it is plain.
  init?(_ elements: [CloneValue]) {
    list = .elements(elements)
    // The pointers do not leave the closures: nothing is retained to look at it.
    let isPlain = unsafe elements.withUnsafeBufferPointer { elements in
      for index in elements.indices where unsafe !add(elements[index]) { return false }
      guard levels > 1 else { return true }
      for index in elements.indices where unsafe LiteralContent.isMentioned(elements[index]) {
        return false
      }
      return true
    }
    guard isPlain else { return nil }
  }

  /// What a literal of an object lists, if it is plain.
  init?(_ properties: [(ClonePropertyKey, CloneValue)]) {
    list = .properties(properties)
    guard properties.count <= LiteralContent.mostProperties else { return nil }
    let isPlain = unsafe properties.withUnsafeBufferPointer { properties in
      for index in properties.indices {
        guard case .name(let name) = unsafe properties[index].0.form,
          unsafe add(properties[index].1)
        else { return false }
        for before in 0..<index {
          if case .name(let other) = unsafe properties[before].0.form,
            other.utf16Count == name.utf16Count, other == name
          {
            return false
          }
        }
      }
      guard levels > 1 else { return true }
      for index in properties.indices where unsafe LiteralContent.isMentioned(properties[index].1) {
        return false
      }
      return true
    }
    guard isPlain else { return nil }
  }

  /// Adds the levels of a value; false if it is not plain or has too many.
  @inline(__always)
  private mutating func add(_ value: CloneValue) -> Bool {
    let graph: CloneGraph
    switch value {
    case .undefined, .null, .boolean, .number, .string: return true
    case .object(let object): graph = object.receiver.graph
    case .array(let array): graph = array.receiver.graph
    default: return false
    }
    levels = max(levels, 1 + graph.literalLevels)
    return graph.literalLevels > 0 && levels <= LiteralContent.mostLevels
  }

  /// Whether a value is a receiver that is mentioned elsewhere; from now on it is.
  @inline(__always)
  private static func isMentioned(_ value: CloneValue) -> Bool {
    switch value {
    case .object(let object): object.receiver.graph.noteMention()
    case .array(let array): array.receiver.graph.noteMention()
    default: false
    }
  }

  /// How many elements or properties there are.
  var count: Int {
    switch list {
    case .elements(let elements): elements.count
    case .properties(let properties): properties.count
    }
  }

  /// The record of the receiver.
  var record: Record {
    let kind: Record.Kind = if case .elements = list { .array } else { .object }
    return Record(kind: kind, start: 0, count: UInt32(count))
  }

  /// The same in cells.
  var cells: BuiltContent {
    switch list {
    case .elements(let elements):
      var content = BuiltContent(elements: elements.count)
      for element in elements { content.append(element) }
      return content
    case .properties(let properties):
      var content = BuiltContent(reserving: 2 * properties.count)
      for (key, value) in properties {
        content.append(key.name)
        content.append(value)
      }
      return content
    }
  }
}

extension Receiver {
  /// Makes a new receiver of a literal's content.
  init(_ content: LiteralContent) {
    graph = CloneGraph(content)
    index = 0
  }
}
