public import StructuredClone

/// Gets at the bytes of a value that IndexedDB stores compressed or in a blob: Blink's class of this name.
///
/// ```swift
/// let bytes = try IDBValueUnwrapper.unwrap(stored) { blob in contents[Int(blob.index)] }
/// let value = try SerializedScriptValue(decoding: bytes)
/// ```
public enum IDBValueUnwrapper {
  /// A blob that holds a value. It is the last of the blobs that are stored with the value, and is not one that the
  /// value mentions.
  public struct WrapperBlob: Hashable, Sendable {
    /// The number of bytes.
    public let size: UInt32
    /// The place in the list of blobs.
    public let index: UInt32

    init(size: UInt32, index: UInt32) {
      self.size = size
      self.index = index
    }
  }

  /// The blob that holds a stored value; `nil` if that is not in a blob.
  ///
  /// - Throws: ``BlinkDecodingError/Reason/truncatedWrapper``.
  public static func wrapperBlob(
    of stored: [UInt8]
  ) throws(BlinkDecodingError) -> WrapperBlob? {
    guard IDBWrapping(of: stored) == .replaceWithBlob else { return nil }
    var position = IDBWrapping.headerLength
    let size = try readVarint(stored, at: &position)
    return WrapperBlob(size: size, index: try readVarint(stored, at: &position))
  }

  /// The bytes of a value that is stored in any form.
  ///
  /// - Parameters:
  ///   - stored: as IndexedDB stores it.
  ///   - limits: a value that claims to be longer than ``CloneLimits/inputSize`` is refused before there is memory for it.
  ///   - content: the content of a blob, or `nil` if there is none.
  /// - Throws: why it is none.
  public static func unwrap(
    _ stored: [UInt8], limits: CloneLimits = .default,
    content: (WrapperBlob) -> [UInt8]? = { _ in nil }
  ) throws(BlinkDecodingError) -> [UInt8] {
    guard let blob = try wrapperBlob(of: stored) else { return try decompress(stored, limits) }
    guard let bytes = content(blob), bytes.count == Int(blob.size), !bytes.isEmpty else {
      throw BlinkDecodingError(
        .missingBlob(index: blob.index, size: blob.size), offset: IDBWrapping.headerLength)
    }
    return try decompress(bytes, limits)
  }

  private static func decompress(
    _ bytes: [UInt8], _ limits: CloneLimits
  ) throws(BlinkDecodingError) -> [UInt8] {
    guard IDBWrapping(of: bytes) == .compressedWithSnappy else { return bytes }
    let block = bytes[IDBWrapping.headerLength...]
    guard let length = Snappy.uncompressedLength(of: block) else {
      throw BlinkDecodingError(.invalidCompression, offset: block.startIndex)
    }
    // Chromium 156 ends with an error of its own.
    guard length > 0 else {
      throw BlinkDecodingError(.invalidCompression, offset: block.startIndex)
    }
    guard length <= limits.inputSize, Snappy.canHold(length, in: block) else {
      throw BlinkDecodingError(.decompressedTooLong(length), offset: block.startIndex)
    }
    guard let value = Snappy.uncompress(block, to: length) else {
      throw BlinkDecodingError(.invalidCompression, offset: block.startIndex)
    }
    return value
  }

  /// Reads a varint of at most five bytes.
  private static func readVarint(
    _ bytes: [UInt8], at position: inout Int
  ) throws(BlinkDecodingError) -> UInt32 {
    var value: UInt32 = 0
    for shift in stride(from: UInt32(0), to: 32, by: 7) {
      guard position < bytes.count else { break }
      let byte = bytes[position]
      position += 1
      value |= UInt32(byte & 0x7F) << shift
      if byte < 0x80 { return value }
    }
    throw BlinkDecodingError(.truncatedWrapper, offset: position)
  }
}
