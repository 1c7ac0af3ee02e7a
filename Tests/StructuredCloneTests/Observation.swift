import StructuredClone
import _CloneFixtures

/// What one task sees of a value, and of copies that it changes.
struct Observation: Equatable, Sendable {
  private typealias Look = @Sendable (CloneValue) -> String

  private static let looks: [Look] = [
    { $0.description },
    { $0.debugDescription },
    { String($0.hashValue) },
    { text(of: try? $0.encoded()) },
    { text(of: try? $0.encoded(profile: .node24)) },
    { lookUp($0) },
    { value in
      let copy = value.detached()
      return "\(copy == value) \(copy.isContentEqual(to: value)) \(copy.debugDescription)"
    },
    { cloned($0) },
    { value in
      var changed = value
      changed.change()
      return "\(changed.debugDescription) \(changed == value) \(value == value)"
    },
    { value in
      // Through an editor, which keeps identity.
      let editor = CloneGraphEditor()
      let root = editor.add(value)
      root.node?["added"] = 1
      root.node?.append(2)
      return editor.finish(root).debugDescription
    },
  ]

  private let texts: [String]

  /// Looks at a value in an order that depends on a number, so that tasks do different things at the same time.
  init(of value: CloneValue, startingAt first: Int) {
    var texts = [String](repeating: "", count: Self.looks.count)
    for offset in 0..<Self.looks.count {
      let number = (first + offset) % Self.looks.count
      texts[number] = Self.looks[number](value)
    }
    self.texts = texts
  }

  /// The first look that differs.
  func difference(from other: Observation) -> String? {
    zip(0..., zip(texts, other.texts)).first { $0.1.0 != $0.1.1 }.map {
      "look \($0.0): \($0.1.0) instead of \($0.1.1)"
    }
  }

  private static func text(of bytes: [UInt8]?) -> String { bytes.map { hex($0) } ?? "refused" }

  /// Looks up every key of the value and of what it contains directly.
  private static func lookUp(_ value: CloneValue) -> String {
    var found = 0
    var missed = 0
    func look(_ value: CloneValue) -> [CloneValue] {
      switch value {
      case .object(let object):
        for key in object.keys { if object.contains(key) { found += 1 } }
        if !object.contains("nothing") { missed += 1 }
        return object.values
      case .array(let array):
        for index in array.presentIndices { if !array.isHole(at: index) { found += 1 } }
        return array.presentIndices.map { array[$0] }
      case .map(let map):
        for key in map.keys { if map.contains(key) { found += 1 } }
        if map["nothing"].isUndefined { missed += 1 }
        return map.values
      case .set(let set):
        for element in set { if set.contains(element) { found += 1 } }
        return Array(set)
      case .arrayBufferView(let view): return view.elements
      default: return []
      }
    }
    var inner = 0
    for child in look(value) { inner += look(child).count }
    return "\(found) found, \(missed) missed, \(inner) inside"
  }

  /// Clones a copy and moves all its buffers, which detaches them in that copy alone.
  private static func cloned(_ value: CloneValue) -> String {
    var copy = value
    let buffers = value.buffers
    do {
      let clone = try structuredClone(&copy, transfer: buffers)
      return "\(clone.debugDescription) \(copy.debugDescription)"
    } catch {
      return error.description
    }
  }
}
