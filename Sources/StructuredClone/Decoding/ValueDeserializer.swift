/// Reads values, as V8's `ValueDeserializer` and Node's `v8.Deserializer` do: a header, then one value or
/// several, with raw reads between them where an embedder put something there.
///
/// ```swift
/// var deserializer = ValueDeserializer(bytes)
/// try deserializer.readHeader()
/// let value = try deserializer.readValue()
/// ```
///
/// Reading takes no recursion: nesting is limited by ``CloneLimits/depth`` and never by the stack.
public struct ValueDeserializer: Sendable {
  /// What the numbers, strings and arrays of the result remember of their form.
  public enum Representation: Hashable, Sendable {
    /// As they were written: writing gives the same bytes again.
    case faithful
    /// As the profile's engine would hold them after reading: writing gives what that engine writes back.
    case engine
  }

  /// The engine whose rules apply.
  public let profile: CloneProfile
  /// The limits that apply.
  public let limits: CloneLimits
  // Not `?`, which would set it to `nil` first.
  // swift-format-ignore: UseShorthandTypeNames
  /// Resolves what is outside the payload.
  public var delegate: Optional<any ValueDeserializerDelegate>

  var wire: WireReader
  var version: UInt32 = 0
  /// The input does not begin with a header, so that it is read as version 0.
  var lacksHeader = false
  /// Set for good by the second attempt at a version-13 value.
  var expectsViewFlags = false
  var transfers: [UInt32: Receiver] = [:]

  // Objects by wire id: 0 is none, an even number 2i + 2 is record i of the graph in the making or, below
  // `firstID`, of the graph of the value that was read then; an odd number 2i + 1 is entry i of `embedded`.
  var objects = ReservedArray(filler: UInt32(0))
  var embedded: [Receiver] = []
  var earlierValues: [(firstID: Int, graph: CloneGraph)] = []
  /// The last of them, as long as no other value is read: most often there is none.
  var lastValue: (firstID: Int, graph: CloneGraph)?
  /// The first id of the value that is being read.
  var firstID = 0
  /// Where the value begins that is being read.
  private var valueStart = 0
  /// How many bytes that value has, most likely; `nil` for the first, which is most often all there is.
  private var likelyLength: Int?

  /// Whether the room for what is read is kept for what is read next.
  var keepsRoom = false
  /// Whether there is anything to forget before other bytes are read: not after small payloads.
  private(set) var isUsed = false

  /// How the delegate reads views, if it reads them so: what is usual is read without it then.
  package var hostObjectViews: HostObjectViewLayout?

  /// What was wrong so far, where reading goes on behind a fault.
  var faults: FaultList?

  /// Off where the fast path is compared with the general way.
  package var usesFastPath = true

  // The graph in the making.
  var cells = ReservedArray(filler: Cell.hole)
  var records = ReservedArray(filler: Record.vacant)
  var slots: [CloneGraph.Slot] = []
  /// Where the cells of boxed booleans are, once there are some.
  var trueCell: UInt32?
  var falseCell: UInt32?
  /// The cell of the interface of the last host object.
  var lastInterface: Cell?
  /// Children of containers that are still open; a container's are contiguous.
  var stack = ReservedArray(filler: Cell.undefined)
  var frames = FrameStack()
  /// How many host objects are open.
  var hostObjectDepth = 0
  /// Whether the delegate has refused a host object, which embedders do with an exception of their own.
  var delegateRefused = false
  /// Positions of keys on the stack, for the innermost open container that has many, and for those around it.
  var keyTable = PositionTable.vacant
  var outerKeyTables: [PositionTable] = []
  var keyTableSize = 0
  /// What the fast path compares names with.
  var models = ReservedArray(filler: UInt32(0))
  /// Elements that open arrays have places for and that were not read yet.
  var owedElements = 0
  var sawReference = false
  var sawCauseBeforeStack = false
  var sawStackBeforeCause = false
  // swift-format-ignore: UseShorthandTypeNames
  var engine: Optional<EngineRepresentation>

  /// Makes a reader. The bytes are kept, without a copy, by the values that are read.
  public init(
    _ bytes: [UInt8], profile: CloneProfile = .default, representation: Representation = .faithful,
    limits: CloneLimits = .default, delegate: (any ValueDeserializerDelegate)? = nil
  ) {
    wire = WireReader(bytes, varints: profile.rules.varints)
    engine = representation == .engine ? EngineRepresentation(profile) : nil
    self.profile = profile
    self.limits = limits
    self.delegate = delegate
  }

  /// Makes a reader of a copy of the bytes.
  public init(
    copying bytes: RawSpan, profile: CloneProfile = .default,
    representation: Representation = .faithful, limits: CloneLimits = .default,
    delegate: (any ValueDeserializerDelegate)? = nil
  ) {
    self.init(
      [UInt8](copying: bytes), profile: profile, representation: representation, limits: limits,
      delegate: delegate)
  }

  /// Begins anew with other bytes, as a new reader of the same profile, limits and delegate would.
  ///
  /// The room that reading takes is kept from now on: who reads many messages with one reader asks for memory three
  /// times for each, for what the value itself holds. The room is that of the largest message so far.
  public mutating func reset(_ bytes: [UInt8]) {
    keepsRoom = true
    wire = WireReader(bytes, varints: profile.rules.varints)
    version = 0
    lacksHeader = false
    guard isUsed else { return }
    isUsed = false
    valueStart = 0
    likelyLength = nil
    if !bytes.isEmpty, models.count != FastPath.modelCount(forInputOf: bytes.count) {
      models.removeAll()
    }
    expectsViewFlags = false
    transfers = [:]
    objects.removeAll(keepingCapacity: true)
    embedded = []
    earlierValues = []
    lastValue = nil
    firstID = 0
    sawReference = false
    sawCauseBeforeStack = false
    sawStackBeforeCause = false
    if engine != nil { engine = EngineRepresentation(profile) }
  }

  /// Begins anew with a copy of other bytes.
  public mutating func reset(copying bytes: RawSpan) { reset([UInt8](copying: bytes)) }

  /// The offset of the next byte.
  public var position: Int { wire.position }

  /// The version that the header gave; 0 if there was none or it was not read yet.
  public var wireFormatVersion: UInt32 { version }

  /// Reads the header: `FF` and a version.
  ///
  /// A version below 13, or bytes that begin with something else, are refused or, if the profile
  /// ``CloneProfile/supportsLegacyWireFormat``, read by the rules of that version; without a header it is 0.
  ///
  /// - Throws: ``CloneDecodingError/Reason/unsupportedVersion(_:)`` or
  ///   ``CloneDecodingError/Reason/legacyVersion(_:)``, and `limitExceeded` for an input that is too long.
  public mutating func readHeader() throws(CloneDecodingError) {
    try checkInputSize()
    let start = wire.position
    guard wire.remaining > 0, wire.bytes[start] == WireTag.version else {
      guard profile.supportsLegacyWireFormat else {
        throw CloneDecodingError(.legacyVersion(0), offset: start)
      }
      lacksHeader = true
      return
    }
    wire.position += 1
    let found: UInt32
    do {
      found = try wire.readUInt32()
    } catch {
      throw CloneDecodingError(.unsupportedVersion(0), offset: start, tag: WireTag.version)
    }
    if found > profile.newestVersion {
      throw CloneDecodingError(.unsupportedVersion(found), offset: start, tag: WireTag.version)
    }
    if found < 13, !profile.supportsLegacyWireFormat {
      throw CloneDecodingError(.legacyVersion(found), offset: start, tag: WireTag.version)
    }
    version = found
  }

  /// Makes sure that the input is not too long: offsets in it have 32 bits from here on.
  private func checkInputSize() throws(CloneDecodingError) {
    guard wire.bytes.count <= limits.inputSize else {
      throw CloneDecodingError(
        .limitExceeded("inputSize", limits.inputSize), offset: max(0, limits.inputSize))
    }
  }

  /// Registers the buffer that a transfer id stands for, before the value is read that mentions it.
  public mutating func transferArrayBuffer(_ id: UInt32, _ buffer: CloneArrayBuffer) {
    isUsed = true
    transfers[id] = buffer.receiver
  }

  /// Registers a shared buffer under a transfer id.
  public mutating func transferArrayBuffer(_ id: UInt32, _ buffer: CloneSharedArrayBuffer) {
    isUsed = true
    transfers[id] = buffer.receiver
  }

  /// Reads a varint of 32 bits.
  public mutating func readUInt32() throws(CloneDecodingError) -> UInt32 { try wire.readUInt32() }

  /// Reads a varint of 64 bits.
  public mutating func readUInt64() throws(CloneDecodingError) -> UInt64 {
    try wire.readVarint(width: 64)
  }

  /// Reads eight bytes as a double.
  public mutating func readDouble() throws(CloneDecodingError) -> Double { try wire.readDouble() }

  /// Reads raw bytes.
  public mutating func readRawBytes(_ count: Int) throws(CloneDecodingError) -> ArraySlice<UInt8> {
    let start = try wire.skip(UInt64(max(0, count)), from: wire.position)
    return wire.bytes[start..<wire.position]
  }

  /// Reads a value. Several can follow one header; objects they share are the same objects.
  ///
  /// Bytes behind the value are left; they are no error. But in version 0, which has no header, the whole
  /// rest of the input is one value. A version-13 value that fails is read a second
  /// time with view flags expected, as V8 does for data that some Chrome releases wrote.
  ///
  /// - Throws: why and where the bytes are no value.
  public mutating func readValue() throws(CloneDecodingError) -> CloneValue {
    try readRoot().value
  }

  /// Reads a value, with what its bytes hold beyond it.
  mutating func readRoot() throws(CloneDecodingError) -> (
    value: CloneValue, cell: Cell, format: CloneFormat
  ) {
    // The header may not have been asked for.
    try checkInputSize()
    let start = wire.position
    firstID = objects.count
    if let lastValue {
      earlierValues.append(lastValue)
      self.lastValue = nil
      // Values behind one header are most often alike. What is read of many small ones takes room for a small one.
      likelyLength = 2 * (start - valueStart)
      valueStart = start
    }
    switch readSmallPayload() {
    case .complete(let value, let cell, let format):
      // Nothing follows that could refer to it.
      wire.position = wire.bytes.count
      return (value, cell, format)
    case .unfinished(let pending): return try readRoot(from: start, pending: pending)
    case .untouched: return try readRoot(from: start, pending: nil)
    }
  }

  /// How many bytes are left of the value that is being read, most likely.
  var likelyRest: Int {
    guard let likelyLength else { return wire.remaining }
    return min(wire.remaining, max(0, valueStart + likelyLength - wire.position))
  }

  /// How many times as long the value is, most likely, as what was read of it.
  var progress: Double {
    let read = wire.position - valueStart
    return Double(read + likelyRest) / Double(max(1, read))
  }

  /// Reads a value to its end.
  ///
  /// - Parameters:
  ///   - start: where it begins.
  ///   - pending: a value in it that is complete and was not delivered yet.
  mutating func readRoot(
    from start: Int, pending: Cell?
  ) throws(CloneDecodingError) -> (value: CloneValue, cell: Cell, format: CloneFormat) {
    isUsed = true
    delegateRefused = false
    let root: Cell
    do {
      root = try version == 0 ? readStackMachine() : readGraph(from: pending)
    } catch {
      guard version == 13, profile.rules.retriesVersion13, !expectsViewFlags,
        !leavesException(error)
      else {
        discardOpenFrames()
        throw lacksHeader ? error.inInputWithoutHeader() : error
      }
      let height = stack.count
      closeOpenFrames()
      reserveForSecondAttempt(stack: height)
      expectsViewFlags = true
      wire.position = start
      do {
        root = try readGraph()
      } catch {
        discardOpenFrames()
        throw error
      }
    }
    return finish(root)
  }

  /// Whether V8 would have an exception pending, so that it does not try again.
  private func leavesException(_ error: CloneDecodingError) -> Bool {
    if delegateRefused { return true }
    return switch error.reason {
    case .limitExceeded: true
    case .hostObject: true
    case .invalidRegExpSyntax: true
    case .unresolved:
      switch error.tag {
      case WireTag.hostObject: profile.rules.embedder != .deno
      case WireTag.sharedArrayBuffer, WireTag.wasmModule: true
      default: false
      }
    default: false
    }
  }

  /// Freezes what was read into a graph.
  mutating func finish(
    _ root: Cell
  ) -> (value: CloneValue, cell: Cell, format: CloneFormat) {
    // References of a version-13 value that took two attempts mean what they mean only after the first.
    let isRenumbered = version == 13 && expectsViewFlags && sawReference
    // Nobody writes legacy versions any more; 13 is laid out most like them.
    let format = CloneFormat(
      version: isRenumbered ? 14 : max(13, version),
      stackBeforeCause: sawStackBeforeCause
        || (!sawCauseBeforeStack && profile.format.stackBeforeCause),
      viewFlags: version >= 14 || expectsViewFlags)
    let graph = CloneGraph(
      input: wire.bytes, cells: cells.handOut(keepingCapacity: keepsRoom),
      records: RecordList(records.handOut(keepingCapacity: keepsRoom)), slots: slots,
      origin: format, mayShare: sawReference,
      readCount: UInt32(clamping: wire.position - valueStart))
    lastValue = (firstID, graph)
    forgetGraph()
    return (graph.value(of: root), root, format)
  }
}
