/// What an object or an array lists that was written as a literal, as the compiler hands it over.
///
/// Most literals are made to be written and are not looked into before: they are written from here, and cells are made
/// for whoever asks the graph for them. That takes half of the time (Documentation/Performance.md).
///
/// The content is *plain*: primitives but big integers, and objects and arrays of plain content that are mentioned
/// nowhere else. So it is a tree, and of at most ``mostLevels`` levels, so that it may be walked by recursion.
enum LiteralContent: Sendable {
  case elements([CloneValue])
  /// No name is an index, and none is there twice.
  case properties([(ClonePropertyKey, CloneValue)])

  /// The most levels of plain content.
  static let mostLevels: UInt8 = 8
  /// The most properties, as their names are compared with each other.
  private static let mostProperties = 12

  /// How many levels a literal of an array has; 0 if what it lists is not plain. From now on that is mentioned.
  static func levels(of elements: [CloneValue]) -> UInt8 {
    // The pointers do not leave the closures: nothing is retained to look at it.
    unsafe elements.withUnsafeBufferPointer { elements in
      var levels: UInt8 = 1
      for index in elements.indices where unsafe !add(elements[index], to: &levels) { return 0 }
      guard levels > 1 else { return 1 }
      for index in elements.indices where unsafe isMentioned(elements[index]) { return 0 }
      return levels
    }
  }

  /// How many levels a literal of an object has; 0 if what it lists is not plain. From now on that is mentioned.
  static func levels(of properties: [(ClonePropertyKey, CloneValue)]) -> UInt8 {
    guard properties.count <= mostProperties else { return 0 }
    return unsafe properties.withUnsafeBufferPointer { properties in
      var levels: UInt8 = 1
      for index in properties.indices {
        guard case .name(let name) = unsafe properties[index].0.form,
          unsafe add(properties[index].1, to: &levels)
        else { return 0 }
        for before in 0..<index {
          if case .name(let other) = unsafe properties[before].0.form,
            other.utf16Count == name.utf16Count, other == name
          {
            return 0
          }
        }
      }
      guard levels > 1 else { return 1 }
      for index in properties.indices where unsafe isMentioned(properties[index].1) { return 0 }
      return levels
    }
  }

  /// Adds the levels of a value; false if it is not plain or has too many.
  @inline(__always)
  private static func add(_ value: CloneValue, to levels: inout UInt8) -> Bool {
    let inner: UInt8
    switch value {
    case .undefined, .null, .boolean, .number, .string: return true
    case .object(let object): inner = object.receiver.graph.literalLevels
    case .array(let array): inner = array.receiver.graph.literalLevels
    default: return false
    }
    levels = max(levels, 1 + inner)
    return inner > 0 && levels <= mostLevels
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

  /// The same as addresses, which hold as long as it is kept.
  @inline(__always)
  var access: LiteralAccess {
    // The pointers leave the closures: see ``LiteralAccess``.
    switch self {
    case .elements(let elements):
      unsafe .elements(elements.withUnsafeBufferPointer { unsafe $0 })
    case .properties(let properties):
      unsafe .properties(properties.withUnsafeBufferPointer { unsafe $0 })
    }
  }

  /// The record of the receiver.
  @inline(__always)
  var record: Record {
    switch self {
    case .elements(let elements):
      Record(kind: .array, start: 0, count: UInt32(elements.count))
    case .properties(let properties):
      Record(kind: .object, start: 0, count: UInt32(properties.count))
    }
  }

  /// The same in cells.
  var cells: BuiltContent {
    switch self {
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
  /// Makes a new receiver of a literal's content, which has so many levels.
  @inline(__always)
  init(_ content: consuming LiteralContent, levels: UInt8) {
    graph = CloneGraph(content, levels: levels)
    index = 0
  }
}
