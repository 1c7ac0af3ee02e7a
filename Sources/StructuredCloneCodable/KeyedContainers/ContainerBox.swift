import StructuredClone

/// The box in which the standard library puts a keyed container.
enum ContainerBox {
  /// Whether the library's containers are references to their boxes and nothing else, so that the count of a box's references tells
  /// whether somebody has its container.
  static let isAllOfContainers: Bool = {
    let encoding = KeyedEncodingContainer(
      ObjectContainer<CloneCodingKey>(
        ObjectEncodingContext(EncodingState(CloneEncoder()), EncodingState.nowhere, .root)))
    let decoding = KeyedDecodingContainer(
      SequentialKeyedContainer<CloneCodingKey>(
        SequentialObjectContext(
          DecodingState(.object(CloneObject()), options: CloneDecoder()),
          SequentialObjectPlace(start: 0, level: 0), .root)))
    return isAll(of: encoding) && isAll(of: decoding)
  }()

  private static func isAll<Container>(of container: Container) -> Bool {
    guard MemoryLayout<Container>.size == MemoryLayout<AnyObject>.size,
      let box = Mirror(reflecting: container).children.first?.value,
      type(of: box) is AnyObject.Type
    else { return false }
    return unsafe reference(in: container).toOpaque()
      == Unmanaged.passUnretained(box as AnyObject).toOpaque()
  }

  /// The reference that a container is.
  static func reference<Container>(in container: Container) -> Unmanaged<AnyObject> {
    unsafe unsafeBitCast(container, to: Unmanaged<AnyObject>.self)
  }
}
