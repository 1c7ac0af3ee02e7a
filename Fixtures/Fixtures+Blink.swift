import Foundation

/// What Chromium stores and reads.
extension Fixtures {
  /// A value that Chromium stored in IndexedDB and read again, or why it did not.
  public struct BlinkCase: Decodable, Sendable, CustomStringConvertible {
    /// Something that is stored beside the value.
    public struct External: Decodable, Sendable {
      /// `Blob`, `File` or `FileSystemHandle`.
      public var kind: String
      /// The MIME type.
      public var type: String?
      /// The number of bytes.
      public var size: Int?
      /// The name of a file.
      public var name: String?
      /// The time of a file.
      public var lastModified: Double?
      /// The content, in hexadecimal.
      public var contents: String?
      /// The file of the corpus that holds the content.
      public var contentsFile: String?

      /// Makes one.
      public init(
        kind: String, type: String? = nil, size: Int? = nil, name: String? = nil,
        lastModified: Double? = nil, contents: String? = nil
      ) {
        self.kind = kind
        self.type = type
        self.size = size
        self.name = name
        self.lastModified = lastModified
        self.contents = contents
      }

      /// The content, if it is known.
      public var bytes: [UInt8]? { Fixtures.blinkBytes(contents, file: contentsFile) }
    }

    /// The name.
    public var name: String
    /// The JavaScript expression.
    public var js: String?
    /// What was stored, in hexadecimal.
    public var stored: String?
    /// The file of the corpus that holds it.
    public var storedFile: String?
    /// What is stored beside it.
    public var external: [External]?
    /// What was read.
    public var read: String?
    /// The length of what was read, where it is long.
    public var readLength: Int?
    /// The 64-bit FNV-1a of what was read, in hexadecimal, where it is long.
    public var readHash: String?
    /// What was stored after reading, if it is something else.
    public var rewritten: String?
    /// The file of the corpus that holds it.
    public var rewrittenFile: String?
    /// Why it was not stored.
    public var refused: String?
    /// Whether the bytes are others each time.
    public var varies: Bool?

    /// The name.
    public var description: String { name }
    /// What was stored.
    public var storedBytes: [UInt8]? { Fixtures.blinkBytes(stored, file: storedFile) }
    /// What was stored after reading, if it is something else.
    public var rewrittenBytes: [UInt8]? { Fixtures.blinkBytes(rewritten, file: rewrittenFile) }
  }

  /// Bytes that took the place of a stored value, and what Chromium read.
  public struct BlinkVerdict: Decodable, Sendable, CustomStringConvertible {
    /// The name.
    public var name: String
    /// The bytes, in hexadecimal.
    public var bytes: String
    /// The contents of the blobs that are stored with it, in hexadecimal, where they are not the usual objects.
    public var contents: [String]?
    /// What was read; `null` also stands for bytes that were refused.
    public var read: String?
    /// The length of what was read, where it is long.
    public var readLength: Int?
    /// The 64-bit FNV-1a of what was read, in hexadecimal, where it is long.
    public var readHash: String?
    /// What was stored after reading, if it is something else.
    public var rewritten: String?
    /// Why it was not stored again.
    public var rewriteRefused: String?
    /// How Chromium ended.
    public var died: String?

    /// The name.
    public var description: String { name }
  }

  /// What Chromium says of bytes.
  public static let blinkVerdicts: [BlinkVerdict] = decode("Corpus/blink/verdicts.json")

  /// What Chromium made of values.
  public static let blinkValues: [BlinkCase] = decode("Corpus/blink/values.json")

  private static func blinkBytes(_ hex: String?, file: String?) -> [UInt8]? {
    if let hex { return bytes(hex) }
    return file.map { Array(read(Bundle.module.bundleURL.appending(path: "Corpus/blink/\($0)"))) }
  }
}
