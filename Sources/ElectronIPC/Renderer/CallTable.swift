/// What waits for the reply to each call, by the number of the call.
///
/// Numbers rise by one, and most replies come in about the order of the calls: the latest calls are in a ring, which needs no
/// hashing; those that have waited for long are not.
package struct CallTable<Element> {
  /// So many of the latest calls are in the ring at most.
  private static var ringLimit: Int { 1024 }

  /// The calls from a number on, `nil` for those that are over. The first one is not.
  private var latest = Queue<Element?>()
  private var firstLatest: UInt64 = 1
  private var earlier: [UInt64: Element] = [:]

  /// The number that the last call has; 0 if there was none.
  private var last: UInt64 { firstLatest + UInt64(latest.count) - 1 }

  /// Makes a table without calls.
  package init() {}

  /// Adds a call.
  ///
  /// - Returns: its number.
  package mutating func append(_ element: Element) -> UInt64 {
    if latest.count == CallTable.ringLimit { setFirstAside() }
    latest.append(element)
    return last
  }

  /// Takes a call out, if it is there.
  package mutating func remove(_ number: UInt64) -> Element? {
    guard number >= firstLatest else { return earlier.removeValue(forKey: number) }
    guard number <= last else { return nil }
    let element = latest.exchange(at: Int(number - firstLatest), with: nil)
    dropOver()
    return element ?? nil
  }

  /// Takes out all calls of a kind, in their order.
  package mutating func removeAll(where isMatch: (Element) -> Bool) -> [Element] {
    var removed: [Element] = []
    for number in earlier.keys.sorted() {
      if let element = earlier[number], isMatch(element) {
        removed.append(element)
        earlier[number] = nil
      }
    }
    for position in 0..<latest.count {
      if case .some(let element?) = latest[position], isMatch(element) {
        removed.append(element)
        _ = latest.exchange(at: position, with: nil)
      }
    }
    dropOver()
    return removed
  }

  private mutating func setFirstAside() {
    if case .some(let element?) = latest.popFirst() { earlier[firstLatest] = element }
    firstLatest += 1
    dropOver()
  }

  /// Drops calls that are over from the beginning of the ring.
  private mutating func dropOver() {
    while case .some(nil) = latest.first {
      _ = latest.popFirst()
      firstLatest += 1
    }
  }
}
