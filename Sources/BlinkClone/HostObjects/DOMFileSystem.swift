import StructuredClone

extension BlinkHostObject {
  /// A `FileSystem` of the File and Directory Entries API.
  public struct DOMFileSystem: Hashable, Sendable {
    /// The kind: `FileSystemType` in Chromium's `file_system.mojom`.
    public enum Kind: UInt32, Sendable {
      /// The browser may clear it.
      case temporary = 0
      /// Kept.
      case persistent = 1
      /// Of dropped files.
      case isolated = 2
      /// Outside the browser's own.
      case external = 3
    }

    /// The kind.
    public var kind: Kind
    /// The name.
    public var name: String
    /// The address of its root.
    public var rootURL: String

    /// Makes a file system.
    public init(_ kind: Kind, name: String, rootURL: String) {
      self.kind = kind
      self.name = name
      self.rootURL = rootURL
    }

    init(from reader: inout PayloadReader) throws(CloneDecodingError) {
      kind = try reader.readEnum()
      name = try reader.readString()
      rootURL = try reader.readString()
    }

    func write(to writer: inout PayloadWriter) {
      writer.writeUInt32(kind.rawValue)
      writer.writeString(name)
      writer.writeString(rootURL)
    }
  }
}
