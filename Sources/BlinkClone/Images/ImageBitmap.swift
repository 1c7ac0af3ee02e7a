import StructuredClone

extension BlinkHostObject {
  /// An `ImageBitmap` with its pixels. One that scripts must not read (not "origin clean") is neither written nor read.
  public struct ImageBitmap: Hashable, Sendable {
    /// What a pixel is: Blink's `SerializedPixelFormat`.
    public enum PixelFormat: UInt32, Sendable {
      /// Four bytes, in the order of the machine that wrote them.
      case native8LegacyObsolete = 0
      /// Four halves.
      case f16 = 1
      /// Four bytes: red, green, blue, opacity.
      case rgba8 = 2
      /// Four bytes: blue, green, red, opacity.
      case bgra8 = 3
      /// Four bytes: red, green, blue, and one that does not count.
      case rgbx8 = 4

      /// How many bytes a pixel takes.
      public var size: Int { self == .f16 ? 8 : 4 }
    }

    /// Which corner of the image the first pixel is, and how rows run: Blink's `SerializedImageOrientation`, which is
    /// that of EXIF.
    public enum Orientation: UInt32, Sendable {
      /// As it is.
      case topLeft = 0
      /// Mirrored.
      case topRight = 1
      /// Turned by 180 degrees.
      case bottomRight = 2
      /// Mirrored and turned by 180 degrees.
      case bottomLeft = 3
      /// Mirrored and turned by 270 degrees clockwise.
      case leftTop = 4
      /// Turned by 90 degrees clockwise.
      case rightTop = 5
      /// Mirrored and turned by 90 degrees clockwise.
      case rightBottom = 6
      /// Turned by 270 degrees clockwise.
      case leftBottom = 7
    }

    /// The colour space.
    public enum ColorSpace: Hashable, Sendable {
      /// By its name, as older releases of Chromium wrote it.
      case predefined(PredefinedColorSpace)
      /// By its numbers.
      case parametric(ParametricColorSpace)
    }

    /// The width in pixels, not 0, before the orientation is applied.
    public var width: UInt32
    /// The height in pixels, not 0, before the orientation is applied.
    public var height: UInt32
    /// The colour space.
    public var colorSpace: ColorSpace
    /// What a pixel is.
    public var pixelFormat: PixelFormat
    /// Whether all pixels are opaque.
    public var isOpaque: Bool
    /// Whether colours are multiplied by the opacity.
    public var isPremultiplied: Bool
    /// How the image is turned.
    public var orientation: Orientation
    /// The pixels, row by row. Nothing is copied.
    public var pixels: ArraySlice<UInt8>

    /// Makes an image. It can be written if there are as many bytes as pixels need.
    public init(
      width: UInt32, height: UInt32,
      colorSpace: ColorSpace = .parametric(ParametricColorSpace(.srgb)),
      pixelFormat: PixelFormat = .rgba8, isOpaque: Bool = false, isPremultiplied: Bool = true,
      orientation: Orientation = .topLeft, pixels: ArraySlice<UInt8>
    ) {
      self.width = width
      self.height = height
      self.colorSpace = colorSpace
      self.pixelFormat = pixelFormat
      self.isOpaque = isOpaque
      self.isPremultiplied = isPremultiplied
      self.orientation = orientation
      self.pixels = pixels
    }

    init(from reader: inout PayloadReader) throws(CloneDecodingError) {
      var predefined = PredefinedColorSpace.srgb
      var parametric: ParametricColorSpace?
      pixelFormat = .native8LegacyObsolete
      isOpaque = true
      orientation = .topLeft
      isPremultiplied = false
      var isOriginClean = false
      if reader.version >= SerializationTag.imageBitmap.currentLayoutSince {
        settings: while true {
          switch try reader.readEnum(ImageSerializationTag.self) {
          case .end: break settings
          case .predefinedColorSpace: predefined = try reader.readEnum()
          case .parametricColorSpace: parametric = try ParametricColorSpace(from: &reader)
          case .canvasPixelFormat: pixelFormat = try reader.readEnum()
          case .canvasOpacityMode: isOpaque = try reader.readBit()
          case .originClean: isOriginClean = try reader.readBit()
          case .isPremultiplied: isPremultiplied = try reader.readBit()
          case .imageOrientation: orientation = try reader.readEnum()
          case .imageDataStorageFormat:
            throw reader.error("a setting that an ImageBitmap has not")
          }
        }
      } else {
        isOriginClean = try reader.readBit()
        isPremultiplied = try reader.readBit()
      }
      colorSpace = parametric.map { .parametric($0) } ?? .predefined(predefined)
      width = try reader.readUInt32()
      height = try reader.readUInt32()
      pixels = try reader.readBytes(UInt64(try reader.readUInt32()))
      let size = (UInt64(width) * UInt64(height)).multipliedReportingOverflow(
        by: UInt64(pixelFormat.size))
      // Chromium 156 ends with an error of its own for an image without pixels.
      guard size.partialValue > 0, !size.overflow, size.partialValue == UInt64(pixels.count) else {
        throw reader.error("\(width) times \(height) pixels do not take \(pixels.count) bytes")
      }
      guard isOriginClean else { throw reader.error("an image that scripts must not read") }
    }

    func write(to writer: inout PayloadWriter) {
      if writer.version >= SerializationTag.imageBitmap.currentLayoutSince {
        switch colorSpace {
        case .parametric(let space):
          writer.writeUInt32(ImageSerializationTag.parametricColorSpace.rawValue)
          writer.writeDoubles(space.numbers)
        case .predefined(let space):
          writer.writeUInt32(ImageSerializationTag.predefinedColorSpace.rawValue)
          writer.writeUInt32(space.rawValue)
        }
        for (key, value) in [
          (ImageSerializationTag.canvasPixelFormat, pixelFormat.rawValue),
          (.canvasOpacityMode, isOpaque ? 1 : 0), (.originClean, 1),
          (.isPremultiplied, isPremultiplied ? 1 : 0), (.imageOrientation, orientation.rawValue),
        ] {
          writer.writeUInt32(key.rawValue)
          writer.writeUInt32(value)
        }
        writer.writeUInt32(ImageSerializationTag.end.rawValue)
      } else {
        writer.writeBit(true)
        writer.writeBit(isPremultiplied)
      }
      writer.writeUInt32(width)
      writer.writeUInt32(height)
      writer.writeUInt32(UInt32(clamping: pixels.count))
      writer.writeBytes(pixels)
    }
  }
}
