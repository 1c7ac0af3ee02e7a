import StructuredClone

extension BlinkHostObject {
  /// A `FileSystemFileHandle` or `FileSystemDirectoryHandle`. What it gives access to is a token outside the value.
  public struct FileSystemHandle: Hashable, Sendable {
    /// Whether it is that of a directory.
    public var isDirectory: Bool
    /// The name.
    public var name: String
    /// The place in the list of tokens that comes with the value.
    public var tokenIndex: UInt32

    /// Makes a handle.
    public init(isDirectory: Bool, name: String, tokenIndex: UInt32) {
      self.isDirectory = isDirectory
      self.name = name
      self.tokenIndex = tokenIndex
    }

    init(isDirectory: Bool, from reader: inout PayloadReader) throws(CloneDecodingError) {
      self.isDirectory = isDirectory
      name = try reader.readString()
      tokenIndex = try reader.readUInt32()
    }

    func write(to writer: inout PayloadWriter) {
      writer.writeString(name)
      writer.writeUInt32(tokenIndex)
    }
  }
}
