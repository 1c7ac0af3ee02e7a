/// What a payload is made of: a value, or values in a container that nobody needs but for being written.
package enum PayloadContent: Sendable {
  case value(CloneValue)
  /// A packed array of these elements.
  case elements([CloneValue])
  /// An object with one property, whose name is no index.
  case property(CloneString, CloneValue)

  /// Whether an object may be there twice.
  var mayShare: Bool {
    switch self {
    case .value(let value), .property(_, let value): return value.hasSharedReferences
    case .elements(let elements):
      var receivers = 0
      for element in elements where element.receiver != nil {
        receivers += 1
        if receivers > 1 || element.hasSharedReferences { return true }
      }
      return false
    }
  }

  /// About how many bytes it takes, in constant time for each value: where that is too few, the rest is moved once.
  var estimatedSize: Int {
    switch self {
    case .value(let value): ValueSerializer.estimatedSize(of: value)
    case .elements(let elements):
      elements.reduce(PayloadContent.aroundElements) {
        $0 + ValueSerializer.estimatedSize(of: $1)
      }
    case .property(let name, let value):
      PayloadContent.around(name) + ValueSerializer.estimatedSize(of: value)
    }
  }

  /// What is around the elements of an array.
  static var aroundElements: Int { 32 }

  /// What is around the value of a property of this name.
  static func around(_ name: CloneString) -> Int { name.content.count + 16 }
}
