public import StructuredClone

/// A value in the form in which Chromium sends it to another context or stores it: Blink's class of this name.
///
/// ```swift
/// let value = try SerializedScriptValue.deserialize(bytes)
/// let bytes = try SerializedScriptValue.serialize(["answer": 42])
/// ```
///
/// It remembers how its bytes were laid out, so that everything that Chromium wrote since version 13 of V8's format is
/// written back byte for byte:
///
/// ```swift
/// let stored = try SerializedScriptValue(decoding: bytes)
/// let same = try stored.encoded()
/// ```
public struct SerializedScriptValue: Sendable {
  /// What is stored for `undefined` where Blink itself has to make it up: an empty value reads as that.
  private static let undefined: [UInt8] = [0xFF, 0x11, 0xFF, 0x0D, 0x5F]

  /// V8's part: the value and its layout.
  public var payload: ClonePayload
  /// Blink's part.
  public var envelope: BlinkEnvelope

  /// The value.
  public var value: CloneValue {
    get { payload.value }
    set { payload.value = newValue }
  }

  /// The version by which host objects are laid out: that of the envelope or, without one, that of V8's format.
  public var blinkVersion: UInt32 { envelope.version ?? payload.wireFormatVersion }

  /// Reads a value.
  ///
  /// As Blink does it: old data whose bytes were exchanged are recognized and exchanged again, a header below version 16 is
  /// V8's own, and the trailer is passed over, which is there for whoever delivers a message (``BlinkTrailer``).
  ///
  /// - Parameters:
  ///   - bytes: kept by the value, without a copy unless they are exchanged. An empty value is `undefined`.
  ///   - profile: the release of Chromium to be as strict as; by default whatever any of them wrote is read.
  ///   - transferables: what came along; by default references to what is outside are not checked.
  ///   - exposedInterfaces: those of the context; by default all.
  /// - Throws: why and where the bytes are no value. Chromium gives `null`.
  public init(
    decoding bytes: [UInt8], profile: CloneProfile = .default,
    representation: ValueDeserializer.Representation = .faithful, limits: CloneLimits = .default,
    transferables: Transferables = Transferables(),
    exposedInterfaces: Set<SerializationTag>? = nil
  ) throws(BlinkDecodingError) {
    var input = bytes.isEmpty ? SerializedScriptValue.undefined : bytes
    let isByteSwapped = ByteSwap.isSwapped(input)
    if isByteSwapped { input = ByteSwap.swap(input) }
    let found = BlinkEnvelope.read(input)
    var deserializer = ValueDeserializer(
      input, profile: profile, representation: representation, limits: limits)
    do {
      _ = try deserializer.readRawBytes(found?.length ?? 0)
      try deserializer.readHeader()
      deserializer.delegate = BlinkHostObjects(
        version: found?.version ?? deserializer.wireFormatVersion, transferables: transferables,
        exposedInterfaces: exposedInterfaces)
      for (place, buffer) in transferables.arrayBuffers.enumerated() {
        deserializer.transferArrayBuffer(UInt32(clamping: place), buffer)
      }
      payload = try ClonePayload(
        behindHeaderOf: &deserializer, representation: representation)
    } catch {
      throw BlinkDecodingError(error)
    }
    let rest = input[payload.byteCount...]
    let isPadded = found?.version ?? 0 < BlinkEnvelope.trailerSince && rest.allSatisfy { $0 == 0 }
    envelope = BlinkEnvelope(
      version: found?.version, isByteSwapped: isByteSwapped, padding: isPadded ? rest.count : 0)
  }

  /// The bytes of the value in the layout that was read, with a trailer if the version has one.
  ///
  /// - Parameter transferables: buffers that are written as their places in this list.
  /// - Throws: what cannot be written, and the path to it; ``DataCloneError/Reason/unsupportedByProfile(_:)`` for a
  ///   version that is none of ``BlinkEnvelope/writableVersions``.
  public func encoded(
    limits: CloneLimits = .default, transferables: Transferables = Transferables()
  ) throws(DataCloneError) -> [UInt8] {
    let hostObjects = BlinkHostObjects(
      version: envelope.version ?? payload.format.version, transferables: transferables,
      isFaithful: true)
    var serializer = ValueSerializer(
      format: payload.format, limits: limits, delegate: hostObjects)
    return try SerializedScriptValue.write(
      envelope, hostObjects, &serializer
    ) { serializer throws(DataCloneError) in
      try payload.write(to: &serializer)
    }
  }

  // MARK: - Values alone

  /// The value that bytes hold.
  ///
  /// - Throws: why and where the bytes are no value. Chromium gives `null`.
  public static func deserialize(
    _ bytes: [UInt8], profile: CloneProfile = .default, limits: CloneLimits = .default,
    transferables: Transferables = Transferables()
  ) throws(BlinkDecodingError) -> CloneValue {
    try SerializedScriptValue(
      decoding: bytes, profile: profile, limits: limits, transferables: transferables
    ).value
  }

  /// The bytes that Chromium writes for a value.
  ///
  /// - Parameters:
  ///   - profile: the release of Chromium; by default the newest that is known.
  ///   - version: of the envelope, one of ``BlinkEnvelope/writableVersions``.
  ///   - transferables: buffers that are written as their places in this list.
  ///   - isForStorage: whether the value goes into a database, which some host objects and shared buffers do not allow.
  /// - Throws: what cannot be written, and the path to it.
  public static func serialize(
    _ value: CloneValue, profile: CloneProfile = .chromium156,
    version: UInt32 = BlinkEnvelope.currentVersion, limits: CloneLimits = .default,
    transferables: Transferables = Transferables(), isForStorage: Bool = false
  ) throws(DataCloneError) -> [UInt8] {
    let hostObjects = BlinkHostObjects(
      version: version, transferables: transferables, isForStorage: isForStorage)
    var serializer = ValueSerializer(profile: profile, limits: limits, delegate: hostObjects)
    return try write(
      BlinkEnvelope(version: version), hostObjects, &serializer
    ) { serializer throws(DataCloneError) in
      serializer.writeHeader()
      try serializer.writeValue(value)
    }
  }

  /// Writes what stands around a value and, with the given function, V8's part.
  private static func write(
    _ envelope: BlinkEnvelope, _ hostObjects: BlinkHostObjects, _ serializer: inout ValueSerializer,
    _ body: (inout ValueSerializer) throws(DataCloneError) -> Void
  ) throws(DataCloneError) -> [UInt8] {
    if let version = envelope.version, !BlinkEnvelope.writableVersions.contains(version) {
      throw DataCloneError(
        .unsupportedByProfile("envelopes of version 16 to 21 are written, not of \(version)"),
        message: "An object could not be cloned.")
    }
    for (place, buffer) in hostObjects.transferables.arrayBuffers.enumerated() {
      serializer.transferArrayBuffer(UInt32(clamping: place), buffer)
    }
    serializer.writeRawBytes(envelope.prefix)
    try body(&serializer)
    var bytes = serializer.release()
    if let version = envelope.version, version >= BlinkEnvelope.trailerSince {
      hostObjects.requiredInterfaces.trailer.append(to: &bytes)
    }
    bytes += repeatElement(0, count: max(0, envelope.padding))
    guard envelope.isByteSwapped else { return bytes }
    if !bytes.count.isMultiple(of: 2) { bytes.append(0) }
    return ByteSwap.swap(bytes)
  }
}
