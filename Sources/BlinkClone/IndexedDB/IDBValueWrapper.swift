import StructuredClone

/// A value in the form in which IndexedDB stores it: as it is, compressed, or in a blob. Blink's class of this name.
public struct IDBValueWrapper: Hashable, Sendable {
  /// A value of so many bytes is compressed; what is longer then is stored in a blob: `kIDBWrapThreshold`.
  public static let wrapThreshold = 65536
  /// The MIME type of the blob.
  public static let blobType = "application/vnd.blink-idb-value-wrapper"

  /// A longer block is not kept, as it cannot be decompressed piece by piece.
  private static let longestBlock = 256_000

  /// What is stored.
  public let bytes: [UInt8]
  /// The content of the blob that follows those of the value, if there has to be one.
  public let wrapperBlob: [UInt8]?

  /// Wraps a value.
  ///
  /// The block is that of the Snappy library of this machine; the one in Chromium may make another of the same content.
  ///
  /// - Parameters:
  ///   - value: the bytes of a ``SerializedScriptValue`` that was made for storage.
  ///   - blobCount: how many blobs and files the value mentions.
  public init(_ value: [UInt8], blobCount: UInt32 = 0) {
    var stored = value
    if value.count >= IDBValueWrapper.wrapThreshold, let block = Snappy.compress(value),
      // A tenth must be saved.
      10 * block.count <= 9 * value.count, block.count <= IDBValueWrapper.longestBlock
    {
      stored = IDBWrapping.compressedWithSnappy.header + block
    }
    guard stored.count > IDBValueWrapper.wrapThreshold else {
      bytes = stored
      wrapperBlob = nil
      return
    }
    var writer = HostObjectWriter()
    writer.writeRawBytes(IDBWrapping.replaceWithBlob.header)
    writer.writeUInt32(UInt32(clamping: stored.count))
    writer.writeUInt32(blobCount)
    bytes = writer.bytes
    wrapperBlob = stored
  }
}
