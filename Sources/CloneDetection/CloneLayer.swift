/// One of the layers around a value, or the format itself.
public struct CloneLayer: Hashable, Sendable {
  /// What it is.
  public enum Kind: Hashable, Sendable {
    /// A frame of a channel between Node processes: a length in front of a payload.
    case nodeFrame(length: Int)
    /// The stream of Node's test runner: events, and text between them.
    case nodeTestReporter
    /// A record of IndexedDB: the version of the database's data in front of the value.
    case indexedDBRecord(version: UInt64)
    /// What IndexedDB stores where a blob holds the value.
    case indexedDBBlob(size: UInt32, index: UInt32)
    /// A value that IndexedDB stores compressed with Snappy, and its length.
    case indexedDBSnappy(length: Int)
    /// Each two bytes are exchanged, as in Chromium's data up to 2013.
    case byteSwap
    /// Blink's envelope.
    case blinkEnvelope(version: UInt32)
    /// Electron's envelope, which looks like Blink's.
    case electronEnvelope(version: UInt32)
    /// V8's header and value. Version 0 has no header.
    case v8(version: UInt32)
  }

  /// What it is.
  public let kind: Kind
  /// Where it begins, in the input or, within compressed or exchanged bytes, in what those give.
  public let offset: Int

  init(_ kind: Kind, at offset: Int) {
    self.kind = kind
    self.offset = offset
  }
}

extension CloneLayer: CustomStringConvertible {
  /// What it is, in words.
  public var description: String {
    switch kind {
    case .nodeFrame(let length): "frame of a channel between Node processes, \(length) bytes"
    case .nodeTestReporter: "stream of Node's test runner"
    case .indexedDBRecord(let version): "record of IndexedDB, version \(version)"
    case .indexedDBBlob(let size, let index):
      "value of IndexedDB that is in blob \(index), \(size) bytes"
    case .indexedDBSnappy(let length):
      "value of IndexedDB, compressed with Snappy, \(length) bytes without"
    case .byteSwap: "bytes exchanged in pairs"
    case .blinkEnvelope(let version): "Blink envelope, version \(version)"
    case .electronEnvelope(let version): "Electron envelope, version \(version)"
    case .v8(let version):
      version == 0 ? "V8 stream without a header" : "V8 stream, version \(version)"
    }
  }
}
