public import StructuredClone

/// Makes frames for the channel between a Node process and its child: `child_process` with `serialization: 'advanced'`.
///
/// A frame is its length in four bytes, the highest first, and a payload, in which host objects are those of
/// ``NodeHostObjects/Dialect/channel``.
public struct NodeChannelEncoder: Sendable {
  private let profile: CloneProfile
  private let limits: CloneLimits
  private let hostObjects: NodeHostObjects

  /// Makes an encoder.
  ///
  /// - Parameter profile: the release of Node whose bytes are written; by default what Node 18 and later read.
  public init(profile: CloneProfile = .default, limits: CloneLimits = .default) {
    self.profile = profile
    self.limits = limits
    hostObjects = NodeHostObjects(profile, dialect: .channel)
  }

  /// The frame of a message.
  ///
  /// - Throws: what cannot be written, and the path to it.
  public func encode(_ message: CloneValue) throws(DataCloneError) -> [UInt8] {
    var serializer = hostObjects.serializer(profile, limits)
    // Node keeps the place of the length, too, so that two-byte strings are aligned with it.
    var frame = try serializer.payload(of: message, behindZeros: NodeFrame.prefixLength)
    guard let length = UInt32(exactly: frame.count - NodeFrame.prefixLength) else {
      throw DataCloneError(.tooLong, message: "a frame holds less than 4 GiB")
    }
    NodeFrame.store(length, in: &frame)
    return frame
  }
}
