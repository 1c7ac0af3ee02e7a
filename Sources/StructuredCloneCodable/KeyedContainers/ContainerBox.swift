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
    guard MemoryLayout<Container>.size == MemoryLayout<UInt>.size,
      let box = Mirror(reflecting: container).children.first?.value,
      type(of: box) is AnyObject.Type
    else { return false }
    return address(in: container) == UInt(bitPattern: ObjectIdentifier(box as AnyObject))
  }

  /// The address of a container's box.
  static func address<Container>(in container: Container) -> UInt {
    unsafe unsafeBitCast(container, to: UInt.self)
  }
}
