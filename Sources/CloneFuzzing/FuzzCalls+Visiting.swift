import StructuredClone

/// What iterators list, and what look-ups find.
extension FuzzCalls {
  /// How many elements of an array are listed: its length can be far from what it holds.
  private static let mostElements = 256

  /// Looks at everything in a value through iterators, which read through addresses; each thing that they list is what a
  /// look-up finds.
  func checkVisiting(_ root: CloneValue) {
    var seen: Set<CloneIdentity> = []
    var pending = [root]
    while let value = pending.popLast() {
      if let identity = value.identity, !seen.insert(identity).inserted { continue }
      switch value {
      case .object(let object):
        var count = 0
        for (key, item) in object {
          require(object[key] === item, "a property is found that is listed: \(key)")
          pending.append(item)
          count += 1
        }
        require(count == object.count, "all properties are listed")
      case .array(let array):
        for (index, item) in zip(0..<FuzzCalls.mostElements, array.elements) {
          require(array[index] === item, "an element is found that is listed: \(index)")
        }
        for index in array.presentIndices { pending.append(array[index]) }
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
      default: break
      }
    }
  }
}
