import Foundation

/// What Node puts around the format.
extension Fixtures {
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
}
