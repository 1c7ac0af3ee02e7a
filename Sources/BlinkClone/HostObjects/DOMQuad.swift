import StructuredClone

extension BlinkHostObject {
  /// A `DOMQuad`: four points (Geometry Interfaces Module, section 4). Whether those are read-only is not kept.
  public struct DOMQuad: Hashable, Sendable {
    /// The first corner.
    public var p1: DOMPoint
    /// The second corner.
    public var p2: DOMPoint
    /// The third corner.
    public var p3: DOMPoint
    /// The fourth corner.
    public var p4: DOMPoint

    /// Makes a quadrilateral.
    public init(p1: DOMPoint, p2: DOMPoint, p3: DOMPoint, p4: DOMPoint) {
      self.p1 = p1
      self.p2 = p2
      self.p3 = p3
      self.p4 = p4
    }

    init(from reader: inout PayloadReader) throws(CloneDecodingError) {
      p1 = try DOMPoint(from: &reader)
      p2 = try DOMPoint(from: &reader)
      p3 = try DOMPoint(from: &reader)
      p4 = try DOMPoint(from: &reader)
    }

    func write(to writer: inout PayloadWriter) {
      for point in [p1, p2, p3, p4] { point.write(to: &writer) }
    }
  }
}
