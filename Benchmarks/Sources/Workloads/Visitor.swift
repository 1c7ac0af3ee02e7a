import StructuredClone

/// Visits every key and value once and adds up what it sees, so that nothing can be left out. `visit.mjs` is the same in JavaScript; the
/// sums are compared.
struct Visitor {
  /// Objects that were visited, for values in which one can be met twice.
  private var seen: Set<CloneIdentity>?

  /// The sum over a value.
  static func sum(of value: CloneValue) -> Double {
    var visitor = Visitor(seen: value.hasSharedReferences ? [] : nil)
    return visitor.sum(of: value)
  }

  private mutating func sum(of value: CloneValue) -> Double {
    switch value {
    case .number(let number): return number
    case .string(let string): return Double(string.utf16Count)
    case .boolean(let value): return value ? 1 : 0
    case .bigint(let integer): return integer.isNegative ? -1 : 1
    case .undefined, .null: return 0
    default: break
    }
    if seen != nil, let identity = value.identity, seen?.insert(identity).inserted == false {
      return 0
    }
    var sum = 0.0
    switch value {
    case .object(let object):
      for (key, value) in object {
        sum += Double(key.name.utf16Count) + self.sum(of: value)
      }
    case .array(let array):
      if array.isPacked {
        for element in array.elements { sum += self.sum(of: element) }
      } else {
        for index in array.presentIndices { sum += self.sum(of: array[index]) }
      }
    case .map(let map):
      for (key, value) in map { sum += self.sum(of: key) + self.sum(of: value) }
    case .set(let set):
      for element in set { sum += self.sum(of: element) }
    case .date(let date): sum = date.millisecondsSince1970
    case .regExp(let expression):
      sum = Double(expression.source.utf16Count) + (expression.flags.contains(.global) ? 1 : 0)
    case .error(let error):
      sum = Double((error.message?.utf16Count ?? 0) + (error.stack?.utf16Count ?? 0))
      if let cause = error.cause { sum += self.sum(of: cause) }
    case .arrayBuffer(let buffer): sum = Double(buffer.byteLength)
    case .arrayBufferView(let view): sum = Double(view.byteLength)
    default: break
    }
    return sum
  }
}
