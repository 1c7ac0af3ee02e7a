import StructuredClone

/// One step into a value: an element, a property or the entry of a map.
package enum PathStep: Decodable {
  case index(Int)
  case key(String)

  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let index = try? container.decode(Int.self) {
      self = .index(index)
    } else {
      self = .key(try container.decode(String.self))
    }
  }
}

extension CloneValue {
  /// The value at the end of a path, looked up with text as a program would.
  package func value(at path: some Sequence<PathStep>) -> CloneValue {
    path.reduce(self) { value, step in
      switch (step, value) {
      case (.index(let index), _): value[index]
      case (.key(let key), .map(let map)): map[.string(CloneString(key))]
      case (.key(let key), _): value[key]
      }
    }
  }

  /// Changes the value at the end of a path in place.
  package mutating func replaceValue(at path: ArraySlice<PathStep>, with replacement: CloneValue) {
    guard let step = path.first else {
      self = replacement
      return
    }
    let rest = path.dropFirst()
    switch (step, self) {
    case (.index(let index), _): array?[index].replaceValue(at: rest, with: replacement)
    case (.key(let key), .map):
      map?[.string(CloneString(key))].replaceValue(at: rest, with: replacement)
    case (.key(let key), _): object?[key].replaceValue(at: rest, with: replacement)
    }
  }
}
