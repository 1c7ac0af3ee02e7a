/// A payload: a value, and how the bytes it was read from were laid out.
///
/// The bytes of a number or of `null` can hold more than the value does, such as the version in the
/// header. A payload keeps it, so that every payload that a real engine wrote is written back byte for
/// byte:
///
/// ```swift
/// let payload = try ClonePayload(decoding: bytes)
/// let same = try payload.encoded()
/// ```
public struct ClonePayload: Sendable {
  /// The value.
  public var value: CloneValue

  /// The layout that is written. Versions below 13, which V8 itself does not write any more, are written
  /// as 13.
  public var format: CloneFormat

  /// The version that was read; 0 also if there was no header.
  public let wireFormatVersion: UInt32

  /// How many bytes were read, with those that an embedder put in front; what follows them is not part of the payload.
  public let byteCount: Int

  /// A root number that travelled as a double: its eight bytes. They count as long as the value is that
  /// number, and tell `42` written as a double from `42` written as an integer, and one NaN from another.
  let rootDouble: ArraySlice<UInt8>?

  /// Makes a payload that was read from no bytes.
  ///
  /// - Parameter rootDouble: if the value is a number that travels as a double, its bytes.
  package init(_ value: CloneValue, format: CloneFormat, rootDouble: [UInt8]?) {
    self.value = value
    self.format = format
    wireFormatVersion = format.version
    byteCount = 0
    self.rootDouble = rootDouble?[...]
  }

  /// Reads a header and a value.
  ///
  /// - Parameters:
  ///   - bytes: kept by the value, without a copy; ``CloneValue/detached()`` lets go of them.
  ///   - profile: the engine to be as strict as; by default every layout is read.
  /// - Throws: why and where the bytes are no payload.
  public init(
    decoding bytes: [UInt8], profile: CloneProfile = .default,
    representation: ValueDeserializer.Representation = .faithful, limits: CloneLimits = .default,
    delegate: (any ValueDeserializerDelegate)? = nil
  ) throws(CloneDecodingError) {
    var deserializer = ValueDeserializer(
      bytes, profile: profile, representation: representation, limits: limits, delegate: delegate)
    try deserializer.readHeader()
    try self.init(behindHeaderOf: &deserializer, representation: representation)
  }

  /// Reads a value with a reader that has read the header, and what an embedder put before that.
  package init(
    behindHeaderOf deserializer: inout ValueDeserializer,
    representation: ValueDeserializer.Representation
  ) throws(CloneDecodingError) {
    let read = try deserializer.readRoot()
    let bytes = deserializer.wire.bytes
    value = read.value
    format = read.format
    wireFormatVersion = deserializer.wireFormatVersion
    byteCount = deserializer.position
    // A large integer is held as a double, too, and padding may follow in version 0: the tag tells.
    let travelledAsDouble =
      (read.cell.isDouble || read.cell.tag == .nan) && byteCount >= 9
      && bytes[byteCount - 9] == WireTag.double
    rootDouble =
      travelledAsDouble && representation == .faithful
      ? bytes[(byteCount - 8)..<byteCount] : nil
  }

  /// The bytes of the value in the payload's layout.
  ///
  /// - Throws: what cannot be written, and the path to it.
  public func encoded(
    limits: CloneLimits = .default, delegate: (any ValueSerializerDelegate)? = nil
  ) throws(DataCloneError) -> [UInt8] {
    try encoded(limits: limits, delegate: delegate, treatsArrayBufferViewsAsHostObjects: false)
  }

  /// The bytes of the value in the payload's layout, with views as host objects where an embedder writes them so.
  package func encoded(
    limits: CloneLimits, delegate: (any ValueSerializerDelegate)?,
    treatsArrayBufferViewsAsHostObjects: Bool
  ) throws(DataCloneError) -> [UInt8] {
    var serializer = ValueSerializer(
      WritingSettings(profile: .default, format: format), limits: limits, delegate: delegate)
    serializer.treatsArrayBufferViewsAsHostObjects = treatsArrayBufferViewsAsHostObjects
    try write(to: &serializer)
    return serializer.release()
  }

  /// Writes header and value behind what an embedder put in front, to a writer of the payload's ``format``.
  package func write(to serializer: inout ValueSerializer) throws(DataCloneError) {
    serializer.writeHeader()
    if let rootDouble, case .number(let number) = value, isNumber(number, writtenAs: rootDouble) {
      serializer.writeRawBytes([WireTag.double])
      serializer.writeRawBytes(rootDouble)
    } else {
      try serializer.write(value, isOnly: true)
    }
  }

  func isNumber(_ number: Double, writtenAs bytes: ArraySlice<UInt8>) -> Bool {
    var bits: UInt64 = 0
    for byte in bytes.reversed() { bits = bits << 8 | UInt64(byte) }
    return Cell.double(number) == Cell.double(Double(bitPattern: bits))
  }
}

extension CloneValue {
  /// Reads a value from a payload with a header.
  ///
  /// - Parameters:
  ///   - bytes: the payload. Bytes behind the value are ignored.
  ///   - profile: the engine to be as strict as; by default every layout of versions 0 to 16 is read.
  ///   - retainingInput: whether the value keeps the bytes, which saves copying strings and buffers. A small
  ///     part of a large payload that is kept for long should not.
  /// - Throws: why and where the bytes are no payload.
  public init(
    decoding bytes: borrowing [UInt8], profile: borrowing CloneProfile = .default,
    limits: CloneLimits = .default, retainingInput: Bool = true,
    delegate: borrowing (any ValueDeserializerDelegate)? = nil
  ) throws(CloneDecodingError) {
    // Borrowed, as what is given to an initializer is retained and released else.
    self = try ValueDeserializer.readPayload(
      bytes, profile: profile, limits: limits, delegate: delegate)
    if !retainingInput { self = detached() }
  }

  /// Reads a value from borrowed bytes with a header: those of a `Data`, a SwiftNIO `ByteBuffer`, a mapped file or
  /// anything else that lends its bytes as a span.
  ///
  /// They are copied once, in one piece: what was checked must not change afterwards.
  ///
  /// - Throws: why and where the bytes are no payload.
  public init(
    copying bytes: RawSpan, profile: CloneProfile = .default, limits: CloneLimits = .default,
    delegate: (any ValueDeserializerDelegate)? = nil
  ) throws(CloneDecodingError) {
    try self.init(
      decoding: [UInt8](copying: bytes), profile: profile, limits: limits, delegate: delegate)
  }
}
