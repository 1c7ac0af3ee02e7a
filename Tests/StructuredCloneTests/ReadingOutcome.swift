import StructuredClone

/// What reading a payload comes to, for comparisons.
enum ReadingOutcome: Equatable {
  case value(CloneValue, end: Int, version: UInt32)
  case failure(CloneDecodingError)

  init(of deserializer: inout ValueDeserializer) {
    do {
      try deserializer.readHeader()
      let value = try deserializer.readValue()
      self = .value(
        value, end: deserializer.position, version: deserializer.wireFormatVersion)
    } catch {
      self = .failure(error)
    }
  }

  /// The bytes of the value, or `nil` if there is none.
  var rewritten: [UInt8]? {
    guard case .value(let value, _, _) = self else { return nil }
    return try? value.encoded()
  }
}
