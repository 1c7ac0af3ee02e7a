/// Resolves what a payload refers to outside itself, and reads host objects.
///
/// Every method has a default that resolves nothing, which makes the read fail as it does in V8 without a
/// delegate.
public protocol ValueDeserializerDelegate: Sendable {
  /// Reads what stands behind the tag of a host object.
  func readHostObject(
    from reader: inout HostObjectReader
  ) throws(CloneDecodingError) -> HostObjectContent

  /// The shared buffer of a clone id.
  func sharedArrayBuffer(cloneID: UInt32) -> CloneSharedArrayBuffer?

  /// The module of a transfer id.
  func wasmModule(transferID: UInt32) -> CloneWasmModule?

  /// The shared object at an index of the list that came with the payload.
  func sharedObject(index: UInt32) -> CloneSharedObject?
}

extension ValueDeserializerDelegate {
  /// Refuses.
  public func readHostObject(
    from reader: inout HostObjectReader
  ) throws(CloneDecodingError) -> HostObjectContent {
    throw reader.error("no delegate reads host objects")
  }

  /// Resolves nothing.
  public func sharedArrayBuffer(cloneID: UInt32) -> CloneSharedArrayBuffer? { nil }

  /// Resolves nothing.
  public func wasmModule(transferID: UInt32) -> CloneWasmModule? { nil }

  /// Resolves nothing.
  public func sharedObject(index: UInt32) -> CloneSharedObject? { nil }
}

/// What a host object turned out to be.
///
/// A delegate never calls the reader for nested values: it asks for them here, and the reader's own loop
/// reads them, so that nesting is limited by ``CloneLimits/depth`` and not by the stack.
public enum HostObjectContent: Sendable {
  /// A receiver that is complete. Anything else than a receiver is refused, as in V8.
  case receiver(CloneValue)
  /// A ``CloneHostObject`` of this interface, whose payload is the value that follows in the input.
  case payloadFollows(interface: CloneString)
  /// The receiver that follows in the input is the host object itself.
  case valueFollows
  /// A view on a buffer of its own whose content are these bytes of the input, as offsets from its beginning. With an
  /// interface it is the payload of a ``CloneHostObject``.
  ///
  /// The bytes are not copied. They are in the input and make whole elements, else reading fails. The layout is
  /// ``CloneHostObject/layout``. Bytes to be written again must be complete: ``HostObjectReader/needsFollowingByte``.
  case arrayBufferView(
    CloneArrayBufferView.Kind, bytes: Range<Int>, interface: CloneString? = nil, layout: UInt32 = 0)
}

/// The raw reading primitives for a delegate.
public struct HostObjectReader: Sendable {
  var wire: WireReader
  let start: Int
  /// Where the last varint ended whose last byte says that another follows.
  private var endOfOpenVarint = -1

  /// The version of the payload.
  ///
  /// Below 13 host objects have no tag of their own: every tag that the format does not know is the
  /// delegate's, and ``position`` is at it. From 13 on it is behind the tag `\`, which is read in older
  /// payloads as well.
  public let wireFormatVersion: UInt32

  init(wire: WireReader, start: Int, wireFormatVersion: UInt32) {
    self.wire = wire
    self.start = start
    self.wireFormatVersion = wireFormatVersion
  }

  /// Makes a reader of what a view holds, for a dialect that keeps the bytes of its host objects: nothing is copied.
  ///
  /// It does not end where the view does but where the bytes end that the view is a part of, of which ``position`` is
  /// an offset: whoever did not write them compares it with the end of ``CloneArrayBufferView/bytes``.
  public init(_ view: CloneArrayBufferView) {
    let content = view.bytes
    var input: [UInt8] = []
    if case .arrayBuffer(let buffer) = view.buffer { input = buffer.receiver.graph.input }
    wire = WireReader(input, varints: .bounded)
    wire.position = min(content.startIndex, input.count)
    start = wire.position
    wireFormatVersion = CloneProfile.default.format.version
  }

  /// Offset of the next byte in the whole input.
  public var position: Int { wire.position }

  /// Whether what was read so far can only be read again with another byte behind it, whichever that is.
  ///
  /// V8 ends a varint after its fifth or tenth byte even if that has the continuation bit, but only where another byte
  /// exists (10.2 and later). It writes no such varint: what holds one is to be written anew, not with these bytes.
  public var needsFollowingByte: Bool { position == endOfOpenVarint }

  /// Reads a varint of 32 bits.
  ///
  /// - Throws: ``CloneDecodingError/Reason/truncated``, as all of these.
  public mutating func readUInt32() throws(CloneDecodingError) -> UInt32 {
    UInt32(truncatingIfNeeded: try readVarint(width: 32))
  }

  /// Reads a varint of 64 bits.
  public mutating func readUInt64() throws(CloneDecodingError) -> UInt64 {
    try readVarint(width: 64)
  }

  private mutating func readVarint(width: Int) throws(CloneDecodingError) -> UInt64 {
    let value = try wire.readVarint(width: width)
    if wire.bytes[position - 1] >= 0x80 { endOfOpenVarint = position }
    return value
  }

  /// Reads eight bytes as a double.
  public mutating func readDouble() throws(CloneDecodingError) -> Double { try wire.readDouble() }

  /// Reads raw bytes.
  public mutating func readRawBytes(_ count: Int) throws(CloneDecodingError) -> ArraySlice<UInt8> {
    let start = try wire.skip(UInt64(max(0, count)), from: wire.position)
    return wire.bytes[start..<wire.position]
  }

  /// An error about this host object, to be thrown.
  ///
  /// - Parameter message: the text that the embedder itself throws, if it is another than V8's.
  public func error(_ text: String, message: String? = nil) -> CloneDecodingError {
    CloneDecodingError(
      .hostObject(text), offset: start, tag: WireTag.hostObject, message: message)
  }
}
