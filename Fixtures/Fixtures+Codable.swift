/// Swift types in JavaScript.
extension Fixtures {
  /// What Node writes for an expression whose value is a Swift type's.
  public struct CodableCase: Decodable, Sendable {
    /// The name.
    public var name: String
    /// The JavaScript expression.
    public var js: String
    /// What `v8.serialize` writes, in hexadecimal.
    public var written: String
    /// What the plain `v8.Serializer` writes, whose views are V8's own, if it differs.
    public var native: String?
  }

  /// The cases by name.
  public static let codable: [String: CodableCase] = {
    let cases: [CodableCase] = decode("Corpus/codable.json")
    return Dictionary(cases.map { ($0.name, $0) }) { first, _ in first }
  }()
}
