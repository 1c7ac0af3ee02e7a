/// What a writing loop holds while it runs.
struct WritingWalk: ~Copyable {
  var writer: WireWriter
  /// The containers that are being written, the innermost last.
  var frames: AddressStack<Frame>
  /// How many frames stand for the named properties of an array, whose own frame is before them.
  var propertyFrames = 0
  /// The cells of entries of ordered frames, in the order in which they are written.
  var orders: [[UInt32]] = []
  /// Whether ids are noted: not for a single value that shares nothing.
  let tracksIdentity: Bool

  /// How many graphs were mentioned by others.
  var mentionedCount = 0
  /// How many levels may be open for literals to be written where they stand; none if they may not.
  var literalDepth = 0

  init(
    _ writer: consuming WireWriter, frames: consuming AddressStack<Frame> = AddressStack(),
    tracksIdentity: Bool
  ) {
    self.writer = writer
    self.frames = frames
    self.tracksIdentity = tracksIdentity
  }

  /// Hands the writer back.
  consuming func end() -> WireWriter { writer }

  /// How a container goes on when its run of cells is written.
  enum Form: UInt8 {
    /// It ends.
    case object, map, set, array
    /// More runs of cells, or an end of another kind.
    case orderedEntries, properties, holeyArray, otherArray, arrayEnd, error, payload
  }

  /// A container that is being written. Frames are small: a level takes as little as two bytes of a payload.
  @safe struct Frame: BitwiseCopyable {
    /// Kept by the value that is written.
    let graph: Unmanaged<CloneGraph>
    let record: UInt32
    /// The next cell of the run that is being written, and where the run ends.
    var position: UInt32
    var end: UInt32
    /// The number of the next entry, element or section.
    var next: UInt32 = 0
    /// Entries and elements: of a plain form all of them, else those written so far.
    var written: UInt32
    var form: Form
    /// Properties: whether they are ordered.
    var isOrdered = false

    /// Its receiver, as long as the loop runs.
    var receiver: Receiver {
      unsafe Receiver(graph: graph.takeUnretainedValue(), index: record)
    }
  }
}
