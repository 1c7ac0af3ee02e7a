import StructuredClone

extension BlinkHostObject {
  /// A `FencedFrameConfig`.
  ///
  /// Chromium refuses addresses that are none. Here it is only looked whether they begin with a scheme.
  public struct FencedFrameConfig: Hashable, Sendable {
    /// Whether a page may see the address: `AttributeVisibility`.
    public enum Visibility: UInt32, Sendable {
      /// It may not.
      case opaque = 0
      /// It may.
      case transparent = 1
    }

    /// A size in pixels.
    public struct Size: Hashable, Sendable {
      /// Width in pixels.
      public var width: UInt32
      /// Height in pixels.
      public var height: UInt32

      /// Makes a size.
      public init(width: UInt32, height: UInt32) {
        self.width = width
        self.height = height
      }
    }

    /// The address.
    public var url: String
    /// Whether a page may see it.
    public var urlVisibility: Visibility
    /// Whether the frame keeps its first size.
    public var freezesInitialSize: Bool
    /// The name that stands for the address; empty if there is none.
    public var urn: String
    /// What the page shared with the frame, if it did.
    public var sharedStorageContext: String?
    /// The size of the container, if it is fixed.
    public var containerSize: Size?
    /// The size of the content, if it is fixed.
    public var contentSize: Size?

    /// Makes a configuration.
    public init(
      url: String, urlVisibility: Visibility = .transparent, freezesInitialSize: Bool = false,
      urn: String = "", sharedStorageContext: String? = nil, containerSize: Size? = nil,
      contentSize: Size? = nil
    ) {
      self.url = url
      self.urlVisibility = urlVisibility
      self.freezesInitialSize = freezesInitialSize
      self.urn = urn
      self.sharedStorageContext = sharedStorageContext
      self.containerSize = containerSize
      self.contentSize = contentSize
    }

    init(from reader: inout PayloadReader) throws(CloneDecodingError) {
      url = try reader.readString()
      urlVisibility = try reader.readEnum()
      freezesInitialSize = try reader.readFlag()
      urn = try reader.readString()
      sharedStorageContext = try reader.readFlag() ? try reader.readString() : nil
      containerSize = try FencedFrameConfig.readSize(from: &reader)
      contentSize = try FencedFrameConfig.readSize(from: &reader)
      guard url.isEmpty || url.contains(":"), urn.isEmpty || urn.hasPrefix("urn:uuid:") else {
        throw reader.error("an address without a scheme")
      }
    }

    private static func readSize(
      from reader: inout PayloadReader
    ) throws(CloneDecodingError) -> Size? {
      guard try reader.readFlag() else { return nil }
      return Size(width: try reader.readUInt32(), height: try reader.readUInt32())
    }

    func write(to writer: inout PayloadWriter) {
      writer.writeString(url)
      writer.writeUInt32(urlVisibility.rawValue)
      writer.writeBit(freezesInitialSize)
      writer.writeString(urn)
      writer.writeBit(sharedStorageContext != nil)
      if let sharedStorageContext { writer.writeString(sharedStorageContext) }
      for size in [containerSize, contentSize] {
        writer.writeBit(size != nil)
        if let size {
          writer.writeUInt32(size.width)
          writer.writeUInt32(size.height)
        }
      }
    }
  }
}
