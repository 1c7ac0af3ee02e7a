/// Makes keyed containers, for keys of one type.
///
/// Code that is generic over keys asks the runtime for the types of its containers, and for their conformances, each time it makes
/// one: a sixth of the time of `Encodable` itself. A type that is generic over the containers has both at hand.
protocol KeyedContainerMaking<Key>: SendableMetatype {
  associatedtype Key: CodingKey

  static func encodingContainer(_ context: ObjectEncodingContext) -> KeyedEncodingContainer<Key>

  static func decodingContainer(
    _ state: DecodingState, _ record: UInt32, _ position: DecodingState.Position,
    _ path: PathStack.Reference
  ) -> KeyedDecodingContainer<Key>

  static func sequentialContainer(
    _ context: SequentialObjectContext
  ) -> KeyedDecodingContainer<Key>
}

/// A container that ``KeyedContainerMaker`` makes.
protocol StateKeyedEncodingContainer: KeyedEncodingContainerProtocol {
  init(_ context: ObjectEncodingContext)
}

/// A container that ``KeyedContainerMaker`` makes.
protocol StateKeyedDecodingContainer: KeyedDecodingContainerProtocol {
  init(
    _ state: DecodingState, _ record: UInt32, _ position: DecodingState.Position,
    _ path: PathStack.Reference)
}

/// A container that ``KeyedContainerMaker`` makes.
protocol SequentialStateKeyedContainer: KeyedDecodingContainerProtocol {
  init(_ context: SequentialObjectContext)
}

/// Makes containers of types that are known to it, not to its callers.
enum KeyedContainerMaker<
  Encoding: StateKeyedEncodingContainer, Decoding: StateKeyedDecodingContainer,
  Sequential: SequentialStateKeyedContainer
>: KeyedContainerMaking where Encoding.Key == Decoding.Key, Encoding.Key == Sequential.Key {
  typealias Key = Encoding.Key

  static func encodingContainer(_ context: ObjectEncodingContext) -> KeyedEncodingContainer<Key> {
    KeyedEncodingContainer(Encoding(context))
  }

  static func decodingContainer(
    _ state: DecodingState, _ record: UInt32, _ position: DecodingState.Position,
    _ path: PathStack.Reference
  ) -> KeyedDecodingContainer<Key> {
    KeyedDecodingContainer(Decoding(state, record, position, path))
  }

  static func sequentialContainer(
    _ context: SequentialObjectContext
  ) -> KeyedDecodingContainer<Key> {
    KeyedDecodingContainer(Sequential(context))
  }
}
