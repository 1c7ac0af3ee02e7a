/// First in, first out, in constant time on average.
struct Queue<Element> {
  private var front: [Element] = []
  private var back: [Element] = []

  var isEmpty: Bool { front.isEmpty && back.isEmpty }

  mutating func append(_ element: Element) { back.append(element) }

  mutating func popFirst() -> Element? {
    if front.isEmpty {
      front = back.reversed()
      back = []
    }
    return front.popLast()
  }

  /// Calls a function with every element, in no certain order.
  func forEach(_ body: (Element) -> Void) {
    front.forEach(body)
    back.forEach(body)
  }
}

extension Queue: Sendable where Element: Sendable {}
