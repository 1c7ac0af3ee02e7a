import StructuredClone

extension BlinkHostObject {
  /// An `OffscreenCanvas` that was transferred: the size, and where in the browser its picture goes.
  public struct OffscreenCanvas: Hashable, Sendable {
    /// Width in pixels.
    public var width: UInt32
    /// Height in pixels.
    public var height: UInt32
    /// The canvas element that shows it. Blink writes 64 bits and reads 32.
    public var canvasID: UInt64
    /// The first half of the id of its frame sink.
    public var clientID: UInt32
    /// The second half.
    public var sinkID: UInt32
    /// How it is scaled: 0 without a filter, anything else with one of low quality.
    public var filterQuality: UInt32

    /// Makes a canvas.
    public init(
      width: UInt32, height: UInt32, canvasID: UInt64, clientID: UInt32, sinkID: UInt32,
      filterQuality: UInt32
    ) {
      self.width = width
      self.height = height
      self.canvasID = canvasID
      self.clientID = clientID
      self.sinkID = sinkID
      self.filterQuality = filterQuality
    }

    init(from reader: inout PayloadReader) throws(CloneDecodingError) {
      width = try reader.readUInt32()
      height = try reader.readUInt32()
      canvasID = UInt64(try reader.readUInt32())
      clientID = try reader.readUInt32()
      sinkID = try reader.readUInt32()
      filterQuality = try reader.readUInt32()
    }

    func write(to writer: inout PayloadWriter) {
      writer.writeUInt32(width)
      writer.writeUInt32(height)
      writer.writeUInt64(canvasID)
      writer.writeUInt32(clientID)
      writer.writeUInt32(sinkID)
      writer.writeUInt32(filterQuality)
    }
  }
}
