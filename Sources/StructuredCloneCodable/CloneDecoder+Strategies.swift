#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

extension CloneDecoder {
  /// How dates are read.
  public enum DateDecodingStrategy: Sendable {
    /// A JavaScript `Date`.
    case date
    /// Text of ISO 8601, with or without fractions of seconds, as JavaScript's `toISOString` writes it.
    case iso8601
    /// A number of seconds since 1970.
    case secondsSince1970
    /// A number of milliseconds since 1970, JavaScript's `Date.now()`.
    case millisecondsSince1970
    /// As the type does it itself: a number of seconds since 2001.
    case deferredToDate
    /// By a closure.
    case custom(@Sendable (any Decoder) throws -> Date)
  }

  /// How data is read.
  public enum DataDecodingStrategy: Sendable {
    /// The bytes of an `ArrayBuffer`, of any view or of a Node `Buffer`, or an array of numbers from 0 to 255.
    case bytes
    /// Base64 text.
    case base64
    /// By a closure.
    case custom(@Sendable (any Decoder) throws -> Data)
  }

  /// How names of properties become keys. Keys of dictionaries stay as they are.
  public enum KeyDecodingStrategy: Sendable {
    /// As they are.
    case useDefaultKeys
    /// `one_two_three` becomes `oneTwoThree`.
    case convertFromSnakeCase
    /// By a closure, which gets the path to the name, the name last.
    case custom(@Sendable ([any CodingKey]) -> any CodingKey)
  }

  /// How floating-point numbers are read that are not finite.
  public enum NonFiniteNumberDecodingStrategy: Sendable {
    /// JavaScript's numbers hold them.
    case number
    /// They are an error.
    case `throw`
    /// As these strings, and as numbers.
    case convertFromString(positiveInfinity: String, negativeInfinity: String, nan: String)
  }

  /// How integers are read. A BigInt is one in any case.
  public enum LargeIntegerDecodingStrategy: Hashable, Sendable {
    /// From numbers.
    case number
    /// From numbers and from strings of decimal digits.
    case numberOrString
  }

  /// What becomes of references to one object.
  public enum IdentityDecodingStrategy: Hashable, Sendable {
    /// The object is read again for each reference.
    case ignored
    /// A class has one instance for each object. An object that contains itself cannot be read: `init(from:)` has no
    /// instance to refer to before it returns.
    case references
  }
}
