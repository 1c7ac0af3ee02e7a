public import StructuredClone

/// Reads and writes the host objects of Blink for V8's reader and writer: `ReadDOMObject` and `WriteDOMObject`.
public struct BlinkHostObjects: ValueDeserializerDelegate, ValueSerializerDelegate {
  /// Blink's version, by which some payloads differ.
  public let version: UInt32
  /// What comes along with the value.
  public let transferables: Transferables
  /// The interfaces that the context exposes; with `nil` all.
  public let exposedInterfaces: Set<SerializationTag>?
  /// Whether host objects are written with the very bytes that were read, and not as Chromium writes what it has read.
  public let isFaithful: Bool
  /// Whether the value is to be stored, which fewer objects allow.
  public let isForStorage: Bool

  /// Collects what was written, for the trailer.
  let requiredInterfaces = RequiredInterfaces()

  /// Makes a delegate.
  public init(
    version: UInt32 = BlinkEnvelope.currentVersion, transferables: Transferables = Transferables(),
    exposedInterfaces: Set<SerializationTag>? = nil, isFaithful: Bool = false,
    isForStorage: Bool = false
  ) {
    self.version = version
    self.transferables = transferables
    self.exposedInterfaces = exposedInterfaces
    self.isFaithful = isFaithful
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
    if reader.needsFollowingByte { return .receiver(object.makeValue()) }
    return .arrayBufferView(
      .uint8, bytes: start..<reader.position, interface: CloneString(object.tag.interface),
      layout: version >= object.tag.currentLayoutSince ? 0 : version)
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
    let isCurrent = version >= host.tag.currentLayoutSince
    if isFaithful, isCurrent ? object.layout == 0 : object.layout == version {
      writer.writeRawBytes(payload.bytes)
      return .complete
    }
    guard isCurrent || host.fitsLayoutWithoutSettings else {
      throw writer.unsupported(
        "\(object.interface) has settings only from version \(host.tag.currentLayoutSince) on")
    }
    var bytes = PayloadWriter(version: version)
    (isCurrent && !isFaithful ? host.asWritten : host).write(to: &bytes)
    writer.writeRawBytes(bytes.wire.bytes)
    return .complete
  }

  /// Refuses to store what is outside the value.
  public func refusal(of value: CloneValue) -> String? {
    guard isForStorage else { return nil }
    return switch value {
    case .sharedArrayBuffer: "A SharedArrayBuffer can not be serialized for storage."
    case .wasmModule: "A WebAssembly.Module can not be serialized for storage."
    case .sharedObject: "A shared JS value cannot be serialized for storage."
    default: nil
    }
  }

  /// The place of a shared buffer.
  public func cloneID(of buffer: CloneSharedArrayBuffer) -> UInt32? { buffer.cloneID }

  /// The place of a module.
  public func transferID(of module: CloneWasmModule) -> UInt32? { module.transferID }
}
