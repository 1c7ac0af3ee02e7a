import StructuredClone

extension BlinkHostObject {
  /// A `QuotaExceededError`, which is a `DOMException` with numbers.
  public struct QuotaExceededError: Hashable, Sendable {
    /// The message.
    public var message: String
    /// Where it was thrown: Chromium writes nothing, and reads over it.
    public var stack: String
    /// How much is allowed, if that is known.
    public var quota: Double?
    /// How much was asked for, if that is known.
    public var requested: Double?

    /// Makes an error.
    public init(
      message: String, stack: String = "", quota: Double? = nil, requested: Double? = nil
    ) {
      self.message = message
      self.stack = stack
      self.quota = quota
      self.requested = requested
    }

    init(from reader: inout PayloadReader) throws(CloneDecodingError) {
      message = try reader.readString()
      stack = try reader.readString()
      quota = try QuotaExceededError.readNumber(from: &reader)
      requested = try QuotaExceededError.readNumber(from: &reader)
    }

    /// A number is there also if it is not known.
    private static func readNumber(
      from reader: inout PayloadReader
    ) throws(CloneDecodingError) -> Double? {
      let isKnown = try reader.readFlag()
      let number = try reader.readDouble()
      return isKnown ? number : nil
    }

    func write(to writer: inout PayloadWriter) {
      writer.writeString(message)
      writer.writeString(stack)
      for number in [quota, requested] {
        writer.writeBit(number != nil)
        writer.writeDouble(number ?? 0)
      }
    }
  }
}
