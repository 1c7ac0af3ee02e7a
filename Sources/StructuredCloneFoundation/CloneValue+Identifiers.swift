public import Foundation
public import StructuredClone

// JavaScript's URLs cannot be cloned, and it has no type for UUIDs: both travel as strings.

extension CloneValue {
  /// Makes a string of an absolute URL.
  public init(_ url: URL) { self.init(url.absoluteString) }

  /// Makes a string of a UUID in lower case, as `crypto.randomUUID()` does.
  public init(_ uuid: UUID) { self.init(uuid.uuidString.lowercased()) }
}

extension URL {
  /// Makes a URL of a string.
  ///
  /// - Throws: that the value is no string, or holds no URL.
  public init(_ value: CloneValue) throws(CloneConversionError) {
    guard case .string(let string) = value else {
      throw CloneConversionError(expected: "URL", found: value)
    }
    guard let text = String(exactly: string), let url = URL(string: text) else {
      throw CloneConversionError.malformed(string.debugDescription, type: "URL")
    }
    self = url
  }
}

extension UUID {
  /// Makes a UUID of a string, in either case.
  ///
  /// - Throws: that the value is no string, or holds no UUID.
  public init(_ value: CloneValue) throws(CloneConversionError) {
    guard case .string(let string) = value else {
      throw CloneConversionError(expected: "UUID", found: value)
    }
    guard let text = String(exactly: string), let uuid = UUID(uuidString: text) else {
      throw CloneConversionError.malformed(string.debugDescription, type: "UUID")
    }
    self = uuid
  }
}
