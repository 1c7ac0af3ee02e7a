import StructuredClone

// The standard library's arrays look up their own type for each element they read, and write each through a container.

/// An array that can be read.
protocol DecodableArray: SendableMetatype {
  /// Reads an array, as a type that is this one.
  static func decode<T>(_ type: T.Type, from decoder: ValueDecoder) throws -> T
}

/// An array that can be written.
protocol EncodableArray: SendableMetatype {
  /// Writes an array of a type that is this one.
  static func encode<T>(_ array: T, _ state: EncodingState, _ path: PathStack.Reference) throws
}

extension Array: DecodableArray where Element: Decodable {
  static func decode<T>(_ type: T.Type, from decoder: ValueDecoder) throws -> T {
    // The type is this one.
    unsafe unsafeBitCast(try elements(from: decoder), to: T.self)
  }

  private static func elements(from decoder: ValueDecoder) throws -> [Element] {
    let state = decoder.state
    let cell = state.cell(at: decoder.position)
    guard let positions = state.adjacentElements(of: cell),
      state.hasRoom(for: positions.count, of: MemoryLayout<Element>.stride)
    else { return try self.init(from: decoder) }
    // Elements are written one behind the other to where there is room for all of them.
    return try unsafe Array(unsafeUninitializedCapacity: positions.count) { elements, count in
      for position in positions {
        let element = try state.decode(
          Element.self, at: position, CloneCodingKey.index(count), behind: decoder.path,
          in: cell.payload)
        unsafe elements.initializeElement(at: count, to: element)
        count += 1
      }
    }
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
    for index in indices {
      guard state.beginElement(handle) else { throw EncodingState.Derailment() }
      try state.encode(self[index], CloneCodingKey.index(index), behind: path)
    }
  }
}
