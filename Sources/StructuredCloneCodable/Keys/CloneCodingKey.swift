/// A key of the coders' own: the place of an element, or a name that no type has declared.
enum CloneCodingKey: CodingKey {
  case index(Int)
  case name(String)
  /// A name that is an index.
  case indexName(Int, String)

  static let `super` = CloneCodingKey.name("super")

  init(stringValue: String) { self = .name(stringValue) }
  init(intValue: Int) { self = .indexName(intValue, "\(intValue)") }

  var stringValue: String {
    switch self {
    case .index(let index): "Index \(index)"
    case .name(let name), .indexName(_, let name): name
    }
  }

  var intValue: Int? {
    switch self {
    case .index(let index), .indexName(let index, _): index
    case .name: nil
    }
  }
}
