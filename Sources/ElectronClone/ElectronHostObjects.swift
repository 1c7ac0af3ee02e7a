public import StructuredClone

/// Reads and writes the only host object that Electron has for itself, a ``NativeImage``.
public struct ElectronHostObjects: ValueDeserializerDelegate, ValueSerializerDelegate {
  /// Makes a delegate.
  public init() {}

  /// Reads an image.
  public func readHostObject(
    from reader: inout HostObjectReader
  ) throws(CloneDecodingError) -> HostObjectContent {
    let start = reader.position
    _ = try NativeImage(from: &reader)
    return .arrayBufferView(
      .uint8, bytes: start..<reader.position, interface: NativeImage.interface)
  }

  /// Writes an image.
  public func writeHostObject(
    _ object: CloneHostObject, to writer: inout HostObjectWriter
  ) throws(DataCloneError) -> HostObjectCompletion {
    guard NativeImage(.hostObject(object)) != nil, case .arrayBufferView(let view) = object.payload
    else { throw writer.refusal(ElectronSerializedValue.refusal) }
    writer.writeRawBytes(view.bytes)
    return .complete
  }
}
