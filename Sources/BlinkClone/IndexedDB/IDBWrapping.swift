/// How IndexedDB marks values that it stores in another form: with a version of the envelope that is always followed by `FF`
/// when it is one.
enum IDBWrapping: UInt8 {
  /// The content of a blob takes the place of the value.
  case replaceWithBlob = 1
  /// A block of Snappy follows.
  case compressedWithSnappy = 2

  /// What stands in front: `FF`, the version that it pretends to be, and the form.
  static let headerLength = 3
  private static let pseudoVersion: UInt8 = 17

  /// The header of this form.
  var header: [UInt8] { [BlinkEnvelope.versionTag, IDBWrapping.pseudoVersion, rawValue] }

  /// The form of stored bytes; `nil` if they are the value itself.
  init?(of bytes: [UInt8]) {
    guard bytes.count >= IDBWrapping.headerLength, bytes[0] == BlinkEnvelope.versionTag,
      bytes[1] == IDBWrapping.pseudoVersion
    else { return nil }
    self.init(rawValue: bytes[2])
  }
}
