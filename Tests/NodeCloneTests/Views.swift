import NodeClone
import StructuredClone
import _CloneFixtures

/// The views in a value, each once and in the order of their keys: class and content, as `node-engine.mjs` lists them.
struct Views: CloneVisitor {
  private(set) var list: [String] = []

  static func of(_ value: CloneValue) -> [String] {
    var views = Views()
    value.visit(with: &views)
    return views.list
  }

  mutating func enter(_ container: CloneContainer) -> Bool {
    guard case .hostObject(let object) = container else { return true }
    guard let buffer = NodeBuffer(.hostObject(object)) else { return true }
    list.append("Buffer \(hex(buffer.bytes))")
    return false
  }

  mutating func visitLeaf(_ leaf: CloneValue) {
    if case .arrayBufferView(let view) = leaf { list.append("\(view.kind) \(hex(view.bytes))") }
  }
}
