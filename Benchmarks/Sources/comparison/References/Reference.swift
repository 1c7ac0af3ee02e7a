import ArgumentParser
import Foundation
import Workloads

/// Other codecs, on the same value, for scale.
enum Reference: String, CaseIterable, ExpressibleByArgument {
  case jsonDecoder, jsonSerializationRead, propertyListDecoder
  case jsonEncoder, jsonSerializationWrite, propertyListEncoder

  /// The codec's name.
  var title: String {
    switch self {
    case .jsonDecoder: "`JSONDecoder`"
    case .jsonEncoder: "`JSONEncoder`"
    case .jsonSerializationRead, .jsonSerializationWrite: "`JSONSerialization`"
    case .propertyListDecoder: "`PropertyListDecoder`"
    case .propertyListEncoder: "`PropertyListEncoder`"
    }
  }

  static let reading: [Reference] = [.jsonDecoder, .jsonSerializationRead, .propertyListDecoder]
  static let writing: [Reference] = [.jsonEncoder, .jsonSerializationWrite, .propertyListEncoder]

  /// Prepares the codec for a payload.
  func work(_ payload: Payload, in folder: URL) throws -> Work {
    let text = try payload.jsonText(in: folder)
    switch self {
    case .jsonDecoder:
      return Work(byteCount: text.count) {
        blackHole(try JSONDecoder().decode(JSONValue.self, from: text))
      }
    case .jsonSerializationRead:
      return Work(byteCount: text.count) {
        blackHole(try JSONSerialization.jsonObject(with: text, options: .fragmentsAllowed))
      }
    case .propertyListDecoder:
      let list = try Self.binaryEncoder.encode(Self.value(text))
      return Work(byteCount: list.count) {
        blackHole(try PropertyListDecoder().decode(JSONValue.self, from: list))
      }
    case .jsonEncoder:
      let value = try Self.value(text)
      return Work(byteCount: text.count) { blackHole(try JSONEncoder().encode(value)) }
    case .jsonSerializationWrite:
      let object = try JSONSerialization.jsonObject(with: text, options: .fragmentsAllowed)
      return Work(byteCount: text.count) {
        blackHole(
          try JSONSerialization.data(withJSONObject: object, options: .fragmentsAllowed))
      }
    case .propertyListEncoder:
      let value = try Self.value(text)
      return Work(byteCount: try Self.binaryEncoder.encode(value).count) {
        blackHole(try Self.binaryEncoder.encode(value))
      }
    }
  }

  private static func value(_ text: Data) throws -> JSONValue {
    try JSONDecoder().decode(JSONValue.self, from: text)
  }

  private static var binaryEncoder: PropertyListEncoder {
    let encoder = PropertyListEncoder()
    encoder.outputFormat = .binary
    return encoder
  }
}
