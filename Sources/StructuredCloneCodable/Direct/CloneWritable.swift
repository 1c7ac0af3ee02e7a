/// A type that writes itself straight to the bytes of a payload: faster than `Encodable`, with the same bytes and errors.
///
/// Most types are objects and conform to ``CloneObjectWritable``.
public protocol CloneWritable {
  /// Writes the value.
  func write(to writer: inout CloneWriter) throws

  /// Writes an array of such values.
  ///
  /// There is no need to write it: it writes them one behind the other.
  static func writeArray(_ values: [Self], to writer: inout CloneWriter) throws
}

extension CloneWritable {
  /// Writes an array of such values, one behind the other.
  @inlinable
  public static func writeArray(_ values: [Self], to writer: inout CloneWriter) throws {
    try writer.beginArray(values.count)
    // Elements of a span are not copied, with all that they hold.
    let span = values.span
    for index in span.indices {
      do {
        try span[index].write(to: &writer)
      } catch {
        throw writer.failure(error, inElement: index)
      }
    }
    writer.endArray(values.count)
  }
}

/// A type that is an object and writes its properties.
///
/// ```swift
/// extension User: CloneObjectWritable {
///   func writeProperties(to writer: inout CloneWriter) throws {
///     try writer.write(id, as: "id")
///     try writer.write(name, as: "name")
///     try writer.writeIfPresent(email, as: "email")
///   }
/// }
/// ```
///
/// No name may be written twice, and names that are indices (`"0"`, `"17"`) come first, ascending.
public protocol CloneObjectWritable: CloneWritable {
  /// Writes the properties.
  func writeProperties(to writer: inout CloneWriter) throws
}

extension CloneObjectWritable {
  /// Writes an object.
  @inlinable
  public func write(to writer: inout CloneWriter) throws {
    let outer = try writer.beginObject()
    try writeProperties(to: &writer)
    writer.endObject(outer)
  }
}
