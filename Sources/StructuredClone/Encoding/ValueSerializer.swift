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
  public var profile: CloneProfile { settings.profile }
  /// The layout that is written; the profile's own unless another was asked for.
  public var format: CloneFormat { settings.format }
  /// The limits that apply.
  public let limits: CloneLimits
  /// Gives names to what is outside the payload.
  public var delegate: (any ValueSerializerDelegate)?

  /// Whether views are written as host objects, by the delegate and without their buffers: V8's
  /// `SetTreatArrayBufferViewsAsHostObjects`, which Node's `DefaultSerializer` sets.
  public var treatsArrayBufferViewsAsHostObjects = false

  /// How the delegate writes views as host objects, if it writes them so: what is usual is written without it then.
  package var hostObjectViews: HostObjectViewLayout?

  let settings: WritingSettings

  /// Whether facts that only the bytes show are written as they were read.
  var isFaithful: Bool { settings.isFaithful }

  var output: [UInt8] = []
  /// Where the payload begins in `output`: not at 0 in a buffer of the caller's.
  var payloadStart = 0

  /// The wire ids of all receivers that were written. Identity lasts as long as the serializer.
  var ids = WrittenIDs()
  var nextID: UInt32 = 0
  /// How many containers are open that were not made: ``PayloadContent``.
  var outerDepth = 0
  /// Transfer ids of buffers.
  var transfers: [CloneIdentity: UInt32] = [:]

  /// Makes a writer.
  ///
  /// - Parameter format: a layout to write instead of the profile's own, with everything that a decoded
  ///   value remembers of its bytes: how ``CloneValue/encoded(profile:)`` writes a payload back.
  public init(
    profile: CloneProfile = .default, format: CloneFormat? = nil, limits: CloneLimits = .default,
    delegate: (any ValueSerializerDelegate)? = nil
  ) {
    self.init(
      WritingSettings(profile: profile, format: format), limits: limits, delegate: delegate)
  }

  init(
    _ settings: WritingSettings, limits: CloneLimits, delegate: (any ValueSerializerDelegate)?
  ) {
    self.settings = settings
    self.limits = limits
    self.delegate = delegate
  }

  /// The most bytes that ``writeHeader()`` writes.
  static let longestHeader = 6

  /// The number of bytes written so far.
  public var count: Int { output.count }

  /// Writes `FF` and the version.
  public mutating func writeHeader() {
    output.append(WireTag.version)
    Varint.append(
      UInt64(headerVersion(isAtStart: output.count == payloadStart + 1)), to: &output)
  }

  /// The version of a header, which some engines change where it is not at the beginning.
  private func headerVersion(isAtStart: Bool) -> UInt32 {
    let behindPrefix = isFaithful ? nil : profile.rules.versionBehindPrefix
    return isAtStart ? format.version : behindPrefix ?? format.version
  }

  /// Writes a varint of 32 bits.
  public mutating func writeUInt32(_ value: UInt32) { Varint.append(UInt64(value), to: &output) }

  /// Writes a varint of 64 bits.
  public mutating func writeUInt64(_ value: UInt64) { Varint.append(value, to: &output) }

  /// Writes a double in eight bytes.
  public mutating func writeDouble(_ value: Double) { output.append(double: value) }

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
    var bytes: [UInt8] = []
    swap(&bytes, &output)
    // Room that was not needed is not handed out.
    if bytes.capacity > 2 * bytes.count + 512 { return Array(bytes[...]) }
    return bytes
  }

  /// Writes a value. Objects that were written before become references.
  ///
  /// - Throws: what cannot be written, with V8's text and the path to it.
  public mutating func writeValue(_ value: CloneValue) throws(DataCloneError) {
    try write(value, isOnly: false)
  }

  /// The bytes of a value in the midst of a payload that somebody else writes. Objects that were written before become
  /// references.
  ///
  /// - Parameters:
  ///   - offset: how many bytes of the payload are before it.
  ///   - id: the number of the next object, which grows by those of the value.
  /// - Throws: what cannot be written, with the path to it from the value on.
  package mutating func fragment(
    of value: CloneValue, at offset: Int, nextID id: inout UInt32
  ) throws(DataCloneError) -> [UInt8] {
    nextID = id
    payloadStart = -offset
    defer { id = nextID }
    try write(value, isOnly: false)
    return release()
  }

  /// The bytes of a payload: zeros that somebody else is going to set, a header and the only content that is ever written.
  ///
  /// What is probably small is written on the stack, so that memory is asked for once, and for no more than is needed.
  ///
  /// - Throws: what cannot be written, and the path to it.
  package mutating func payload(
    of content: PayloadContent, behindZeros zeroCount: Int = 0
  ) throws(DataCloneError) -> [UInt8] {
    let estimate = zeroCount + ValueSerializer.longestHeader + content.estimatedSize
    guard estimate <= WireWriter.smallRoom else {
      output.reserveCapacity(estimate)
      output.append(contentsOf: repeatElement(0, count: zeroCount))
      writeHeader()
      try write(content, isOnly: true)
      return release()
    }
    let version = headerVersion(isAtStart: zeroCount == 0)
    var failure: DataCloneError?
    // No pointer leaves its closure.
    let bytes = unsafe withUnsafeTemporaryAllocation(
      of: WritingWalk.Frame.self, capacity: AddressStack<WritingWalk.Frame>.firstCapacity
    ) { frames in
      WireWriter.smallPayload { writer in
        var writer = writer
        writer.append(headerOf: version, behindZeros: zeroCount)
        let walk = fill(
          writer, frames: unsafe AddressStack(in: frames), with: content, isOnly: true, &failure)
        return walk.end()
      }
    }
    if let failure { throw failure }
    return bytes
  }

  /// The bytes of a payload with a value.
  ///
  /// - Throws: what cannot be written, and the path to it.
  package mutating func payload(
    of value: CloneValue, behindZeros zeroCount: Int = 0
  ) throws(DataCloneError) -> [UInt8] {
    try payload(of: .value(value), behindZeros: zeroCount)
  }

  /// Writes a value behind what was written.
  ///
  /// - Parameter isOnly: whether nothing else is ever written: if nothing in the value is shared either, nobody
  ///   asks for ids.
  mutating func write(_ value: CloneValue, isOnly: Bool) throws(DataCloneError) {
    try write(.value(value), isOnly: isOnly)
  }

  private mutating func write(
    _ content: PayloadContent, isOnly: Bool
  ) throws(DataCloneError) {
    var bytes: [UInt8] = []
    swap(&bytes, &output)
    defer { swap(&bytes, &output) }
    let offset = bytes.count - payloadStart
    let room = max(content.estimatedSize, bytes.capacity - bytes.count)
    var failure: DataCloneError?
    var walk: WritingWalk?
    bytes.append(addingCapacity: room) { span in
      unsafe span.withUnsafeMutableBufferPointer { block, count in
        // The walk fills the block while it is lent, and what is behind it is its own.
        var current = fill(
          unsafe WireWriter(filling: UnsafeMutableRawBufferPointer(block), at: offset),
          with: content, isOnly: isOnly, &failure)
        count = current.writer.finish()
        walk = consume current
      }
    }
    walk?.writer.appendLaterPieces(to: &bytes)
    if let failure { throw failure }
  }

  /// Writes content to a writer's block, and what that has no room for to memory of the writer's own.
  private mutating func fill(
    _ writer: consuming WireWriter,
    frames: consuming AddressStack<WritingWalk.Frame> = AddressStack(),
    with content: PayloadContent, isOnly: Bool, _ failure: inout DataCloneError?
  ) -> WritingWalk {
    var walk = WritingWalk(
      writer, frames: frames, tracksIdentity: !isOnly || content.mayShare)
    do throws(DataCloneError) {
      try write(content, &walk)
    } catch {
      failure = error
    }
    return walk
  }

  /// Writes a header and a value to a block of the caller's; answers how many bytes that takes. Where they are more than
  /// there is room for, nothing of the block counts.
  mutating func writePayload(
    _ value: CloneValue, to block: UnsafeMutableRawBufferPointer
  ) throws(DataCloneError) -> Int {
    writeHeader()
    let header = output
    let room = unsafe UnsafeMutableRawBufferPointer(
      rebasing: block[min(header.count, block.count)...])
    var failure: DataCloneError?
    var walk = fill(
      unsafe WireWriter(filling: room, at: header.count), with: .value(value), isOnly: true,
      &failure)
    if let failure { throw failure }
    let end = header.count + walk.writer.finish()
    let count = end + walk.writer.laterCount
    if count <= block.count {
      unsafe block.copyBytes(from: header)
      unsafe walk.writer.copyLaterPieces(
        to: UnsafeMutableRawBufferPointer(rebasing: block[end...]))
    }
    return count
  }

  /// How many bytes a value would take behind what was written.
  mutating func measure(_ value: CloneValue, isOnly: Bool) throws(DataCloneError) -> Int {
    let offset = output.count - payloadStart
    var walk = WritingWalk(
      WireWriter(countingFrom: offset), tracksIdentity: !isOnly || value.hasSharedReferences)
    try write(value, &walk)
    return walk.writer.offset - offset
  }

  /// Writes content, with the containers that are not made.
  private mutating func write(
    _ content: PayloadContent, _ walk: inout WritingWalk
  ) throws(DataCloneError) {
    switch content {
    case .value(let value): try write(value, &walk)
    case .elements(let elements):
      walk.writer.append(WireTag.beginDenseArray)
      walk.writer.append(varint: UInt64(elements.count))
      try enterContainer(&walk)
      for (index, element) in elements.enumerated() {
        try write(element, behind: .element(index), &walk)
      }
      walk.writer.append(WireTag.endDenseArray)
      // No named properties.
      walk.writer.append(varint: 0)
      walk.writer.append(varint: UInt64(elements.count))
    case .property(let name, let value):
      walk.writer.append(WireTag.beginObject)
      try enterContainer(&walk)
      walk.writer.append(name)
      try write(value, behind: .property(ClonePropertyKey(name)), &walk)
      walk.writer.append(WireTag.endObject)
      walk.writer.append(varint: 1)
    }
  }

  /// Counts a container that is not made.
  private mutating func enterContainer(_ walk: inout WritingWalk) throws(DataCloneError) {
    nextID += 1
    outerDepth = 1
    if limits.depth < outerDepth { throw tooDeep(walk) }
  }

  private mutating func write(
    _ value: CloneValue, behind step: @autoclosure () -> ClonePath.Step,
    _ walk: inout WritingWalk
  ) throws(DataCloneError) {
    do throws(DataCloneError) {
      try write(value, &walk)
    } catch {
      var error = error
      error.path = error.path.behind(step())
      throw error
    }
  }

  private mutating func write(
    _ value: CloneValue, _ walk: inout WritingWalk
  ) throws(DataCloneError) {
    switch value {
    case .number(let number): writeNumber(.number(number), &walk.writer)
    case .string(let string): walk.writer.append(string)
    case .bigint(let integer): try writeBigInt(integer, tag: WireTag.bigint, &walk)
    case .boolean(let value): walk.writer.append(value ? WireTag.true : WireTag.false)
    case .null: walk.writer.append(WireTag.null)
    case .undefined: walk.writer.append(WireTag.undefined)
    default:
      guard let receiver = value.receiver else { return }
      try write(receiver, &walk)
    }
  }

  /// About how many bytes a value takes, in constant time: where that is too few, the rest is moved once. Nothing
  /// that is not in proportion to the value is promised, as the room is taken before anything is written.
  static func estimatedSize(of value: CloneValue) -> Int {
    guard let receiver = value.receiver else { return value.mostPlainBytes ?? 16 }
    let graph = receiver.graph
    let record = receiver.record
    var size = 256
    switch record.kind {
    case .date: break
    case .arrayBuffer: size += Int(record.count)
    case .arrayBufferView:
      if let buffer = graph.receiver(of: receiver.cell(0)), buffer.kind == .arrayBuffer {
        size += Int(buffer.record.count)
      }
    case _ where graph.isEditable: size += 9 * record.cellCount
    // The value that a graph was read as. Its input may hold much else, but not be less than its cells.
    case _ where receiver.index == 0:
      let most =
        graph.readCount > 0
        ? Int(graph.readCount) : min(graph.input.count, 0x1_0000 + 16 * graph.cells.count)
      size = most + longestHeader + WritingRoom.forTurn
    default: size += 9 * Int(record.count)
    }
    return size
  }
}
