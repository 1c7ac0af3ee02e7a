extension BlinkHostObject {
  /// Whether an image has only what versions below 18 can say of it.
  var fitsLayoutWithoutSettings: Bool {
    switch self {
    case .imageData(let image): image.colorSpace == .srgb && image.storageFormat == .uint8Clamped
    case .imageBitmap(let image):
      image.colorSpace == .predefined(.srgb) && image.pixelFormat == .native8LegacyObsolete
        && image.isOpaque && image.orientation == .topLeft
    default: true
    }
  }

  /// The object with what Chromium itself writes in those places that it does not care for when it reads.
  ///
  /// Places in lists stay, though Chromium makes new lists, and so do the numbers of a colour space, which it holds in
  /// single precision and passes over if they are none.
  var asWritten: BlinkHostObject {
    switch self {
    case .domException(var exception):
      exception.stack = ""
      return .domException(exception)
    case .quotaExceededError(var error):
      error.stack = ""
      return .quotaExceededError(error)
    case .imageData(var image):
      if image.colorSpace == .legacyObsolete { image.colorSpace = .srgb }
      return .imageData(image)
    case .imageBitmap(var image):
      if case .predefined(let space) = image.colorSpace {
        image.colorSpace = .parametric(ImageBitmap.ParametricColorSpace(space))
      }
      // The order of bytes on all machines that Chromium is built for now.
      if image.pixelFormat == .native8LegacyObsolete { image.pixelFormat = .bgra8 }
      if image.isOpaque { image.isPremultiplied = true }
      return .imageBitmap(image)
    case .cryptoKey(var key):
      switch key.algorithm {
      case .aes(let id, _): key.algorithm = .aes(id, length: UInt32(clamping: key.data.count))
      case .other(let id, _) where id == .hkdf || id == .pbkdf2:
        key.algorithm = .keyDerivation(id)
      default: break
      }
      return .cryptoKey(key)
    default: return self
    }
  }
}
