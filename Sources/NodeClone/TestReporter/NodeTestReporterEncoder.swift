public import StructuredClone

/// Makes events for Node's test runner, as a test process writes them that it has started.
public struct NodeTestReporterEncoder: Sendable {
  private let profile: CloneProfile
  private let limits: CloneLimits

  /// Makes an encoder.
  public init(profile: CloneProfile = .default, limits: CloneLimits = .default) {
    self.profile = profile
    self.limits = limits
  }

  /// The bytes of an event.
  ///
  /// - Throws: what cannot be written, and the path to it.
  public func encode(_ event: CloneValue) throws(DataCloneError) -> [UInt8] {
    let payload = try NodeV8.serialize(event, profile: profile, limits: limits)
    guard let length = UInt32(exactly: payload.count) else {
      throw DataCloneError(.tooLong, message: "an event holds less than 4 GiB")
    }
    // The header is that of the payload.
    var bytes = Array(payload.prefix(2)) + [0, 0, 0, 0]
    NodeFrame.store(length, in: &bytes, at: 2)
    return bytes + payload
  }
}
