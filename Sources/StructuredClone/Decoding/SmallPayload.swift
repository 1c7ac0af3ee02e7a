/// Reads small payloads with what reading takes on the stack, so that memory is asked for three times, for what the value
/// holds. Arrays of the reader's own took longer than a message of 200 bytes (Documentation/Performance.md).
///
/// It is the loop of ``FastPath`` with other room. Where that ends before the value does, the reader goes on from there.
enum SmallPayload {
  /// Longer ones find no room, most often, and another loop takes over; those that do hold a long string or buffer.
  private static let longest = 16 << 20

  // A kibibyte at most for each, which is on the stack for certain.
  private static let cellRoom = 128
  private static let recordRoom = 64
  private static let frameRoom = 40
  private static let modelCount = 8
  /// Shorter ones hold too few objects for one to be a model of another.
  private static let leastWithModels = 256

  /// The cell of the interface of host objects.
  static let firstSlot = Cell.slot(0)

  /// The slots of a graph in which host objects have the interface.
  static func slots(for views: HostObjectViewLayout?) -> [CloneGraph.Slot] {
    views.map { [.string($0.interface)] } ?? []
  }

  /// What comes of reading.
  enum Outcome<Rest> {
    case complete(CloneValue, cell: Cell, format: CloneFormat)
    /// Another loop has taken over.
    case unfinished(Rest)
    /// Nothing was read: the payload is not small, or begins with something unusual.
    case untouched
  }

  /// The header of a payload that is read whole: a tag and a version of one byte.
  static let headerLength = 2

  /// Reads a value that takes all bytes from an offset on, in version 13 or later.
  ///
  /// - Parameters:
  ///   - rules: those of a profile and limits, made before so that nothing is retained for them.
  ///   - takeOver: goes on with what was read of any other value, and first delivers a value that is complete if there is one.
  @inline(__always)
  static func read<Rest>(
    _ bytes: [UInt8], from start: Int, rules: Rules, hostObjectViews: HostObjectViewLayout?,
    takeOver: (borrowing FastPath, Cell?) -> Rest
  ) -> Outcome<Rest> {
    guard bytes.count <= longest, start < bytes.count, FastPath.reads(tag: bytes[start]),
      !rules.limitsMemory
    else { return .untouched }
    // No pointer leaves its closure, and an input that is not empty has an address.
    return unsafe bytes.withUnsafeBytes { input in
      FastPath.Room<Cell>.withTemporary(cellRoom) { stack in
        FastPath.Room<Cell>.withTemporary(cellRoom) { cells in
          FastPath.Room<Record>.withTemporary(recordRoom) { records in
            FastPath.Room<UInt32>.withTemporary(recordRoom) { objects in
              FastPath.Room<FastPath.Frame>.withTemporary(frameRoom) { frames in
                FastPath.Room<UInt32>.withTemporary(modelCount) { models -> Outcome<Rest> in
                  let base = unsafe input.baseAddress.unsafelyUnwrapped
                  if input.count >= leastWithModels { for _ in 0..<modelCount { models.push(0) } }
                  var path = FastPath(
                    input: unsafe WireInput(base, end: input.count), position: start,
                    rules: rules.loop, frames: frames, hasOuterFrames: false, stack: stack,
                    cells: cells, records: records, objects: objects, models: models,
                    keyTable: .vacant, owedElements: 0)
                  let exit = path.run()
                  guard case .value(let value) = exit else {
                    return .unfinished(takeOver(path, nil))
                  }
                  guard path.frames.isEmpty, path.position == input.count else {
                    return .unfinished(takeOver(path, value))
                  }
                  let format = CloneFormat(
                    version: rules.version,
                    stackBeforeCause: path.sawStackBeforeCause
                      || (!path.sawCauseBeforeStack && rules.writesStackFirst),
                    viewFlags: rules.loop.readsViewFlags)
                  let graph = CloneGraph(
                    input: bytes, cells: path.cells.copy(),
                    records: RecordList(copying: path.records),
                    slots: path.usesInterface ? slots(for: hostObjectViews) : [], origin: format,
                    mayShare: path.sawReference)
                  // A container, as its tag says.
                  let receiver = Receiver(graph: graph, index: value.payload)
                  return .complete(receiver.intoValue(), cell: value, format: format)
                }
              }
            }
          }
        }
      }
    }
  }

  /// What a profile, limits and the version say of a payload that is read here.
  struct Rules {
    let version: UInt32
    let loop: FastPath.Rules
    /// Whether an error is written with its stack first if its sections do not tell.
    let writesStackFirst: Bool
    let limitsMemory: Bool

    @inline(__always)
    init(
      version: UInt32, profile: borrowing CloneProfile, limits: CloneLimits,
      hostObjectViews: HostObjectViewLayout?
    ) {
      self.version = version
      loop = FastPath.Rules(
        profile, limits, readsViewFlags: version >= 14, hostObjectViews: hostObjectViews?.numbers,
        hostObjectInterface: firstSlot)
      writesStackFirst = profile.format.stackBeforeCause
      limitsMemory = limits.memory != .max
    }

    /// Those for a payload with a header, if that is one of those that are read here.
    @inline(__always)
    init?(
      of bytes: [UInt8], headerAt start: Int = 0, profile: borrowing CloneProfile,
      limits: CloneLimits, hostObjectViews: HostObjectViewLayout?
    ) {
      guard bytes.count - start > headerLength, bytes.count <= limits.inputSize,
        bytes[start] == WireTag.version, bytes[start + 1] >= 13, bytes[start + 1] < 0x80,
        bytes[start + 1] <= profile.newestVersion
      else { return nil }
      self.init(
        version: UInt32(bytes[start + 1]), profile: profile, limits: limits,
        hostObjectViews: hostObjectViews)
    }
  }
}
