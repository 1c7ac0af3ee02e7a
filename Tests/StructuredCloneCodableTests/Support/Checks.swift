import Foundation
import StructuredClone
import StructuredCloneCodable
import Testing
import _CloneFixtures

/// Writes a value, compares it with the value that JavaScript would see, and reads it again.
func expectRoundTrip<T: Codable & Equatable>(
  _ value: T, _ expected: CloneValue, _ encoder: CloneEncoder = CloneEncoder(),
  _ decoder: CloneDecoder = CloneDecoder(), sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let bytes = try encoder.encode(value)
  let expectedBytes = hex(try expected.encoded())
  #expect(hex(bytes) == expectedBytes, sourceLocation: sourceLocation)
  #expect(try decoder.decode(T.self, from: bytes) == value, sourceLocation: sourceLocation)
}

/// Reads a type from a value that JavaScript could have written.
func decode<T: Decodable>(
  _ type: T.Type, _ value: CloneValue, _ decoder: CloneDecoder = CloneDecoder()
) throws -> T {
  try decoder.decode(type, from: value.encoded())
}

/// What an encoder makes of a value, as JavaScript would see it.
func written(_ value: some Encodable, _ encoder: CloneEncoder = CloneEncoder()) throws -> CloneValue
{
  try CloneValue(decoding: encoder.encode(value))
}

/// The names of a coding path, with dots between.
func names(_ path: [any CodingKey]) -> String {
  path.map { $0.intValue.map { "\($0)" } ?? $0.stringValue }.joined(separator: ".")
}

/// Expects a `DecodingError` at a path, with the typed error and its offset.
func expectError<T: Decodable>(
  _ type: T.Type, _ bytes: [UInt8], _ decoder: CloneDecoder = CloneDecoder(), at path: String,
  offset: Int, _ reason: CloneDecodingError.Reason,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let error = #expect(throws: DecodingError.self, sourceLocation: sourceLocation) {
    try decoder.decode(type, from: bytes)
  }
  guard let context = error?.context else { return }
  #expect(names(context.codingPath) == path, sourceLocation: sourceLocation)
  let cause = context.underlyingError as? CloneDecodingError
  #expect(cause?.reason == reason, sourceLocation: sourceLocation)
  #expect(cause?.offset == offset, sourceLocation: sourceLocation)
  #expect(
    context.debugDescription.hasPrefix("offset \(offset)"), sourceLocation: sourceLocation)
}

extension DecodingError {
  var context: Context? {
    switch self {
    case .typeMismatch(_, let context), .valueNotFound(_, let context),
      .keyNotFound(_, let context), .dataCorrupted(let context):
      context
    @unknown default: nil
    }
  }
}

extension EncodingError {
  var context: Context? {
    switch self {
    case .invalidValue(_, let context): context
    @unknown default: nil
    }
  }
}
