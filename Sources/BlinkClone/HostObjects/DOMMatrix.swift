import StructuredClone

extension BlinkHostObject {
  /// A `DOMMatrix` or `DOMMatrixReadOnly` (Geometry Interfaces Module, section 5).
  public struct DOMMatrix: Hashable, Sendable {
    /// Six elements a to f if it ``is2D``, else sixteen m11, m12 to m44.
    public let elements: [Double]
    /// Whether it is a `DOMMatrixReadOnly`.
    public var isReadOnly: Bool

    /// Whether it has two dimensions.
    public var is2D: Bool { elements.count == DOMMatrix.count2D }

    private static let count2D = 6
    private static let count3D = 16

    /// Makes a matrix; `nil` if there are neither six nor sixteen elements.
    public init?(_ elements: [Double], isReadOnly: Bool = false) {
      guard elements.count == DOMMatrix.count2D || elements.count == DOMMatrix.count3D else {
        return nil
      }
      self.elements = elements
      self.isReadOnly = isReadOnly
    }

    init(
      is2D: Bool, isReadOnly: Bool, from reader: inout PayloadReader
    ) throws(CloneDecodingError) {
      elements = try reader.readDoubles(is2D ? DOMMatrix.count2D : DOMMatrix.count3D)
      self.isReadOnly = isReadOnly
    }

    func write(to writer: inout PayloadWriter) { writer.writeDoubles(elements) }
  }
}
