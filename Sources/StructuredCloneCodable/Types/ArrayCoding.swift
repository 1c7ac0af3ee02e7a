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
    let array: Self
    if state.isArrayInSequence(position) {
      guard let (start, level, count) = state.beginRoomyArray(at: position, Element.self) else {
        return try T(from: ValueDecoder(state: state, position: position, path: path))
      }
      array = try unsafe Self(unsafeUninitializedCapacity: count) { room, count in
        try unsafe state.decode(start, level, at: position, path, into: room, &count)
      }
    } else {
      let adjacent = state.adjacentElements(of: state.cell(at: position))
      let listed = try adjacent == nil ? state.elements(at: position, path).positions : []
      let elementCount = adjacent?.count ?? listed.count
      guard state.hasRoom(for: elementCount, of: Element.self) else {
        return try T(from: ValueDecoder(state: state, position: position, path: path))
      }
      array = try unsafe Self(unsafeUninitializedCapacity: elementCount) { room, count in
        if let adjacent {
          try unsafe state.decode(adjacent, at: position, path, into: room, &count)
        } else {
          try unsafe state.decode(listed, at: position, path, into: room, &count)
        }
      }
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
  /// Begins an array in the dense form, if its elements may be made room for at once; answers where it begins, its level
  /// and the number of its elements. Not if there are none: the memory of all empty arrays is one, and would be written to.
  fileprivate func beginRoomyArray<Element>(
    at position: Position, _ type: Element.Type
  ) -> (start: UInt32, level: Int, count: Int)? {
    guard let start = DecodingState.offset(inSequence: position) else { return nil }
    let array = sequence.beginArray(at: start, prediction: depth) { sequence, count in
      count > 0 && sequence.hasRoom(for: count, of: MemoryLayout<Element>.stride)
    }
    return array.map { (start, $0.level, $0.count) }
  }

  /// Reads elements to where there is room for just so many, one behind the other.
  fileprivate func decode<Element: Decodable>(
    _ start: UInt32, _ level: Int, at position: Position, _ path: PathStack.Reference,
    into room: UnsafeMutableBufferPointer<Element>, _ count: inout Int
  ) throws {
    let kind = CodedType.kind(of: Element.self)
    while count < room.count, isSequential,
      sequence.takeElement(count, of: level, at: start)
    {
      if kind.isLeaf {
        do throws(Mismatch) {
          unsafe room.initializeElement(at: count, to: try sequence.leaf(Element.self, kind))
        } catch { break }
      } else {
        guard mayRead(kind) else { break }
        unsafe room.initializeElement(
          at: count,
          to: try decodeNext(
            Element.self, kind, CloneCodingKey.index(count), behind: path, in: level))
      }
      count += 1
    }
    guard count < room.count else { return }
    // The rest from the graph, whose array is this one, or else ``noteMistake()`` was called.
    let elements = try elements(at: position, path).positions
    try unsafe decode(elements.dropFirst(count), at: position, path, into: room, &count)
  }

  /// Whether so many elements, at least one, may be made room for before they are read: no more than is about what was read.
  fileprivate func hasRoom<Element>(for count: Int, of type: Element.Type) -> Bool {
    count > 0
      && count <= (1 << 16 + 64 * content.cellCount) / max(1, MemoryLayout<Element>.stride)
  }

  /// Reads elements to where there is room for all of them, one behind the other.
  fileprivate func decode<Element: Decodable>(
    _ elements: some Collection<Position>, at position: Position, _ path: PathStack.Reference,
    into room: UnsafeMutableBufferPointer<Element>, _ count: inout Int
  ) throws {
    let record = cell(at: position).payload
    for element in elements where count < room.count {
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
