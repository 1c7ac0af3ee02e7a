import StructuredClone

extension BlinkHostObject {
  /// A `Blob`. Its content is not in the value: the browser keeps it under the uuid.
  public struct Blob: Hashable, Sendable {
    /// The name under which the browser keeps the content; never empty.
    public var uuid: String
    /// The MIME type; may be empty.
    public var type: String
    /// The number of bytes.
    public var size: UInt64

    /// Makes a blob.
    public init(uuid: String, type: String, size: UInt64) {
      self.uuid = uuid
      self.type = type
      self.size = size
    }

    init(from reader: inout PayloadReader) throws(CloneDecodingError) {
      uuid = try reader.readName()
      type = try reader.readString()
      size = try reader.readUInt64()
    }

    func write(to writer: inout PayloadWriter) {
      writer.writeString(uuid)
      writer.writeString(type)
      writer.writeUInt64(size)
    }
  }
}
