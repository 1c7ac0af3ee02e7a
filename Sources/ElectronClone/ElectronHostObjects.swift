public import StructuredClone

/// Reads and writes the only host object that Electron has for itself, a ``NativeImage``.
public struct ElectronHostObjects: ValueDeserializerDelegate, ValueSerializerDelegate {
  /// Whether a `WebAssembly.Module` is refused. Electron does not, but writes nothing for it, and then nobody can read
  /// the value.
  public let refusesModules: Bool

  /// Makes a delegate.
  public init(refusesModules: Bool = false) { self.refusesModules = refusesModules }

  /// Refuses a module, if that is wanted.
  public func refusal(of value: CloneValue) -> String? {
    guard refusesModules, case .wasmModule = value else { return nil }
    return ElectronSerializedValue.refusal
  }

  /// Reads an image.
  public func readHostObject(
    from reader: inout HostObjectReader
  ) throws(CloneDecodingError) -> HostObjectContent {
    let start = reader.position
    let image = try NativeImage(from: &reader)
    if reader.needsFollowingByte { return .receiver(image.makeValue()) }
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
