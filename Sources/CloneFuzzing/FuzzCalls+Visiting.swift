import StructuredClone

/// What iterators list, and what look-ups find.
extension FuzzCalls {
  /// How many elements of an array are listed: its length can be far from what it holds.
  private static let mostElements = 256

  /// Looks at everything in a value through iterators, which read through addresses; each thing that they list is what a
  /// look-up finds. A visitor is told of as much.
  func checkVisiting(_ root: CloneValue) {
    var seen: Set<CloneIdentity> = []
    var pending = [root]
    var expected = Tally()
    while let value = pending.popLast() {
      if let identity = value.identity {
        guard seen.insert(identity).inserted else {
          expected.references += 1
          continue
        }
        expected.receivers += 1
      } else {
        expected.primitives += 1
      }
      switch value {
      case .object(let object):
        var count = 0
        for (key, item) in object {
          require(object[key] === item, "a property is found that is listed: \(key)")
          if let text = String(exactly: key.name) {
            require(object[text] === item, "a property is found by text: \(key)")
          }
          pending.append(item)
          count += 1
          expected.keys += 1
        }
        require(count == object.count, "all properties are listed")
      case .array(let array):
        for (index, item) in zip(0..<FuzzCalls.mostElements, array.elements) {
          require(array[index] === item, "an element is found that is listed: \(index)")
        }
        for index in array.presentIndices { pending.append(array[index]) }
        for (_, item) in array.properties {
          pending.append(item)
          expected.keys += 1
        }
        expected.holes += array.count - array.presentIndices.count
      case .map(let map):
        for (key, item) in map {
          require(map[key] === item, "an entry is found that is listed")
          pending += [key, item]
        }
      case .set(let set):
        for element in set {
          require(set.contains(element), "an element is found that is listed")
          pending.append(element)
        }
      case .error(let error): if let cause = error.cause { pending.append(cause) }
      case .hostObject(let object): pending.append(object.payload)
      default: break
      }
    }
    var tally = Tally()
    root.visit(with: &tally)
    require(tally == expected, "a visitor is told of everything: \(tally) of \(expected)")
  }
}

/// How much a visitor is told of.
private struct Tally: CloneVisitor, Equatable {
  var primitives = 0
  var keys = 0
  var holes = 0
  var receivers = 0
  var references = 0
  /// Containers that were entered and not left.
  var depth = 0

  mutating func visitUndefined() { primitives += 1 }
  mutating func visitNull() { primitives += 1 }
  mutating func visit(_ boolean: Bool) { primitives += 1 }
  mutating func visit(_ number: Double) { primitives += 1 }
  mutating func visit(_ integer: CloneBigInt) { primitives += 1 }
  mutating func visit(_ string: CloneString) { primitives += 1 }
  mutating func visitHoles(_ count: Int) { holes += count }
  mutating func visitKey(_ name: CloneString) { keys += 1 }
  mutating func visitKey(_ index: UInt32) { keys += 1 }
  mutating func visitDate(millisecondsSince1970 time: Double) { receivers += 1 }
  mutating func visitLeaf(_ leaf: CloneValue) { receivers += 1 }
  mutating func visitReference(_ ordinal: Int) { references += 1 }
  mutating func enter(_ container: CloneContainer) -> Bool {
    receivers += 1
    depth += 1
    return true
  }
  mutating func leave() { depth -= 1 }
}
