import StructuredClone

/// Properties by their names.
extension DecodingState {
  /// The position of a property's value; `nil` if there is none.
  func property(
    _ name: String, of object: Record, index: UInt32, prediction: Int,
    converted: [String: Int]?
  ) -> Position? {
    if let converted { return converted[name].map { Position($0 + 1) } }
    let predicted = self.prediction(at: prediction)
    if predicted < Int(object.start) &+ 2 &* Int(object.count), content.isKey(at: predicted, name) {
      setPrediction(predicted &+ 2, at: prediction)
      return Position(truncatingIfNeeded: predicted &+ 1)
    }
    guard let position = reader.position(of: name, in: object, index: index, predicted: predicted)
    else { return nil }
    setPrediction(position &+ 2, at: prediction)
    return Position(truncatingIfNeeded: position &+ 1)
  }

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
