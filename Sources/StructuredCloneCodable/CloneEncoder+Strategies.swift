#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

extension CloneEncoder {
  /// How dates are written.
  public enum DateEncodingStrategy: Sendable {
    /// A JavaScript `Date`, to the nearest millisecond.
    case date
    /// Text of ISO 8601, as JavaScript's `toISOString` writes it.
    case iso8601
    /// A number of seconds since 1970.
    case secondsSince1970
    /// A number of milliseconds since 1970, to the nearest, as JavaScript's `Date.now()`.
    case millisecondsSince1970
    /// As the type does it itself: a number of seconds since 2001.
    case deferredToDate
    /// By a closure.
    case custom(@Sendable (Date, any Encoder) throws -> Void)
  }

  /// How data is written.
  public enum DataEncodingStrategy: Sendable {
    /// An `ArrayBuffer`.
    case arrayBuffer
    /// A `Uint8Array` on a buffer of its own.
    case uint8Array
    /// A Node `Buffer`, which only Node reads.
    case nodeBuffer
    /// An array of numbers.
    case numbers
    /// Base64 text.
    case base64
    /// By a closure.
    case custom(@Sendable (Data, any Encoder) throws -> Void)
  }

  /// How keys become names of properties. Keys of dictionaries stay as they are.
  public enum KeyEncodingStrategy: Sendable {
    /// As they are.
    case useDefaultKeys
    /// `oneTwoThree` becomes `one_two_three`.
    case convertToSnakeCase
    /// By a closure, which gets the path to the key, the key last.
    case custom(@Sendable ([any CodingKey]) -> any CodingKey)
  }

  /// How floating-point numbers are written that are not finite.
  public enum NonFiniteNumberEncodingStrategy: Sendable {
    /// JavaScript's numbers hold them.
    case number
    /// They are an error.
    case `throw`
    /// As these strings.
    case convertToString(positiveInfinity: String, negativeInfinity: String, nan: String)
  }

  /// How integers beyond ±2^53 are written. Others are numbers.
  public enum LargeIntegerEncodingStrategy: Hashable, Sendable {
    /// As a BigInt.
    case bigInt
    /// As a string of decimal digits.
    case string
    /// They are an error.
    case `throw`
  }

  /// How dictionaries are written.
  public enum DictionaryEncodingStrategy: Hashable, Sendable {
    /// As an object if the keys are strings, integers or `CodingKeyRepresentable`; else as a `Map`.
    case object
    /// As a `Map`, whose keys are what the keys are.
    case map
  }

  /// How sets are written.
  public enum SetEncodingStrategy: Hashable, Sendable {
    /// As a `Set`.
    case set
    /// As an array.
    case array
  }

  /// How an optional property is written that is `nil`, by `encodeIfPresent`.
  public enum MissingValueEncodingStrategy: Hashable, Sendable {
    /// There is no such property.
    case absent
    /// The property is `null`.
    case null
    /// The property is `undefined`.
    case undefined
  }

  /// How `nil` is written where something must stand.
  public enum NilEncodingStrategy: Hashable, Sendable {
    /// As `null`.
    case null
    /// As `undefined`.
    case undefined
  }

  /// What becomes of instances of classes that are met again.
  public enum IdentityEncodingStrategy: Hashable, Sendable {
    /// They are written again. One that contains itself is an error.
    case ignored
    /// They are references to the object that was written first, also from within it.
    case references
  }
}
