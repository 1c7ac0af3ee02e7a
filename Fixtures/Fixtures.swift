import Foundation

/// The goldens that real engines wrote; README.md in this folder says how, and what each field means.
public enum Fixtures {
  /// A value that engines wrote.
  public struct ValueCase: Decodable, Sendable, CustomStringConvertible {
    /// The name.
    public var description: String { name }

    /// Section and name.
    public var name: String
    /// The JavaScript expression.
    public var js: String
    /// Sizes of the buffers that are transferred under the ids 0, 1, …
    public var transfer: [Int]?
    /// Raw bytes before the header, in hexadecimal.
    public var prefix: String?
    /// The expression is an array of values that follow one header.
    public var several: Bool?
    /// What the engines did.
    public var goldens: [Golden]
    /// Engines that do not know the expression.
    public var unsupported: [String]?
  }

  /// What some engines did alike with a value.
  public struct Golden: Decodable, Sendable {
    /// The engines.
    public var engines: [String]
    /// The bytes, in hexadecimal.
    public var written: String?
    /// What they read back.
    public var read: String?
    /// What they wrote after reading.
    public var rewritten: String?
    /// Why they refused to write it again.
    public var rewriteRefused: String?
    /// How many bytes they read.
    public var position: Int?
    /// Why they refused to write it.
    public var refused: String?
    /// The bytes they had written before they refused.
    public var partial: String?
    /// Why they could not read what they had written.
    public var unreadable: String?
  }

  /// Bytes that were made by hand.
  public struct ReadCase: Decodable, Sendable, CustomStringConvertible {
    /// The name.
    public var description: String { name }

    /// Section and name.
    public var name: String
    /// The bytes, in hexadecimal.
    public var bytes: String
    /// Whether the engines were made to read versions below 13.
    public var legacy: Bool?
    /// What the case needs that is not built.
    public var needs: String?
    /// What the engines said.
    public var verdicts: [Verdict]
  }

  /// What some engines said alike about bytes.
  public struct Verdict: Decodable, Sendable {
    /// The engines.
    public var engines: [String]
    /// Whether they read a value.
    public var accepted: Bool?
    /// What they read.
    public var read: String?
    /// What they wrote after reading.
    public var rewritten: String?
    /// Why they refused to write it again.
    public var rewriteRefused: String?
    /// How many bytes they read.
    public var position: Int?
    /// Why they refused the bytes.
    public var error: String?
    /// The engine crashed.
    public var died: Bool?
  }

  /// All value cases.
  public static let values: [ValueCase] = load("values")

  /// All read cases.
  public static let reads: [ReadCase] = load("reads")

  /// The bytes of hexadecimal text.
  public static func bytes(_ hex: String) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(hex.utf8.count / 2)
    var high: UInt8?
    for digit in hex.utf8 {
      guard let value = Character(Unicode.Scalar(digit)).hexDigitValue else { continue }
      if let first = high {
        bytes.append(first << 4 | UInt8(value))
        high = nil
      } else {
        high = UInt8(value)
      }
    }
    return bytes
  }

  private static func load<Case: Decodable>(_ folder: String) -> [Case] {
    let root = Bundle.module.bundleURL.appending(path: "Corpus").appending(path: folder)
    do {
      return try FileManager.default.contentsOfDirectory(at: root, includingPropertiesForKeys: nil)
        .filter { $0.pathExtension == "json" }
        .sorted { $0.lastPathComponent < $1.lastPathComponent }
        .flatMap { try JSONDecoder().decode([Case].self, from: Data(contentsOf: $0)) }
    } catch {
      fatalError("the fixtures of this package are damaged: \(error)")
    }
  }
}
