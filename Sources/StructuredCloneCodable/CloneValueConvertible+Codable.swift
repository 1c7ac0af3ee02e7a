public import StructuredClone

/// What is `Codable` is convertible by saying so, such as for the arguments of a typed channel:
///
/// ```swift
/// struct User: Codable, CloneValueConvertible { var name: String }
/// ```
extension CloneValueConvertible where Self: Decodable {
  /// Decodes a value.
  ///
  /// - Throws: what was expected, what was found instead, and where.
  public init(cloneValue: CloneValue) throws(CloneConversionError) {
    do {
      self = try CloneDecoder().decode(Self.self, from: cloneValue)
    } catch {
      throw CloneConversionError(error)
    }
  }
}

extension CloneValueConvertible where Self: Encodable {
  /// Encodes the value.
  ///
  /// - Throws: why there is no JavaScript value, and which part has none.
  public func cloneValue() throws(CloneConversionError) -> CloneValue {
    do {
      return try CloneValue(decoding: try CloneEncoder().encode(self))
    } catch {
      throw CloneConversionError(error)
    }
  }
}

extension CloneConversionError {
  fileprivate init(_ error: any Error) {
    switch error {
    case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context),
      DecodingError.dataCorrupted(let context):
      self.init(context.debugDescription, at: ClonePath(context.codingPath))
    case DecodingError.keyNotFound(let key, let context):
      self.init("there is no \(key.stringValue)", at: ClonePath(context.codingPath))
    case EncodingError.invalidValue(_, let context):
      self.init(context.debugDescription, at: ClonePath(context.codingPath))
    default: self.init("\(error)")
    }
  }
}

extension ClonePath {
  fileprivate init(_ path: [any CodingKey]) {
    self.init(
      path.map { key in
        key.intValue.map { .element($0) } ?? .property(ClonePropertyKey(key.stringValue))
      })
  }
}
