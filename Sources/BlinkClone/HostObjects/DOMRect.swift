import StructuredClone

extension BlinkHostObject {
  /// A `DOMRect` or `DOMRectReadOnly` (Geometry Interfaces Module, section 3).
  public struct DOMRect: Hashable, Sendable {
    /// The coordinate of the origin.
    public var x: Double
    /// The coordinate of the origin.
    public var y: Double
    /// The width; may be negative.
    public var width: Double
    /// The height; may be negative.
    public var height: Double
    /// Whether it is a `DOMRectReadOnly`.
    public var isReadOnly: Bool

    /// Makes a rectangle.
    public init(x: Double, y: Double, width: Double, height: Double, isReadOnly: Bool = false) {
      self.x = x
      self.y = y
      self.width = width
      self.height = height
      self.isReadOnly = isReadOnly
    }

    init(isReadOnly: Bool, from reader: inout PayloadReader) throws(CloneDecodingError) {
      x = try reader.readDouble()
      y = try reader.readDouble()
      width = try reader.readDouble()
      height = try reader.readDouble()
      self.isReadOnly = isReadOnly
    }

    func write(to writer: inout PayloadWriter) { writer.writeDoubles([x, y, width, height]) }
  }
}
