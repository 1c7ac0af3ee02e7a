/// Makes a payload shorter and plainer while something stays true of it.
public struct PayloadShrinker {
  /// How often the question may be asked.
  public var budget: Int

  /// Makes a shrinker.
  public init(budget: Int = 3000) { self.budget = budget }

  /// The smallest payload found. It is the same every time for the same answers.
  public mutating func shrink(_ payload: [UInt8], while holds: ([UInt8]) -> Bool) -> [UInt8] {
    var smallest = payload
    var hasChanged = true
    while hasChanged, budget > 0 {
      hasChanged = removeRanges(from: &smallest, while: holds)
      if changeTree(of: &smallest, while: holds) { hasChanged = true }
      if removePairs(from: &smallest, while: holds) { hasChanged = true }
      if plainBytes(of: &smallest, while: holds) { hasChanged = true }
    }
    return smallest
  }

  private mutating func accept(
    _ candidate: [UInt8], _ smallest: inout [UInt8], _ holds: ([UInt8]) -> Bool
  ) -> Bool {
    guard budget > 0, candidate != smallest else { return false }
    budget -= 1
    guard holds(candidate) else { return false }
    smallest = candidate
    return true
  }

  /// Leaves out ranges, long ones first.
  private mutating func removeRanges(
    from smallest: inout [UInt8], while holds: ([UInt8]) -> Bool
  ) -> Bool {
    var hasChanged = false
    var length = max(1, smallest.count / 2)
    while length >= 1 {
      var start = 0
      while start < smallest.count {
        var candidate = smallest
        candidate.removeSubrange(start..<min(smallest.count, start + length))
        if accept(candidate, &smallest, holds) { hasChanged = true } else { start += length }
      }
      length /= 2
    }
    return hasChanged
  }

  /// Leaves out or replaces a part, with true counts and with those there were.
  private mutating func changeTree(
    of smallest: inout [UInt8], while holds: ([UInt8]) -> Bool
  ) -> Bool {
    guard let payload = WirePayload(parsing: smallest) else { return false }
    for root in payload.roots.indices {
      for change in simplerForms(of: payload.roots[root]) {
        var candidate = payload
        candidate.roots[root] = change
        for repairs in [true, false] {
          if repairs {
            candidate.roots[root].repairCounts()
          } else {
            candidate.roots[root] = change
          }
          let bytes = candidate.bytes
          if bytes.count < smallest.count, accept(bytes, &smallest, holds) { return true }
        }
      }
    }
    return false
  }

  /// A node with one thing less, somewhere; the most drastic first.
  private func simplerForms(of node: WireNode) -> [WireNode] {
    var forms = node.children
    for index in node.children.indices {
      var without = node
      if node.tag == UInt8(ascii: "A"), index < node.elementCount {
        without.fields = [UInt64(node.elementCount - 1)]
      } else if node.isKey(index), index + 1 < node.children.count {
        without.children.remove(at: index + 1)
      }
      without.children.remove(at: index)
      forms.append(without)
    }
    if node.bytes.count > 1 {
      var shorter = node
      shorter.bytes.removeLast(node.bytes.count / 2)
      forms.append(shorter)
      shorter.bytes = Array(node.bytes.dropLast())
      forms.append(shorter)
    }
    for index in node.children.indices {
      for form in simplerForms(of: node.children[index]) {
        var changed = node
        changed.children[index] = form
        forms.append(changed)
      }
    }
    return forms
  }

  /// Leaves out two bytes at once, or one and makes another one smaller, as lengths and counts need it.
  private mutating func removePairs(
    from smallest: inout [UInt8], while holds: ([UInt8]) -> Bool
  ) -> Bool {
    guard smallest.count <= 40 else { return false }
    var hasChanged = false
    var first = 0
    while first < smallest.count {
      var second = 0
      var hasRemoved = false
      while second < smallest.count, !hasRemoved {
        if second != first {
          var lowered = smallest
          lowered[second] = lowered[second] &- 1
          lowered.remove(at: first)
          var removed = smallest
          removed.remove(at: max(first, second))
          removed.remove(at: min(first, second))
          hasRemoved = accept(removed, &smallest, holds) || accept(lowered, &smallest, holds)
        }
        second += 1
      }
      if hasRemoved { hasChanged = true } else { first += 1 }
    }
    return hasChanged
  }

  /// Sets bytes to plain ones.
  private mutating func plainBytes(
    of smallest: inout [UInt8], while holds: ([UInt8]) -> Bool
  ) -> Bool {
    var hasChanged = false
    for index in smallest.indices {
      for plain in [0, 1, UInt8(ascii: "0"), UInt8(ascii: "a")] {
        // Only ever downwards in this list, so that it ends.
        if smallest[index] == plain { break }
        var candidate = smallest
        candidate[index] = plain
        if accept(candidate, &smallest, holds) {
          hasChanged = true
          break
        }
      }
    }
    return hasChanged
  }
}
