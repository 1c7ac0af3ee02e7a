import NodeClone
public import StructuredClone

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Writes Swift types to payloads, without a tree of values between.
///
/// ```swift
/// let bytes = try CloneEncoder().encode(user)
/// ```
public struct CloneEncoder: Sendable {
  /// The engine whose bytes are written; by default what every current engine reads.
  public var profile: CloneProfile
  /// The limits that apply to values of this package.
  public var limits: CloneLimits
  /// What types find in their encoder's `userInfo`.
  public var userInfo: [CodingUserInfoKey: any Sendable] = [:]
  /// How dates are written.
  public var dateEncodingStrategy = DateEncodingStrategy.date
  /// How data is written.
  public var dataEncodingStrategy = DataEncodingStrategy.uint8Array
  /// How keys become names of properties.
  public var keyEncodingStrategy = KeyEncodingStrategy.useDefaultKeys
  /// How floating-point numbers are written that are not finite.
  public var nonFiniteNumberEncodingStrategy = NonFiniteNumberEncodingStrategy.number
  /// How integers are written that a number may not hold exactly: those beyond 2^53.
  public var largeIntegerEncodingStrategy = LargeIntegerEncodingStrategy.bigInt
  /// How dictionaries are written.
  public var dictionaryEncodingStrategy = DictionaryEncodingStrategy.object
  /// Whether names of dictionaries are sorted, so that equal ones give equal bytes.
  public var sortsDictionaryKeys = false
  /// How sets are written.
  public var setEncodingStrategy = SetEncodingStrategy.set
  /// How an optional property is written that is `nil`.
  public var missingValueEncodingStrategy = MissingValueEncodingStrategy.absent
  /// How `nil` is written where something must stand: among elements, and where a type writes it itself.
  public var nilEncodingStrategy = NilEncodingStrategy.null
  /// Whether an instance of a class that is met again is written as a reference.
  public var identityEncodingStrategy = IdentityEncodingStrategy.ignored
  /// How deep types may be nested; 512 by default. `Encodable` calls itself: nesting takes the thread's stack.
  public var maximumDepth = 512

  /// Makes an encoder of the usual strategies.
  public init(profile: CloneProfile = .default, limits: CloneLimits = .default) {
    self.profile = profile
    self.limits = limits
  }

  /// The bytes of a value, with a header.
  ///
  /// A type that fills several containers in turn, gives a key twice, indices behind names, or passes over an error is asked to
  /// encode itself twice.
  ///
  /// - Throws: an `EncodingError`, whose `underlyingError` is a ``DataCloneError``; and what the types throw.
  public func encode<T: Encodable>(_ value: T) throws -> [UInt8] {
    let state = EncodingState(self)
    state.containers.begin()
    defer { state.containers.end(EncodingState.spareContainers) }
    do {
      try state.encodeSame(value, at: state.place, .root)
      if !state.isDerailed, !state.isSpoiled { return state.writer.takeBytes() }
    } catch {
      if !state.isDerailed { throw error }
    }
    let nodes = NodeEncoding()
    let root = nodes.root()
    try EncodingState(self, nodes: nodes).encode(value, at: root, in: nodes, .root)
    return try bytes(of: nodes.finish(root: root), value)
  }

  /// The bytes of a value that writes itself, with a header: those of ``encode(_:)``.
  ///
  /// - Throws: as ``encode(_:)``; also an error that a type passes over, which leaves a part of its value.
  public func write<T: CloneWritable>(_ value: T) throws -> [UInt8] {
    var writer = CloneWriter(self)
    do {
      try value.write(to: &writer)
      if let error = writer.firstError { throw error }
    } catch let failure as CloneWriter.Failure {
      throw failure.refusal.encodingError(of: failure.value, at: failure.keys.reversed())
    }
    return writer.leaves.payload.takeBytes()
  }

  private func bytes(of content: CloneValue, _ value: some Encodable) throws -> [UInt8] {
    do throws(DataCloneError) {
      return try content.encoded(
        profile: profile, limits: limits, delegate: NodeHostObjects(profile))
    } catch {
      throw EncodingError.invalidValue(
        value,
        EncodingError.Context(
          codingPath: [], debugDescription: error.description, underlyingError: error))
    }
  }
}
