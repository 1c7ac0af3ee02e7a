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

  /// A regular expression and what the engines say of it.
  public struct RegExpCase: Sendable {
    /// The source, in UTF-16 units.
    public var pattern: [UInt16]
    /// The flags.
    public var flags: String
    /// What is wrong with it, for each of ``regExpEngines``: nothing if it does not know the flags, an empty text if
    /// it compiles.
    public var reasons: [String?]
  }

  /// The engines that judged regular expressions.
  public static let regExpEngines = [
    "node14", "node16", "node18", "node20", "node22", "node24", "deno",
  ]

  /// What engines know of Unicode; grouped by the engines that have it.
  public struct RegExpUnicode: Decodable, Sendable {
    /// What some engines have.
    public struct Group<Element: Decodable & Sendable>: Decodable, Sendable {
      /// The engines.
      public var engines: [String]
      /// What they have.
      public var list: [Element]
    }

    /// What can stand in `\p{…}`; what nobody has is there, too.
    public var properties: [Group<String>]
    /// Ranges of characters that can begin an identifier, beyond ASCII.
    public var identifierStart: [Group<[UInt32]>]
    /// Ranges of characters that can stand in an identifier, beyond ASCII.
    public var identifierPart: [Group<[UInt32]>]
  }

  /// All value cases.
  public static let values: [ValueCase] = load("values")

  /// All read cases.
  public static let reads: [ReadCase] = load("reads")

  /// All regular expressions.
  public static let regExps: [RegExpCase] = regExps(
    inFile: Bundle.module.bundleURL.appending(path: "Corpus/regexps/patterns.txt").path)

  /// Regular expressions from a file in the format of the corpus.
  public static func regExps(inFile path: String) -> [RegExpCase] {
    let lines = read(URL(filePath: path)).split(separator: UInt8(ascii: "\n"))
    var reasons: [UInt8: String] = [UInt8(ascii: "."): ""]
    for line in lines.prefix(while: { $0.first == UInt8(ascii: "#") && $0.dropFirst().first == 32 })
    {
      reasons[line[line.startIndex + 2]] = String(decoding: line.dropFirst(4), as: UTF8.self)
    }
    return lines.dropFirst(reasons.count - 1).flatMap { line in
      let fields = line.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)
      let pattern = units(fields[0])
      return fields.dropFirst().map { field in
        let parts = field.split(separator: UInt8(ascii: "="), omittingEmptySubsequences: false)
        let flags = String(decoding: parts[0], as: UTF8.self)
        let codes = parts[1].map { reasons[$0] }
        return RegExpCase(
          pattern: pattern, flags: flags,
          reasons: codes.count == 1
            ? regExpEngines.map { knows($0, flags) ? codes[0] : nil } : codes)
      }
    }
  }

  /// What engines know of Unicode.
  public static let regExpUnicode: RegExpUnicode = decode("Corpus/regexps/unicode.json")

  /// Inputs with which a fuzz target once found something, by their file names.
  public static func crashes(of target: String) -> [(name: String, bytes: [UInt8])] {
    let folder = Bundle.module.bundleURL.appending(path: "Crashes").appending(path: target)
    let files = try? FileManager.default.contentsOfDirectory(
      at: folder, includingPropertiesForKeys: nil)
    // There is no folder where nothing was found.
    return (files ?? []).sorted { $0.path < $1.path }.map {
      ($0.lastPathComponent, Array(read($0)))
    }
  }

  /// Whether an engine compiles with these flags at all.
  private static func knows(_ engine: String, _ flags: String) -> Bool {
    switch engine {
    case "node14": !flags.contains("d") && !flags.contains("v")
    case "node16", "node18": !flags.contains("v")
    case "node20": true
    default: !(flags.contains("u") && flags.contains("v"))
    }
  }

  /// Text in which a percent sign and four digits stand for a unit.
  private static func units(_ text: Data) -> [UInt16] {
    var units: [UInt16] = []
    var rest = text[...]
    while let first = rest.popFirst() {
      guard first == UInt8(ascii: "%") else {
        units.append(UInt16(first))
        continue
      }
      units.append(UInt16(String(decoding: rest.prefix(4), as: UTF8.self), radix: 16) ?? 0)
      rest = rest.dropFirst(4)
    }
    return units
  }

  static func read(_ file: URL) -> Data {
    do {
      return try Data(contentsOf: file)
    } catch {
      fatalError("the fixtures of this package are damaged: \(error)")
    }
  }

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

  static func decode<Content: Decodable>(_ path: String) -> Content {
    do {
      return try JSONDecoder().decode(
        Content.self, from: read(Bundle.module.bundleURL.appending(path: path)))
    } catch {
      fatalError("the fixtures of this package are damaged: \(error)")
    }
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
