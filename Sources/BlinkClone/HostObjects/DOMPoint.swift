import StructuredClone

extension BlinkHostObject {
  /// A `DOMPoint` or `DOMPointReadOnly` (Geometry Interfaces Module, section 2).
  public struct DOMPoint: Hashable, Sendable {
    /// The coordinate.
    public var x: Double
    /// The coordinate.
    public var y: Double
    /// The coordinate.
    public var z: Double
    /// The perspective.
    public var w: Double
    /// Whether it is a `DOMPointReadOnly`.
    public var isReadOnly: Bool

    /// Makes a point.
    public init(x: Double, y: Double, z: Double = 0, w: Double = 1, isReadOnly: Bool = false) {
      self.x = x
      self.y = y
      self.z = z
      self.w = w
      self.isReadOnly = isReadOnly
    }

    init(isReadOnly: Bool = false, from reader: inout PayloadReader) throws(CloneDecodingError) {
      x = try reader.readDouble()
      y = try reader.readDouble()
      z = try reader.readDouble()
      w = try reader.readDouble()
      self.isReadOnly = isReadOnly
    }

    func write(to writer: inout PayloadWriter) { writer.writeDoubles([x, y, z, w]) }
  }
}
