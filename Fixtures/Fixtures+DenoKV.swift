/// What Deno KV stores.
extension Fixtures {
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
}
