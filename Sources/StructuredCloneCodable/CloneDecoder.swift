import NodeClone
public import StructuredClone

#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

/// Reads Swift types from payloads, without a tree of values between.
///
/// ```swift
/// struct User: Codable { var id: Int; var name: String }
/// let user = try CloneDecoder().decode(User.self, from: bytes)
/// ```
///
/// Whatever is wrong in the payload by the rules and limits of ``ValueDeserializer`` is an error, also where no type reads it;
/// what is before it types may have read by then.
public struct CloneDecoder: Sendable {
  /// The engine to be as strict as; by default every layout is read.
  public var profile: CloneProfile
  /// The limits that apply to the payload.
  public var limits: CloneLimits
  /// What types find in their decoder's `userInfo`.
  public var userInfo: [CodingUserInfoKey: any Sendable] = [:]
  /// How dates are read.
  public var dateDecodingStrategy = DateDecodingStrategy.date
  /// How data is read.
  public var dataDecodingStrategy = DataDecodingStrategy.bytes
  /// How names of properties become keys.
  public var keyDecodingStrategy = KeyDecodingStrategy.useDefaultKeys
  /// How floating-point numbers are read that are not finite.
  public var nonFiniteNumberDecodingStrategy = NonFiniteNumberDecodingStrategy.number
  /// How integers are read.
  public var largeIntegerDecodingStrategy = LargeIntegerDecodingStrategy.number
  /// Whether references to one object give one instance of a class.
  public var identityDecodingStrategy = IdentityDecodingStrategy.ignored
  /// How deep types may be nested that read themselves from each other; 512 by default.
  ///
  /// `Decodable` calls itself: nesting takes the thread's stack, and a payload may be nested as deep as it likes where a type
  /// contains itself.
  public var maximumDepth = 512

  /// Makes a decoder of the usual strategies.
  public init(profile: CloneProfile = .default, limits: CloneLimits = .default) {
    self.profile = profile
    self.limits = limits
  }

  /// Reads a value from a payload with a header. Bytes behind the value are ignored.
  ///
  /// Views and `Buffer`s as Node's `v8.serialize` writes them are read, and those of V8's own.
  ///
  /// - Throws: a `DecodingError`, whose `underlyingError` is a ``CloneDecodingError`` with the offset in the bytes; and what
  ///   the types throw.
  public func decode<T: Decodable>(_ type: T.Type, from bytes: [UInt8]) throws -> T {
    // The state lets go of the pointer when it has read the value; whoever keeps it may go on with the bytes it has.
    try unsafe bytes.withUnsafeBytes { pointer throws -> T in
      if let sequence = unsafe sequence(of: pointer) {
        let state = DecodingState(.undefined, sequence, of: bytes, options: self)
        do {
          let value = try state.decode(type)
          if !state.isMistaken { return value }
        } catch {
          if !state.isMistaken { throw error }
        }
      }
      return try DecodingState(content(of: bytes), of: bytes, options: self)
        .decodeSame(type, at: DecodingState.root, .root)
    }
  }

  /// A reader of a payload's bytes as they come; `nil` if a strategy or a limit asks for more.
  private func sequence(of bytes: UnsafeRawBufferPointer) -> SequentialReader? {
    guard usesDefaultKeys, case .number = nonFiniteNumberDecodingStrategy,
      identityDecodingStrategy != .references, bytes.count < Int(Int32.max),
      let direct = unsafe DirectReader(bytes, profile: profile, limits: limits)
    else { return nil }
    var takesDates = false
    if case .date = dateDecodingStrategy { takesDates = true }
    return SequentialReader(direct, mostLevels: limits.depth, takesDates: takesDates)
  }

  /// Reads a value from a payload with a header.
  ///
  /// - Throws: as ``decode(_:from:)-(_,[UInt8])``.
  public func decode<T: Decodable>(_ type: T.Type, from data: Data) throws -> T {
    try decode(type, from: [UInt8](data))
  }

  /// Reads a Swift type from a value.
  ///
  /// - Throws: as ``decode(_:from:)-(_,[UInt8])``; of a value that was not read from bytes the offset is 0.
  public func decode<T: Decodable>(_ type: T.Type, from value: CloneValue) throws -> T {
    try DecodingState(value, options: self).decodeSame(type, at: DecodingState.root, .root)
  }

  /// Reads a type that reads itself, straight from the bytes.
  ///
  /// - Throws: as ``decode(_:from:)-(_,[UInt8])``.
  public func read<T: CloneReadable>(_ type: T.Type, from bytes: [UInt8]) throws -> T {
    if usesDefaultKeys, case .number = nonFiniteNumberDecodingStrategy {
      do {
        return try readDirectly(type, bytes)
      } catch {
        // Also an error of the type's own: it is thrown again on the other way, with a payload that is whole.
      }
    }
    var general = CloneReader(DecodingState(try content(of: bytes), of: bytes, options: self))
    return try T(reading: &general)
  }

  /// Reads a value whose bytes are as its type expects, or throws. An optional result would be a type that is looked up at
  /// each call.
  private func readDirectly<T: CloneReadable>(_ type: T.Type, _ bytes: [UInt8]) throws -> T {
    // The pointer does not leave the closure: the reader cannot be copied.
    return try unsafe bytes.withUnsafeBytes { bytes throws -> T in
      guard let direct = unsafe DirectReader(bytes, profile: profile, limits: limits) else {
        throw CloneReader.Derailment()
      }
      var reader = CloneReader(direct, self)
      let value = try T(reading: &reader)
      guard !reader.isDerailed else { throw CloneReader.Derailment() }
      return value
    }
  }

  /// Whether keys are the names of properties.
  var usesDefaultKeys: Bool {
    if case .useDefaultKeys = keyDecodingStrategy { true } else { false }
  }

  /// The value of a payload.
  func content(of bytes: [UInt8]) throws(DecodingError) -> CloneValue {
    do {
      return try NodeV8.deserialize(bytes, profile: profile, limits: limits)
    } catch {
      throw DecodingError.dataCorrupted(
        DecodingError.Context(
          codingPath: [], debugDescription: error.diagnosis, underlyingError: error))
    }
  }

  /// How many values may be read from a payload in which references can multiply them.
  func expansionAllowance(byteCount: Int) -> Int { 1 << 16 + 64 * byteCount }
}
