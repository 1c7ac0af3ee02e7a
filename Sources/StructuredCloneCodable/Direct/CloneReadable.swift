/// A type that reads itself straight from the bytes of a payload: faster than `Decodable`, from the same payloads, with the same
/// errors.
///
/// Most types are objects and conform to ``CloneObjectReadable``.
public protocol CloneReadable {
  /// Reads the next value.
  ///
  /// A reader may be asked twice for the same payload: bytes that are not as expected are read another way, from the
  /// beginning.
  init(reading reader: inout CloneReader) throws

  /// Reads an array of such values.
  ///
  /// There is no need to write it: it reads them one behind the other.
  static func readArray(from reader: inout CloneReader) throws -> [Self]
}

extension CloneReadable {
  /// Reads an array of such values, one behind the other.
  @inlinable
  public static func readArray(from reader: inout CloneReader) throws -> [Self] {
    let count = try reader.beginArray()
    var elements: [Self] = []
    elements.reserveCapacity(reader.room(for: count, Self.self))
    for index in 0..<count {
      let mark = try reader.beginElement(index, as: Self.self)
      defer { reader.end(mark) }
      elements.append(try Self(reading: &reader))
    }
    try reader.endArray(count)
    return elements
  }
}

/// A type that is an object and reads its properties.
///
/// ```swift
/// extension User: CloneObjectReadable {
///   init(properties: inout CloneReader) throws {
///     self.init(
///       id: try properties.read("id"), name: try properties.read("name"),
///       email: try properties.readIfPresent("email"))
///   }
/// }
/// ```
///
/// Reading is fastest if properties are read in the order in which they were written, and if they are given to another
/// initializer: where each is assigned on its own, the compiler copies the whole value once more, with every string in it.
public protocol CloneObjectReadable: CloneReadable {
  /// Reads the properties.
  init(properties reader: inout CloneReader) throws
}

extension CloneObjectReadable {
  /// Reads an object.
  @inlinable
  public init(reading reader: inout CloneReader) throws {
    let outer = try reader.beginObject()
    try self.init(properties: &reader)
    try reader.endObject(outer)
  }
}
