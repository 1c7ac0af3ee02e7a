/// Makes keyed containers, for keys of one type.
///
/// Code that is generic over keys asks the runtime for the types of its containers, and for their conformances, each time it makes
/// one: a sixth of the time of `Encodable` itself. A type that is generic over the containers has both at hand.
protocol KeyedContainerMaking<Key>: SendableMetatype {
  associatedtype Key: CodingKey

  static func encodingContainer(
    _ state: EncodingState, _ handle: EncodingState.Handle, _ path: PathStack.Reference
  ) -> KeyedEncodingContainer<Key>

  static func decodingContainer(
    _ state: DecodingState, _ record: UInt32, _ position: DecodingState.Position,
    _ path: PathStack.Reference
  ) -> KeyedDecodingContainer<Key>

  static func sequentialContainer(
    _ state: DecodingState, _ start: UInt32, _ level: Int, _ path: PathStack.Reference
  ) -> KeyedDecodingContainer<Key>
}

/// A container that ``KeyedContainerMaker`` makes.
protocol StateKeyedEncodingContainer: KeyedEncodingContainerProtocol {
  init(_ state: EncodingState, _ handle: EncodingState.Handle, _ path: PathStack.Reference)
}

/// A container that ``KeyedContainerMaker`` makes.
protocol StateKeyedDecodingContainer: KeyedDecodingContainerProtocol {
  init(
    _ state: DecodingState, _ record: UInt32, _ position: DecodingState.Position,
    _ path: PathStack.Reference)
}

/// A container that ``KeyedContainerMaker`` makes.
protocol SequentialStateKeyedContainer: KeyedDecodingContainerProtocol {
  init(_ state: DecodingState, _ start: UInt32, _ level: Int, _ path: PathStack.Reference)
}

/// Makes containers of types that are known to it, not to its callers.
enum KeyedContainerMaker<
  Encoding: StateKeyedEncodingContainer, Decoding: StateKeyedDecodingContainer,
  Sequential: SequentialStateKeyedContainer
>: KeyedContainerMaking where Encoding.Key == Decoding.Key, Encoding.Key == Sequential.Key {
  typealias Key = Encoding.Key

  static func encodingContainer(
    _ state: EncodingState, _ handle: EncodingState.Handle, _ path: PathStack.Reference
  ) -> KeyedEncodingContainer<Key> {
    KeyedEncodingContainer(Encoding(state, handle, path))
  }

  static func decodingContainer(
    _ state: DecodingState, _ record: UInt32, _ position: DecodingState.Position,
    _ path: PathStack.Reference
  ) -> KeyedDecodingContainer<Key> {
    KeyedDecodingContainer(Decoding(state, record, position, path))
  }

  static func sequentialContainer(
    _ state: DecodingState, _ start: UInt32, _ level: Int, _ path: PathStack.Reference
  ) -> KeyedDecodingContainer<Key> {
    KeyedDecodingContainer(Sequential(state, start, level, path))
  }
}

/// The makers for all types of keys that were met.
enum KeyedContainerMakers {
  private static let table = TypeTable<any KeyedContainerMaking.Type>()

  /// The maker for a type of keys.
  @inline(__always)
  static func of<Key: CodingKey>(_ type: Key.Type) -> any KeyedContainerMaking<Key>.Type {
    let maker = unsafe table.find(.init(key: type))?.pointee.value ?? add(type)
    // It makes containers for these keys, by which it was found.
    return unsafe unsafeBitCast(
      maker as any KeyedContainerMaking.Type, to: (any KeyedContainerMaking<Key>.Type).self)
  }

  @inline(never)
  private static func add<Key: CodingKey>(_ type: Key.Type) -> any KeyedContainerMaking.Type {
    table.add(
      KeyedContainerMaker<
        ObjectContainer<Key>, KeyedContainer<Key>, SequentialKeyedContainer<Key>
      >.self, for: .init(key: type))
  }
}
