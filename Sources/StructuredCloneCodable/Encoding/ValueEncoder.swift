import StructuredClone

/// The encoder that a type's `encode(to:)` gets: a place, and the path to it. It fits in an existential without memory of its
/// own.
struct ValueEncoder: Encoder {
  let state: EncodingState
  let place: EncodingState.Place
  let path: PathStack.Reference

  var codingPath: [any CodingKey] { state.codingPath(path) }
  var userInfo: [CodingUserInfoKey: Any] { state.options.userInfo }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    state.keyedContainer(at: place, path)
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    ElementsContainer(state: state, handle: state.elementsHandle(at: place), path: path)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer { self }
}

extension EncodingState {
  @inline(__always)
  func objectHandle(at place: Place) -> Handle {
    guard let nodes else { return object(at: place) }
    return nodes.container(at: place) { $0.object() }
  }

  @inline(__always)
  func elementsHandle(at place: Place) -> Handle {
    guard let nodes else { return elements(at: place) }
    return nodes.container(at: place) { $0.array() }
  }

  /// A container for the properties of an object.
  @inline(__always)
  func keyedContainer<Key: CodingKey>(
    at place: Place, _ path: PathStack.Reference
  ) -> KeyedEncodingContainer<Key> {
    let handle = objectHandle(at: place)
    let keys = KnownKeys.of(Key.self)
    return containers.container(
      keys, Int(handle.level), self, handle, path, EncodingState.spareContainers
    ) {
      keys.maker(for: Key.self).encodingContainer($0)
    }
  }

  /// The place of a property of an object.
  func propertyPlace(_ handle: Handle, _ name: String) -> Place {
    if let nodes { return nodes.property(handle, name) }
    return beginProperty(handle, name) ? place : EncodingState.noPlace
  }

  /// The place of a new element.
  func elementPlace(_ handle: Handle) -> Place {
    if let nodes { return nodes.element(handle) }
    return beginElement(handle) ? place : EncodingState.noPlace
  }

  /// The place of a property for an encoder that may be used later.
  func laterPropertyPlace(_ handle: Handle, _ name: String) -> Place {
    guard let nodes else { return beginProperty(handle, name) ? slot() : EncodingState.noPlace }
    let place = nodes.property(handle, name)
    nodes.putPlaceholder(at: place)
    return place
  }

  /// The place of a new element for an encoder that may be used later.
  func laterElementPlace(_ handle: Handle) -> Place {
    guard let nodes else { return beginElement(handle) ? slot() : EncodingState.noPlace }
    let place = nodes.element(handle)
    nodes.putPlaceholder(at: place)
    return place
  }

  /// Where nothing is written.
  private static let noPlace = Place(level: .max, start: 0)
}
