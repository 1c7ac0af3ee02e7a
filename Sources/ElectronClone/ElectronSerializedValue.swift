public import StructuredClone

/// A value in the form in which Electron's processes send it to each other: the arguments of `send`, `invoke` and `sendSync`
/// as one array, replies, and what `postMessage` sends. Ports travel beside it.
///
/// ```swift
/// let bytes = try ElectronSerializedValue.serialize(["answer", 42])
/// let arguments = try ElectronSerializedValue.deserialize(bytes)
/// ```
///
/// It remembers how its bytes were laid out, so that ``encoded(limits:)`` gives the same again.
public struct ElectronSerializedValue: Sendable {
  /// What Electron throws for whatever cannot be written.
  public static let refusal = "An object could not be cloned."

  /// V8's part: the value and its layout.
  public var payload: ClonePayload
  /// What stands before it.
  public var envelope: ElectronEnvelope

  /// The value.
  public var value: CloneValue {
    get { payload.value }
    set { payload.value = newValue }
  }

  /// Reads a value.
  ///
  /// - Parameters:
  ///   - bytes: kept by the value, without a copy. What follows the value is ignored.
  ///   - profile: the release of Chromium to be as strict as; by default whatever any of them wrote is read. Formats of
  ///     V8 below 13 are refused, as by Electron.
  /// - Throws: why and where the bytes are no value.
  public init(
    decoding bytes: [UInt8], profile: CloneProfile = .default,
    representation: ValueDeserializer.Representation = .faithful, limits: CloneLimits = .default
  ) throws(ElectronDecodingError) {
    var profile = profile
    profile.supportsLegacyWireFormat = false
    var deserializer = ValueDeserializer(
      bytes, profile: profile, representation: representation, limits: limits,
      delegate: ElectronHostObjects())
    envelope = try ElectronEnvelope(from: &deserializer)
    do {
      try deserializer.readHeader()
      payload = try ClonePayload(behindHeaderOf: &deserializer, representation: representation)
    } catch {
      throw ElectronDecodingError(error)
    }
  }

  /// Reads a value that is in a buffer which may be longer, as shared memory is.
  ///
  /// - Parameter size: how many bytes of the buffer are the value.
  /// - Throws: ``ElectronDecodingError/Reason/sizeBeyondBuffer(_:)``, and what is wrong with the value.
  public init(
    decoding buffer: [UInt8], size: UInt64, profile: CloneProfile = .default,
    limits: CloneLimits = .default
  ) throws(ElectronDecodingError) {
    guard size <= UInt64(buffer.count) else {
      throw ElectronDecodingError(.sizeBeyondBuffer(size), offset: 0)
    }
    try self.init(decoding: Array(buffer.prefix(Int(size))), profile: profile, limits: limits)
  }

  /// The bytes of the value in the layout that was read. A trailer of Blink's, to which the envelope may point, is not
  /// among them.
  ///
  /// - Throws: what cannot be written, with Electron's text and the path to it.
  public func encoded(limits: CloneLimits = .default) throws(DataCloneError) -> [UInt8] {
    var serializer = ValueSerializer(
      format: payload.format, limits: limits, delegate: ElectronHostObjects())
    return try ElectronSerializedValue.write(
      envelope, &serializer
    ) { serializer throws(DataCloneError) in
      try payload.write(to: &serializer)
    }
  }

  // MARK: - Values alone

  /// The value that bytes hold: Electron's `DeserializeV8Value`.
  ///
  /// - Throws: why and where the bytes are no value.
  public static func deserialize(
    _ bytes: [UInt8], profile: CloneProfile = .default, limits: CloneLimits = .default
  ) throws(ElectronDecodingError) -> CloneValue {
    guard ElectronEnvelope.isShort(in: bytes) else {
      return try ElectronSerializedValue(decoding: bytes, profile: profile, limits: limits).value
    }
    var profile = profile
    profile.supportsLegacyWireFormat = false
    do {
      return try ValueDeserializer.readPayload(
        bytes, from: ElectronEnvelope.shortLength, profile: profile, limits: limits,
        delegate: ElectronHostObjects())
    } catch {
      throw ElectronDecodingError(error)
    }
  }

  /// The elements of an array of primitives; `nil` for other values, and for bytes that are none.
  package static func plainElements(of bytes: [UInt8]) -> [CloneValue]? {
    guard ElectronEnvelope.isShort(in: bytes) else { return nil }
    return PlainPayload.elements(of: bytes, headerAt: ElectronEnvelope.shortLength)
  }

  /// The only property of an object, if it has this name and is a primitive; `nil` for other values, and for bytes that are none.
  package static func plainProperty(_ name: StaticString, of bytes: [UInt8]) -> CloneValue? {
    guard ElectronEnvelope.isShort(in: bytes) else { return nil }
    return PlainPayload.property(name, of: bytes, headerAt: ElectronEnvelope.shortLength)
  }

  /// The bytes that Electron writes for a value: its `SerializeV8Value`.
  ///
  /// Nothing is transferred: an `ArrayBuffer` is copied, and a `SharedArrayBuffer` or a host object that is no
  /// ``NativeImage`` is refused. A `WebAssembly.Module` is written as V8 does it there, which is nothing at all, so that
  /// the value cannot be read.
  ///
  /// - Parameters:
  ///   - profile: the release of Chromium in Electron; by default the newest that is known, which writes what
  ///     Electron 43 and later write.
  ///   - refusesModules: whether a module is refused instead.
  /// - Throws: what cannot be written, with Electron's text, which is always ``refusal``, and the path to it.
  public static func serialize(
    _ value: CloneValue, profile: CloneProfile = .chromium156, limits: CloneLimits = .default,
    refusesModules: Bool = false
  ) throws(DataCloneError) -> [UInt8] {
    try serialize(
      .value(value), profile: profile, limits: limits, refusesModules: refusesModules)
  }

  /// The same for values in a container that is not made.
  package static func serialize(
    _ content: PayloadContent, profile: CloneProfile, limits: CloneLimits = .default,
    refusesModules: Bool
  ) throws(DataCloneError) -> [UInt8] {
    let plain = content.plainPayload(
      profile, behindZeros: ElectronEnvelope.shortLength, depth: limits.depth)
    if var bytes = plain {
      ElectronEnvelope.store(in: &bytes)
      return bytes
    }
    var serializer = ValueSerializer(
      profile: profile, limits: limits,
      delegate: ElectronHostObjects(refusesModules: refusesModules))
    do {
      var bytes = try serializer.payload(of: content, behindZeros: ElectronEnvelope.shortLength)
      ElectronEnvelope.store(in: &bytes)
      return bytes
    } catch {
      throw ElectronSerializedValue.refusal(error)
    }
  }

  /// Appends the bytes that Electron writes for content that is plain (``PayloadContent/plainPayload(_:behindZeros:depth:)``).
  ///
  /// - Parameter most: what ``mostBytes(ofPlain:)`` is.
  package static func append(
    plain content: PayloadContent, ofAtMost most: Int, to bytes: inout [UInt8],
    profile: CloneProfile
  ) {
    let start = bytes.count
    let isPlain = content.appendPlainPayload(
      ofAtMost: most, to: &bytes, profile, behindZeros: ElectronEnvelope.shortLength,
      depth: CloneLimits.default.depth)
    precondition(isPlain, "only plain content is written without a serializer")
    ElectronEnvelope.store(in: &bytes, at: start)
  }

  /// The same bytes in pieces: long strings are those of the content. The first piece is not empty.
  package static func pieces(
    ofPlain content: PayloadContent, profile: CloneProfile
  ) -> (start: [UInt8], rest: [ArraySlice<UInt8>]) {
    let pieces = content.plainPieces(
      profile, behindZeros: ElectronEnvelope.shortLength, depth: CloneLimits.default.depth)
    guard var pieces else {
      preconditionFailure("only plain content is written without a serializer")
    }
    ElectronEnvelope.store(in: &pieces.start)
    return pieces
  }

  /// How many bytes those are at most; `nil` if the content is not plain.
  package static func mostBytes(ofPlain content: PayloadContent) -> Int? {
    content.mostPlainBytes(behindZeros: ElectronEnvelope.shortLength)
  }

  private static func write(
    _ envelope: ElectronEnvelope, _ serializer: inout ValueSerializer,
    _ body: (inout ValueSerializer) throws(DataCloneError) -> Void
  ) throws(DataCloneError) -> [UInt8] {
    envelope.write(to: &serializer)
    do {
      try body(&serializer)
    } catch {
      throw refusal(error)
    }
    return serializer.release()
  }

  /// The error with Electron's text.
  private static func refusal(_ error: DataCloneError) -> DataCloneError {
    DataCloneError(error.reason, message: refusal, path: error.path)
  }
}
