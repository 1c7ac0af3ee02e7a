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

  /// What was put to Node's `v8.serialize` and to its channels, and what came of it.
  public struct NodeCase: Decodable, Sendable, CustomStringConvertible {
    /// The name of the value.
    public var name: String?
    /// The JavaScript expression.
    public var js: String?
    /// Bytes that were made by hand, in hexadecimal.
    public var bytes: String?
    /// What the engines did.
    public var goldens: [NodeGolden]

    /// The name, or the bytes.
    public var description: String { name ?? bytes ?? "" }
  }

  /// What some releases of Node did alike.
  public struct NodeGolden: Decodable, Sendable {
    /// The engines.
    public var engines: [String]
    /// The bytes, in hexadecimal; of a channel with the frame around them.
    public var written: String?
    /// The views in what was read, each as a class and bytes in hexadecimal.
    public var views: [String]?
    /// What was written after reading.
    public var rewritten: String?
    /// What a child that received the frame sent back.
    public var returned: String?
    /// Why it was refused to write it.
    public var refused: String?
    /// Why it could not be read.
    public var error: String?
  }

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

  /// A value in Deno KV.
  public struct DenoKVGolden: Decodable, Sendable, CustomStringConvertible {
    /// The name.
    public var name: String
    /// The JavaScript expression.
    public var js: String
    /// How the value is stored: 1 in V8's format, 2 as a number of 64 bits, 3 as bytes.
    public var encoding: Int
    /// What is stored, in hexadecimal.
    public var stored: String

    /// The name.
    public var description: String { name }
  }

  private struct DenoKVCorpus: Decodable { var goldens: [DenoKVGolden] }

  /// What Deno KV stores.
  public static let denoKV: [DenoKVGolden] = {
    let corpus: DenoKVCorpus = decode("Corpus/deno-kv.json")
    return corpus.goldens
  }()

  /// What Chromium says of bytes.
  public static let blinkVerdicts: [BlinkVerdict] = decode("Corpus/blink/verdicts.json")

  /// What Chromium made of values.
  public static let blinkValues: [BlinkCase] = decode("Corpus/blink/values.json")

  private static func blinkBytes(_ hex: String?, file: String?) -> [UInt8]? {
    if let hex { return bytes(hex) }
    return file.map { Array(read(Bundle.module.bundleURL.appending(path: "Corpus/blink/\($0)"))) }
  }

  /// What `v8.serialize` made of values.
  public static let nodeSerialize: [NodeCase] = decode("Corpus/node/serialize.json")
  /// What `v8.deserialize` made of bytes.
  public static let nodeDeserialize: [NodeCase] = decode("Corpus/node/deserialize.json")
  /// What went through channels between processes.
  public static let nodeChannel: [NodeCase] = decode("Corpus/node/channel.json")

  /// What a test process wrote that the runner of a release of Node had started.
  public static func nodeReporter(of engine: String) -> [UInt8] {
    Array(read(Bundle.module.bundleURL.appending(path: "Corpus/node/reporter.\(engine).bin")))
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

  private static func read(_ file: URL) -> Data {
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

  private static func decode<Content: Decodable>(_ path: String) -> Content {
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
