/// What a setting of an image is, in front of its value: Blink's `ImageSerializationTag`.
enum ImageSerializationTag: UInt32 {
  case end = 0
  case predefinedColorSpace = 1
  /// Of an `ImageBitmap` only.
  case canvasPixelFormat = 2
  /// Of an `ImageData` only.
  case imageDataStorageFormat = 3
  /// Of an `ImageBitmap` only, as what follows.
  case originClean = 4
  case isPremultiplied = 5
  case canvasOpacityMode = 6
  case parametricColorSpace = 7
  case imageOrientation = 8
}
