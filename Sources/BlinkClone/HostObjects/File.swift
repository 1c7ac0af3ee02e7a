import StructuredClone

extension BlinkHostObject {
  /// A `File`. Its content is not in the value: the browser keeps it under the uuid, or at the path.
  public struct File: Hashable, Sendable {
    /// What was known of a file when it was written.
    public struct Snapshot: Hashable, Sendable {
      /// The number of bytes.
      public var size: UInt64
      /// Milliseconds since 1970; NaN if it is not known.
      public var lastModified: Double

      /// Makes a snapshot.
      public init(size: UInt64, lastModified: Double) {
        self.size = size
        self.lastModified = lastModified
      }
    }

    /// Where the file is on disk; empty for one that a page made.
    public var path: String
    /// The name.
    public var name: String
    /// The path below the folder that the user chose; empty if it was none.
    public var relativePath: String
    /// The name under which the browser keeps the content; never empty.
    public var uuid: String
    /// The MIME type; may be empty.
    public var type: String
    /// Size and time; Chromium has always known them since version 8 of the envelope.
    public var snapshot: Snapshot?
    /// Whether a user chose the file, and not a program.
    public var isUserVisible: Bool

    /// Makes a file.
    public init(
      path: String = "", name: String, relativePath: String = "", uuid: String, type: String,
      snapshot: Snapshot?, isUserVisible: Bool = true
    ) {
      self.path = path
      self.name = name
      self.relativePath = relativePath
      self.uuid = uuid
      self.type = type
      self.snapshot = snapshot
      self.isUserVisible = isUserVisible
    }

    init(from reader: inout PayloadReader) throws(CloneDecodingError) {
      let hasAllFields = reader.version >= 4
      path = try reader.readString()
      name = hasAllFields ? try reader.readString() : ""
      relativePath = hasAllFields ? try reader.readString() : ""
      uuid = try reader.readName()
      type = try reader.readString()
      if hasAllFields, try reader.readFlag() {
        let size = try reader.readUInt64()
        let time = try reader.readDouble()
        // Seconds at first.
        snapshot = Snapshot(size: size, lastModified: reader.version < 8 ? time * 1000 : time)
      }
      isUserVisible = reader.version >= 7 ? try reader.readFlag() : true
    }

    func write(to writer: inout PayloadWriter) {
      for text in [path, name, relativePath, uuid, type] { writer.writeString(text) }
      writer.writeBit(snapshot != nil)
      if let snapshot {
        writer.writeUInt64(snapshot.size)
        writer.writeDouble(snapshot.lastModified)
      }
      writer.writeBit(isUserVisible)
    }
  }
}
