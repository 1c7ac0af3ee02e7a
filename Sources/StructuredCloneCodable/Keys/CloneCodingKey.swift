/// A key of the coders' own: the place of an element, or a name that no type has declared. It fits in an existential without memory
/// of its own.
enum CloneCodingKey: CodingKey {
  case index(Int)
  case name(String)
  /// A name that is an index.
  case indexName(String, UInt32)

  static let `super` = CloneCodingKey.name("super")

  /// The key of a property.
  init(name: String, index: Int?) {
    self = index.flatMap { UInt32(exactly: $0) }.map { .indexName(name, $0) } ?? .name(name)
  }

  init(stringValue: String) { self = .name(stringValue) }
  init?(intValue: Int) {
    guard let index = UInt32(exactly: intValue) else { return nil }
    self = .indexName("\(intValue)", index)
  }

  var stringValue: String {
    switch self {
    case .index(let index): "Index \(index)"
    case .name(let name), .indexName(let name, _): name
    }
  }

  var intValue: Int? {
    switch self {
    case .index(let index): index
    case .indexName(_, let index): Int(index)
    case .name: nil
    }
  }
}
