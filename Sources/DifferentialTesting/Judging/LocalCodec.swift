public import StructuredClone

/// This package's answers, with the semantics of `clone-conformance --profile NAME --rewrite engine`.
public struct LocalCodec: Sendable {
  /// The engine that is followed.
  public let profile: CloneProfile

  /// Makes a codec that follows an engine.
  public init(profile: CloneProfile, legacy: Bool) {
    var profile = profile
    profile.supportsLegacyWireFormat = legacy
    self.profile = profile
  }

  /// The answer to a payload.
  public func answer(_ payload: [UInt8]) -> Answer {
    let read: ClonePayload
    do {
      read = try ClonePayload(decoding: payload, profile: profile, representation: .engine)
    } catch {
      return .rejected(error.message)
    }
    do {
      return .accepted(
        position: read.byteCount, rewritten: try read.value.encoded(profile: profile))
    } catch {
      return .refused(position: read.byteCount, error.message)
    }
  }

  /// Why a payload is rejected, in two words: the reason without its particulars, and the tag.
  func rejection(of payload: [UInt8]) -> String {
    do {
      _ = try ClonePayload(decoding: payload, profile: profile, representation: .engine)
      return "accepted"
    } catch {
      let reason = String(describing: error.reason).prefix { $0 != "(" }
      return "\(reason) at \(error.tag.map { TagName.text($0) } ?? "no tag")"
    }
  }
}
