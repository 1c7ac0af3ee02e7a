import StructuredClone

/// What stands at one place in a receiver.
enum ContentItem {
  case value(CloneValue, at: ClonePath.Step)
  /// A run of holes.
  case holes(Int)
  /// What a limit left out.
  case rest(Int)
}

typealias Contents = AnyIterator<ContentItem>

extension CloneValue {
  /// What a receiver contains, one item at a time, so that no walk needs recursion. A limit cuts arrays,
  /// maps and sets.
  func contents(limit: Int = .max) -> Contents {
    switch self {
    case .object(let object): object.contents
    case .array(let array): array.elementContents(limit: limit).then(array.properties.contents)
    case .map(let map):
      Contents(map.entryContents(limit: limit)).then(.rest(map.count - limit))
    case .set(let set):
      Contents(set.elementContents(limit: limit)).then(.rest(set.count - limit))
    case .error(let error): Contents(error.cause.map { [.value($0, at: .section("cause"))] } ?? [])
    case .arrayBufferView(let view): Contents([.value(view.buffer, at: .content("buffer"))])
    case .hostObject(let object): Contents([.value(object.payload, at: .content("payload"))])
    case .wasmMemory(let memory): Contents([.value(memory.buffer, at: .content("buffer"))])
    default: Contents([])
    }
  }
}

extension Contents {
  fileprivate init(_ items: some Sequence<ContentItem>) { self.init(items.makeIterator()) }

  fileprivate func then(_ next: Contents) -> Contents {
    Contents { self.next() ?? next.next() }
  }

  /// What a limit left out of a number of entries, if anything.
  fileprivate static func rest(_ count: Int) -> Contents {
    Contents(count > 0 ? [.rest(count)] : [])
  }
}

extension CloneObject {
  fileprivate var contents: Contents {
    Contents(lazy.map { .value($0.value, at: .property($0.key)) })
  }
}

extension CloneArray {
  /// The elements. A run of holes is one item, however long: an array of four thousand million of them takes
  /// a few bytes.
  fileprivate func elementContents(limit: Int) -> Contents {
    var present = presentIndices[...]
    var index = 0
    var budget = limit
    return Contents {
      guard index < count else { return nil }
      guard budget > 0 else {
        defer { index = count }
        return .rest(count - index)
      }
      budget -= 1
      let next = present.first ?? count
      guard index == next else {
        defer { index = next }
        return .holes(next - index)
      }
      present.removeFirst()
      index += 1
      return .value(self[next], at: .element(next))
    }
  }
}

extension CloneMap {
  fileprivate func entryContents(limit: Int) -> some Sequence<ContentItem> {
    zip(0..<limit, self).lazy.flatMap { index, entry in
      [
        ContentItem.value(entry.key, at: .mapKey(index)),
        ContentItem.value(entry.value, at: .mapValue(index)),
      ]
    }
  }
}

extension CloneSet {
  fileprivate func elementContents(limit: Int) -> some Sequence<ContentItem> {
    zip(0..<limit, self).lazy.map { ContentItem.value($1, at: .setElement($0)) }
  }
}
