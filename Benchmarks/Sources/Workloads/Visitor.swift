import StructuredClone

/// Visits every key and value once and adds up what it sees, so that nothing can be left out. `visit.mjs` is the same in JavaScript; the
/// sums are compared.
struct Visitor: CloneVisitor {
  private(set) var sum = 0.0

  /// The sum over a value.
  static func sum(of value: CloneValue) -> Double {
    var visitor = Visitor()
    value.visit(with: &visitor)
    return visitor.sum
  }

  mutating func visit(_ boolean: Bool) { sum += boolean ? 1 : 0 }
  mutating func visit(_ number: Double) { sum += number }
  mutating func visit(_ integer: CloneBigInt) { sum += integer.isNegative ? -1 : 1 }
  mutating func visit(_ string: CloneString) { sum += Double(string.utf16Count) }
  mutating func visitKey(_ name: CloneString) { sum += Double(name.utf16Count) }
  mutating func visitKey(_ index: UInt32) { sum += Double(String(index).utf16.count) }

  mutating func enter(_ container: CloneContainer) -> Bool {
    if case .error(let error) = container {
      sum += Double((error.message?.utf16Count ?? 0) + (error.stack?.utf16Count ?? 0))
    }
    return true
  }

  mutating func visitDate(millisecondsSince1970 time: Double) { sum += time }

  mutating func visitLeaf(_ leaf: CloneValue) {
    switch leaf {
    case .regExp(let expression):
      sum += Double(expression.source.utf16Count) + (expression.flags.contains(.global) ? 1 : 0)
    case .arrayBuffer(let buffer): sum += Double(buffer.byteLength)
    case .arrayBufferView(let view): sum += Double(view.byteLength)
    default: break
    }
  }
}
