public import StructuredClone

/// Node's module `v8`, as far as it clones.
public enum NodeV8 {
  /// The bytes that `v8.serialize(value)` makes: a header and the value, with views and `Buffer`s as host objects.
  ///
  /// - Parameter profile: the release of Node whose bytes are written; by default what Node 18 and later read.
  /// - Throws: what cannot be written, and the path to it.
  public static func serialize(
    _ value: CloneValue, profile: CloneProfile = .default, limits: CloneLimits = .default
  ) throws(DataCloneError) -> [UInt8] {
    var serializer = NodeHostObjects(profile).serializer(profile, limits)
    return try serializer.payload(of: value)
  }

  /// The value that `v8.deserialize(bytes)` reads.
  ///
  /// Each view has a buffer of its own. A `Buffer` is what ``NodeBuffer`` says.
  ///
  /// - Parameters:
  ///   - bytes: kept by the value, without a copy. Bytes behind the value are ignored, as by Node.
  ///   - profile: the release of Node to be as strict as; by default whatever any of them wrote is read.
  /// - Throws: why and where the bytes are no payload.
  public static func deserialize(
    _ bytes: [UInt8], profile: CloneProfile = .default, limits: CloneLimits = .default
  ) throws(CloneDecodingError) -> CloneValue {
    let hostObjects = NodeHostObjects(profile)
    return try ValueDeserializer.readPayload(
      bytes, profile: profile, limits: limits, delegate: hostObjects,
      hostObjectViews: hostObjects.viewLayout)
  }
}
