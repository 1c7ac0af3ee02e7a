import StructuredClone

extension BlinkHostObject {
  /// An `ImageData`: pixels of four components, row by row.
  ///
  /// One whose buffer is detached is written by Chromium with no pixels, and then read as no value at all.
  public struct ImageData: Hashable, Sendable {
    /// What a component is: Blink's `SerializedImageDataStorageFormat`.
    public enum StorageFormat: UInt32, Sendable {
      /// A byte.
      case uint8Clamped = 0
      /// Two bytes: a half, or in older releases of Chromium an integer.
      case float16 = 1
      /// Four bytes.
      case float32 = 2

      /// How many bytes a component takes.
      public var size: Int {
        switch self {
        case .uint8Clamped: 1
        case .float16: 2
        case .float32: 4
        }
      }
    }

    /// Red, green, blue, opacity.
    private static let componentCount = 4

    /// The width in pixels, not 0.
    public var width: UInt32
    /// The height in pixels, not 0.
    public var height: UInt32
    /// The colour space: sRGB or Display P3.
    public var colorSpace: PredefinedColorSpace
    /// What a component is.
    public var storageFormat: StorageFormat
    /// The components, of the lowest byte first, in the order red, green, blue, opacity; not multiplied. Nothing is copied.
    public var pixels: ArraySlice<UInt8>

    /// Makes an image. It can be written if there are as many bytes as pixels need.
    public init(
      width: UInt32, height: UInt32, colorSpace: PredefinedColorSpace = .srgb,
      storageFormat: StorageFormat = .uint8Clamped, pixels: ArraySlice<UInt8>
    ) {
      self.width = width
      self.height = height
      self.colorSpace = colorSpace
      self.storageFormat = storageFormat
      self.pixels = pixels
    }

    init(from reader: inout PayloadReader) throws(CloneDecodingError) {
      colorSpace = .srgb
      storageFormat = .uint8Clamped
      if reader.version >= SerializationTag.imageData.currentLayoutSince {
        settings: while true {
          switch try reader.readEnum(ImageSerializationTag.self) {
          case .end: break settings
          case .predefinedColorSpace: colorSpace = try reader.readEnum()
          case .imageDataStorageFormat: storageFormat = try reader.readEnum()
          default: throw reader.error("a setting that an ImageData has not")
          }
        }
      }
      guard PredefinedColorSpace.ofImageData.contains(colorSpace) else {
        throw reader.error("an ImageData is sRGB or Display P3")
      }
      width = try reader.readUInt32()
      height = try reader.readUInt32()
      pixels = try reader.readBytes(try reader.readUInt64())
      // Two numbers of 32 bits and four bits more.
      let pixelSize = ImageData.componentCount * storageFormat.size
      let size = (UInt64(width) * UInt64(height)).multipliedReportingOverflow(by: UInt64(pixelSize))
      guard size.partialValue > 0, !size.overflow, size.partialValue == UInt64(pixels.count) else {
        throw reader.error("\(width) times \(height) pixels do not take \(pixels.count) bytes")
      }
    }

    func write(to writer: inout PayloadWriter) {
      if writer.version >= SerializationTag.imageData.currentLayoutSince {
        for (key, value) in [
          (ImageSerializationTag.predefinedColorSpace, colorSpace.rawValue),
          (.imageDataStorageFormat, storageFormat.rawValue),
        ] {
          writer.writeUInt32(key.rawValue)
          writer.writeUInt32(value)
        }
        writer.writeUInt32(ImageSerializationTag.end.rawValue)
      }
      writer.writeUInt32(width)
      writer.writeUInt32(height)
      writer.writeUInt64(UInt64(pixels.count))
      writer.writeBytes(pixels)
    }
  }
}
