public import StructuredClone

/// Electron's `NativeImage`: one picture for each scale of a screen.
///
/// In a ``CloneValue`` it is a ``CloneHostObject`` of the interface `NativeImage`, whose payload is a view of the bytes
/// that Electron writes for it.
public struct NativeImage: Hashable, Sendable {
  /// The picture for a scale.
  public struct Representation: Hashable, Sendable {
    /// How many pixels there are to a unit of length, such as 2.
    public var scale: Double
    /// The bitmap, as Chromium's Mojo lays `skia.mojom.InlineBitmap` out. It is not looked into; Electron refuses what
    /// is none. Nothing is copied.
    public var bitmap: ArraySlice<UInt8>

    /// Makes a picture.
    public init(scale: Double, bitmap: ArraySlice<UInt8>) {
      self.scale = scale
      self.bitmap = bitmap
    }
  }

  /// The interface.
  static let interface: CloneString = "NativeImage"
  /// `i`
  private static let tag: UInt8 = 0x69

  /// The pictures.
  public var representations: [Representation]

  /// Makes an image.
  public init(_ representations: [Representation]) { self.representations = representations }

  /// The image that a value is, or `nil` if it is something else.
  public init?(_ value: CloneValue) {
    guard case .hostObject(let object) = value, object.interface == NativeImage.interface,
      case .arrayBufferView(let view) = object.payload, view.kind == .uint8
    else { return nil }
    var reader = HostObjectReader(view)
    guard let image = try? NativeImage(from: &reader), reader.position == view.bytes.endIndex,
      !reader.needsFollowingByte
    else { return nil }
    self = image
  }

  /// A new value that holds the image.
  public func makeValue() -> CloneValue {
    var writer = HostObjectWriter()
    writer.writeRawBytes(CollectionOfOne(NativeImage.tag))
    writer.writeUInt32(UInt32(clamping: representations.count))
    for representation in representations {
      writer.writeDouble(representation.scale)
      writer.writeUInt32(UInt32(clamping: representation.bitmap.count))
      writer.writeRawBytes(representation.bitmap)
    }
    let view = CloneArrayBufferView(.uint8, on: CloneArrayBuffer(writer.bytes))
    return .hostObject(
      CloneHostObject(
        interface: NativeImage.interface, payload: view.map { .arrayBufferView($0) } ?? .null))
  }

  /// Reads tag and pictures.
  init(from reader: inout HostObjectReader) throws(CloneDecodingError) {
    let tag = try reader.readRawBytes(1).first ?? 0
    guard tag == NativeImage.tag else {
      throw reader.error("Electron has no host object with the tag \(tag)")
    }
    representations = []
    for _ in 0..<(try reader.readUInt32()) {
      let scale = try reader.readDouble()
      let bitmap = try reader.readRawBytes(Int(try reader.readUInt32()))
      representations.append(Representation(scale: scale, bitmap: bitmap))
    }
  }
}
