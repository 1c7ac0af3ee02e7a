/// Writes values, as V8's `ValueSerializer` and Node's `v8.Serializer` do: a header, then one value or
/// several, with raw writes between them where an embedder wants something there.
///
/// ```swift
/// var serializer = ValueSerializer()
/// serializer.writeHeader()
/// try serializer.writeValue(["answer": 42])
/// let bytes = serializer.release()
/// ```
///
/// After an error the bytes that were already produced stay, as in V8.
public struct ValueSerializer: Sendable {
  /// The engine whose bytes are written.
  public let profile: CloneProfile
  /// The layout that is written; the profile's own unless another was asked for.
  public let format: CloneFormat
  /// The limits that apply.
  public let limits: CloneLimits
  /// Gives names to what is outside the payload.
  public var delegate: (any ValueSerializerDelegate)?

  /// Whether facts that only the bytes show are written as they were read.
  let isFaithful: Bool

  var output: [UInt8] = []
  var frames: [Frame] = []

  /// The wire ids of all receivers that were written. Identity lasts as long as the serializer.
  var ids = ReceiverTable()
  var nextID: UInt32 = 0
  /// Transfer ids of buffers.
  var transfers: [CloneIdentity: UInt32] = [:]

  /// A container that is being written. Frames are small: a level takes as little as two bytes of a payload.
  struct Frame: Sendable {
    /// The graph by its ordinal among those of the ids.
    let graph: UInt32
    let record: UInt32
    /// Next item: an entry or an element by its number, or a position in `order`, or the number of a step.
    var next: UInt32
    let end: UInt32
    /// The numbers of the entries, if they are not simply written one behind the other.
    let order: [UInt32]?
    /// Entries written so far.
    var written: UInt32 = 0
    /// The key of the current item was written.
    var hasKey = false
    /// An array's named properties are being written: the number of the step before.
    var isInProperties = false
  }

  /// Makes a writer.
  ///
  /// - Parameter format: a layout to write instead of the profile's own, with everything that a decoded
  ///   value remembers of its bytes: how ``CloneValue/encoded(profile:)`` writes a payload back.
  public init(
    profile: CloneProfile = .default, format: CloneFormat? = nil, limits: CloneLimits = .default,
    delegate: (any ValueSerializerDelegate)? = nil
  ) {
    self.profile = profile
    self.format = format ?? profile.format
    self.limits = limits
    self.delegate = delegate
    isFaithful = format != nil
  }

  /// The number of bytes written so far.
  public var count: Int { output.count }

  /// Writes `FF` and the version.
  public mutating func writeHeader() {
    let isAtStart = output.isEmpty
    output.append(WireTag.version)
    let behindPrefix = isFaithful ? nil : profile.versionBehindPrefix
    let version = isAtStart ? format.version : behindPrefix ?? format.version
    Varint.append(UInt64(version), to: &output)
  }

  /// Writes a varint of 32 bits.
  public mutating func writeUInt32(_ value: UInt32) { Varint.append(UInt64(value), to: &output) }

  /// Writes a varint of 64 bits.
  public mutating func writeUInt64(_ value: UInt64) { Varint.append(value, to: &output) }

  /// Writes a double in eight bytes.
  public mutating func writeDouble(_ value: Double) { WireWriter.append(value, to: &output) }

  /// Writes raw bytes.
  public mutating func writeRawBytes(_ bytes: some Sequence<UInt8>) {
    output.append(contentsOf: bytes)
  }

  /// Writes a buffer as a transfer id from now on. The buffer itself is not changed.
  public mutating func transferArrayBuffer(_ id: UInt32, _ buffer: CloneArrayBuffer) {
    transfers[CloneIdentity(receiver: buffer.receiver)] = id
  }

  /// Hands the bytes out and starts with none. Identity goes on: an object that was written is a reference
  /// from now on, as in V8.
  public mutating func release() -> [UInt8] {
    let bytes = output
    output = []
    return bytes
  }

  /// Writes a value. Objects that were written before become references.
  ///
  /// - Throws: what cannot be written, with V8's text and the path to it.
  public mutating func writeValue(_ value: CloneValue) throws(DataCloneError) {
    do {
      switch value {
      case .undefined, .null, .boolean, .number, .bigint, .string: try write(primitive: value)
      default:
        guard let receiver = value.receiver else { return }
        try begin(receiver)
        while !frames.isEmpty { try step() }
      }
    } catch {
      frames = []
      throw error
    }
  }

  private mutating func write(primitive value: CloneValue) throws(DataCloneError) {
    switch value {
    case .number(let number): writeNumber(.number(number))
    case .string(let string): WireWriter.append(string, to: &output)
    case .bigint(let integer): try writeBigInt(integer, tag: WireTag.bigint)
    case .boolean(let value): output.append(value ? WireTag.true : WireTag.false)
    case .null: output.append(WireTag.null)
    default: output.append(WireTag.undefined)
    }
  }
}
