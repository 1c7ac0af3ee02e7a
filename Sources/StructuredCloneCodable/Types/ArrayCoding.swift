import StructuredClone

// The standard library's arrays look up their own type for each element they read, and write each through a container.

/// An array that can be read.
protocol DecodableArray: SendableMetatype {
  associatedtype Element: Decodable

  init(
    unsafeUninitializedCapacity: Int,
    initializingWith initializer: (inout UnsafeMutableBufferPointer<Element>, inout Int) throws ->
      Void
  ) rethrows

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

extension Array: DecodableArray where Element: Decodable {}
extension ContiguousArray: DecodableArray where Element: Decodable {}

extension DecodableArray {
  static func decode<T: Decodable>(
    _ type: T.Type, at position: DecodingState.Position, _ path: PathStack.Reference,
    _ state: DecodingState
  ) throws -> T {
    guard let elements = state.roomyElements(at: position, Element.self) else {
      return try T(from: ValueDecoder(state: state, position: position, path: path))
    }
    let array = try unsafe Self(unsafeUninitializedCapacity: elements.count) { room, count in
      try unsafe state.decode(elements, at: position, path, into: room, &count)
    }
    // The type is this one.
    return unsafe unsafeBitCast(array, to: T.self)
  }
}

extension Array: EncodableArray where Element: Encodable {
  static func encode<T>(_ array: T, _ state: EncodingState, _ path: PathStack.Reference) throws {
    // The type is this one.
    let array = unsafe unsafeBitCast(array, to: [Element].self)
    try state.encode(elements: array.span, path)
  }
}

extension ContiguousArray: EncodableArray where Element: Encodable {
  static func encode<T>(_ array: T, _ state: EncodingState, _ path: PathStack.Reference) throws {
    // The type is this one.
    let array = unsafe unsafeBitCast(array, to: ContiguousArray<Element>.self)
    try state.encode(elements: array.span, path)
  }
}

extension DecodingState {
  /// Where the elements of an array are, if they stand side by side and may be made room for at once; `nil` also if there
  /// are none: the memory of all empty arrays is one, and would be written to.
  fileprivate func roomyElements<Element>(
    at position: Position, _ type: Element.Type
  ) -> Range<Position>? {
    guard let elements = adjacentElements(of: cell(at: position)), !elements.isEmpty,
      hasRoom(for: elements.count, of: MemoryLayout<Element>.stride)
    else { return nil }
    return elements
  }

  /// Reads elements to where there is room for all of them, one behind the other.
  fileprivate func decode<Element: Decodable>(
    _ elements: Range<Position>, at position: Position, _ path: PathStack.Reference,
    into room: UnsafeMutableBufferPointer<Element>, _ count: inout Int
  ) throws {
    let record = cell(at: position).payload
    for element in elements {
      unsafe room.initializeElement(
        at: count,
        to: try decode(
          Element.self, at: element, CloneCodingKey.index(count), behind: path, in: record))
      count += 1
    }
  }
}

extension EncodingState {
  /// Writes an array of elements.
  fileprivate func encode<Element: Encodable>(
    elements: borrowing Span<Element>, _ path: PathStack.Reference
  ) throws {
    guard let count = UInt32(exactly: elements.count) else {
      throw Refusal.tooManyElements.encodingError(of: elements.count, at: codingPath(path))
    }
    let handle = array(count: count)
    for index in elements.indices {
      guard beginElement(handle) else { throw EncodingState.Derailment() }
      try encode(elements[index], CloneCodingKey.index(index), behind: path)
    }
  }
}
