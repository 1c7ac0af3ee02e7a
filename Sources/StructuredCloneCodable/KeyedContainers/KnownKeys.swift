import StructuredClone
import Synchronization

/// A type of keys that was met, and what makes containers for it.
struct KnownKeys: Sendable {
  /// Its number: types are numbered as they are met.
  let number: UInt32
  let maker: any KeyedContainerMaking.Type
  /// Whether the library's containers can be given out again.
  let isReusable: Bool

  private static let table = TypeTable<KnownKeys>()
  private static let count = Atomic<UInt32>(0)

  /// What is known of a type of keys.
  @inline(__always)
  static func of<Key: CodingKey>(_ type: Key.Type) -> KnownKeys {
    unsafe table.find(.init(key: type))?.pointee.value ?? add(type)
  }

  @inline(never)
  private static func add<Key: CodingKey>(_ type: Key.Type) -> KnownKeys {
    table.add(KnownKeys(type), for: .init(key: type))
  }

  private init<Key: CodingKey>(_ type: Key.Type) {
    let maker = KeyedContainerMaker<
      ObjectContainer<Key>, KeyedContainer<Key>, SequentialKeyedContainer<Key>
    >.self
    self.maker = maker
    number = KnownKeys.count.wrappingAdd(1, ordering: .relaxed).oldValue
    let encoding = maker.encodingContainer(
      ObjectEncodingContext(EncodingState(CloneEncoder()), EncodingState.nowhere, .root))
    let decoding = maker.sequentialContainer(
      SequentialObjectContext(
        DecodingState(.undefined, options: CloneDecoder()),
        SequentialObjectPlace(start: 0, level: 0), .root))
    isReusable = ContainerBox.isAll(of: encoding) && ContainerBox.isAll(of: decoding)
  }

  /// The maker for the keys by whose type this was found.
  @inline(__always)
  func maker<Key: CodingKey>(for type: Key.Type) -> any KeyedContainerMaking<Key>.Type {
    unsafe unsafeBitCast(
      maker as any KeyedContainerMaking.Type, to: (any KeyedContainerMaking<Key>.Type).self)
  }
}
