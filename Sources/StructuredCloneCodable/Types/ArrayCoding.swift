import StructuredClone

// The standard library's arrays look up their own type for each element they read, and write each through a container.

/// An array that can be read.
protocol DecodableArray: SendableMetatype {
  /// Reads an array, as a type that is this one.
  static func decode<T: Decodable>(
    _ type: T.Type, at position: DecodingState.Position, _ path: PathStack.Reference,
    _ state: DecodingState
  ) throws -> T
}

/// An array that can be written.
protocol EncodableArray: SendableMetatype {
  /// Writes an array of a type that is this one.
  static func encode<T>(_ array: T, _ state: EncodingState, _ path: PathStack.Reference) throws
}

extension Array: DecodableArray where Element: Decodable {
  static func decode<T: Decodable>(
    _ type: T.Type, at position: DecodingState.Position, _ path: PathStack.Reference,
    _ state: DecodingState
  ) throws -> T {
    let cell = state.cell(at: position)
    guard let positions = state.adjacentElements(of: cell),
      state.hasRoom(for: positions.count, of: MemoryLayout<Element>.stride)
    else { return try T(from: ValueDecoder(state: state, position: position, path: path)) }
    // Elements are written one behind the other to where there is room for all of them.
    let elements = try unsafe Array(unsafeUninitializedCapacity: positions.count) {
      elements, count in
      for position in positions {
        unsafe elements.initializeElement(
          at: count,
          to: try state.decode(
            Element.self, at: position, CloneCodingKey.index(count), behind: path,
            in: cell.payload))
        count += 1
      }
    }
    // The type is this one.
    return unsafe unsafeBitCast(elements, to: T.self)
  }
}

extension Array: EncodableArray where Element: Encodable {
  static func encode<T>(_ array: T, _ state: EncodingState, _ path: PathStack.Reference) throws {
    // The type is this one.
    try unsafe unsafeBitCast(array, to: [Element].self).encode(state, path)
  }

  private func encode(_ state: EncodingState, _ path: PathStack.Reference) throws {
    guard let number = UInt32(exactly: count) else {
      throw Refusal.tooManyElements.encodingError(of: self, at: state.codingPath(path))
    }
    let handle = state.array(count: number)
    // Elements of a span are not copied.
    let elements = span
    for index in elements.indices {
      guard state.beginElement(handle) else { throw EncodingState.Derailment() }
      try state.encode(elements[index], CloneCodingKey.index(index), behind: path)
    }
  }
}
