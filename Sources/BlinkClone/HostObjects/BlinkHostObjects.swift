public import StructuredClone

/// Reads and writes the host objects of Blink for V8's reader and writer: `ReadDOMObject` and `WriteDOMObject`.
public struct BlinkHostObjects: ValueDeserializerDelegate, ValueSerializerDelegate {
  /// Blink's version, by which some payloads differ.
  public let version: UInt32
  /// What comes along with the value.
  public let transferables: Transferables
  /// The interfaces that the context exposes; with `nil` all.
  public let exposedInterfaces: Set<SerializationTag>?
  /// Whether host objects are as they were written or as Chromium holds them after reading.
  public let representation: ValueDeserializer.Representation
  /// Whether the value is to be stored, which fewer objects allow.
  public let isForStorage: Bool

  /// Collects what was written, for the trailer.
  let requiredInterfaces = RequiredInterfaces()

  /// Makes a delegate.
  public init(
    version: UInt32 = BlinkEnvelope.currentVersion, transferables: Transferables = Transferables(),
    exposedInterfaces: Set<SerializationTag>? = nil,
    representation: ValueDeserializer.Representation = .faithful, isForStorage: Bool = false
  ) {
    self.version = version
    self.transferables = transferables
    self.exposedInterfaces = exposedInterfaces
    self.representation = representation
    self.isForStorage = isForStorage
  }

  // MARK: - Reading

  /// Reads a tag and what stands behind it.
  public func readHostObject(
    from reader: inout HostObjectReader
  ) throws(CloneDecodingError) -> HostObjectContent {
    let start = reader.position
    var payload = PayloadReader(wire: reader, version: version)
    let object = try BlinkHostObject(from: &payload)
    reader = payload.wire
    if let exposedInterfaces, !exposedInterfaces.contains(object.tag) {
      throw reader.error("the context does not expose \(object.tag.interface)")
    }
    guard transferables.resolve(object) else {
      throw reader.error("nothing came along that this \(object.tag.interface) could be")
    }
    if representation == .engine { return .receiver(object.asHeldAfterReading.makeValue()) }
    guard version >= object.tag.currentLayoutSince else { return .receiver(object.makeValue()) }
    return .arrayBufferView(
      .uint8, bytes: start..<reader.position, interface: CloneString(object.tag.interface))
  }

  /// The shared buffer at a place.
  public func sharedArrayBuffer(cloneID: UInt32) -> CloneSharedArrayBuffer? {
    let buffers = transferables.sharedArrayBuffers
    return Int(cloneID) < buffers.count ? buffers[Int(cloneID)] : nil
  }

  /// The module at a place.
  public func wasmModule(transferID: UInt32) -> CloneWasmModule? {
    let modules = transferables.wasmModules
    return Int(transferID) < modules.count ? modules[Int(transferID)] : nil
  }

  // MARK: - Writing

  /// Writes a tag and what stands behind it.
  public func writeHostObject(
    _ object: CloneHostObject, to writer: inout HostObjectWriter
  ) throws(DataCloneError) -> HostObjectCompletion {
    guard let host = BlinkHostObject(object), case .arrayBufferView(let payload) = object.payload
    else { throw writer.refusal("\(object.interface) object could not be cloned.") }
    if isForStorage, let refusal = host.tag.storageRefusal { throw writer.refusal(refusal) }
    requiredInterfaces.insert(host.tag)
    if version >= host.tag.currentLayoutSince {
      writer.writeRawBytes(payload.bytes)
    } else {
      var older = PayloadWriter(version: version)
      host.write(to: &older)
      writer.writeRawBytes(older.wire.bytes)
    }
    return .complete
  }

  /// The place of a shared buffer, which cannot be stored.
  public func cloneID(of buffer: CloneSharedArrayBuffer) -> UInt32? {
    isForStorage ? nil : buffer.cloneID
  }
}
