import StructuredClone

extension BlinkHostObject {
  /// A random number of 128 bits, which is never 0: Chromium's `base::UnguessableToken`.
  public struct UnguessableToken: Hashable, Sendable {
    /// The upper half.
    public var high: UInt64
    /// The lower half.
    public var low: UInt64

    /// Makes a token.
    public init(high: UInt64, low: UInt64) {
      self.high = high
      self.low = low
    }

    init(from reader: inout PayloadReader) throws(CloneDecodingError) {
      high = try reader.readUInt64()
      low = try reader.readUInt64()
      guard high != 0 || low != 0 else { throw reader.error("a token that is 0") }
    }

    func write(to writer: inout PayloadWriter) {
      writer.writeUInt64(high)
      writer.writeUInt64(low)
    }
  }
}
