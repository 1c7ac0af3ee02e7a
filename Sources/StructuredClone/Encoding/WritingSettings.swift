/// By whose rules and in which layout is written.
struct WritingSettings: Sendable {
  let profile: CloneProfile
  let format: CloneFormat
  /// Whether facts that only the bytes show are written as they were read.
  let isFaithful: Bool

  /// - Parameter format: the layout of what was read, if it is kept.
  init(profile: CloneProfile, format: CloneFormat?) {
    self.profile = profile
    self.format = format ?? profile.format
    isFaithful = format != nil
  }
}
