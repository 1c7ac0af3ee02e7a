import StructuredClone

/// Properties by their names.
extension DecodingState {
  /// The positions of an object's keys by what the strategy makes of their names. Of two that become one the last counts.
  func convertedKeys(of record: UInt32, _ path: PathStack.Reference) -> [String: Int] {
    var positions: [String: Int] = [:]
    let codingPath = codingPath(path)
    for position in reader.entries(of: record) {
      guard let (name, index) = reader.keyName(at: position) else { continue }
      switch options.keyDecodingStrategy {
      case .useDefaultKeys: positions[name] = position
      case .convertFromSnakeCase: positions[SnakeCase.key(of: name)] = position
      case .custom(let convert):
        let key: CloneCodingKey = index.map { .indexName($0, name) } ?? .name(name)
        positions[convert(codingPath + [key]).stringValue] = position
      }
    }
    return positions
  }
}
