import StructuredClone

/// Properties by their names.
extension DecodingState {
  /// The position of a property's value; `nil` if there is none.
  ///
  /// - Parameters:
  ///   - prediction: the place that was made for the object's container.
  ///   - path: the path to the object.
  @inline(__always)
  func property(
    _ name: String, of object: Record, index: UInt32, prediction: Int, _ path: PathStack.Reference
  ) -> Position? {
    if usesDefaultKeys, let position = nextProperty(name, of: object, prediction: prediction) {
      return position
    }
    return otherProperty(name, of: object, index: index, prediction: prediction, path)
  }

  /// The same if it is the one that is expected next, as it nearly always is.
  private func nextProperty(_ name: String, of object: Record, prediction: Int) -> Position? {
    let predicted = self.prediction(at: prediction)
    guard object.hasKey(at: predicted), content.isKey(at: predicted, name) else { return nil }
    setPrediction(predicted &+ 2, at: prediction)
    return Position(truncatingIfNeeded: predicted &+ 1)
  }

  @inline(never)
  private func otherProperty(
    _ name: String, of object: Record, index: UInt32, prediction: Int, _ path: PathStack.Reference
  ) -> Position? {
    // There may be no such object.
    guard failure == nil else { return nil }
    guard usesDefaultKeys else {
      return convertedKeys(of: index, path)[name].map { Position($0 + 1) }
    }
    let predicted = self.prediction(at: prediction)
    guard let position = reader.position(of: name, in: object, index: index, predicted: predicted)
    else { return nil }
    setPrediction(position &+ 2, at: prediction)
    return Position(truncatingIfNeeded: position &+ 1)
  }

  /// The positions of an object's keys by what the strategy makes of their names.
  func convertedKeys(of record: UInt32, _ path: PathStack.Reference) -> [String: Int] {
    if let known = convertedKeys[path] { return known }
    let positions = convertKeys(of: record, path)
    convertedKeys.insert(positions, at: path)
    return positions
  }

  /// Of two keys that become one the last counts.
  private func convertKeys(of record: UInt32, _ path: PathStack.Reference) -> [String: Int] {
    var positions: [String: Int] = [:]
    let codingPath = codingPath(path)
    for position in reader.entries(of: record) {
      guard let (name, index) = reader.keyName(at: position) else { continue }
      switch options.keyDecodingStrategy {
      case .useDefaultKeys: positions[name] = position
      case .convertFromSnakeCase: positions[SnakeCase.key(of: name)] = position
      case .custom(let convert):
        let key = CloneCodingKey(name: name, index: index)
        positions[convert(codingPath + [key]).stringValue] = position
      }
    }
    return positions
  }
}
