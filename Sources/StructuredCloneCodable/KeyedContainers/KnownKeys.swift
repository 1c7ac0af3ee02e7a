import Synchronization

/// A type of keys that was met, and what makes containers for it.
struct KnownKeys: Sendable {
  /// Its number: types are numbered as they are met.
  let number: Int
  private let maker: any KeyedContainerMaking.Type

  private static let table = TypeTable<KnownKeys>()
  private static let count = Atomic(0)

  /// What is known of a type of keys.
  @inline(__always)
  static func of<Key: CodingKey>(_ type: Key.Type) -> KnownKeys {
    unsafe table.find(.init(key: type))?.pointee.value ?? add(type)
  }

  @inline(never)
  private static func add<Key: CodingKey>(_ type: Key.Type) -> KnownKeys {
    // Of two threads that do so at once both have numbers of their own.
    let number = count.wrappingAdd(1, ordering: .relaxed).oldValue
    let maker = KeyedContainerMaker<
      ObjectContainer<Key>, KeyedContainer<Key>, SequentialKeyedContainer<Key>
    >.self
    return table.add(KnownKeys(number: number, maker: maker), for: .init(key: type))
  }

  /// The maker for the keys by whose type this was found.
  @inline(__always)
  func maker<Key: CodingKey>(for type: Key.Type) -> any KeyedContainerMaking<Key>.Type {
    unsafe unsafeBitCast(
      maker as any KeyedContainerMaking.Type, to: (any KeyedContainerMaking<Key>.Type).self)
  }
}
