import StructuredClone

extension BlinkHostObject {
  /// A `DOMException`.
  public struct DOMException: Hashable, Sendable {
    /// The name, such as `DataCloneError`.
    public var name: String
    /// The message.
    public var message: String
    /// Where it was thrown: Chromium writes nothing, and reads over it.
    public var stack: String

    /// Makes an exception.
    public init(name: String, message: String, stack: String = "") {
      self.name = name
      self.message = message
      self.stack = stack
    }

    init(from reader: inout PayloadReader) throws(CloneDecodingError) {
      name = try reader.readString()
      message = try reader.readString()
      stack = try reader.readString()
    }

    func write(to writer: inout PayloadWriter) {
      writer.writeString(name)
      writer.writeString(message)
      writer.writeString(stack)
    }
  }
}
