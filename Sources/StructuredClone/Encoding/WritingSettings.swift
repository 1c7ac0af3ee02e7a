/// What is written, in a place of its own: a profile is large, and copying it took as long as writing a small message.
final class WritingSettings: Sendable {
  let profile: CloneProfile
  let format: CloneFormat
  /// Whether facts that only the bytes show are written as they were read.
  let isFaithful: Bool

  init(profile: CloneProfile, format: CloneFormat?) {
    self.profile = profile
    self.format = format ?? profile.format
    isFaithful = format != nil
  }

  private static let portable = WritingSettings(profile: .default, format: nil)

  private static let oldestVersion: UInt32 = 13
  private static let newestVersion: UInt32 = 16

  /// The settings for each format of the versions that engines write.
  private static let faithful = (oldestVersion...newestVersion).flatMap { version in
    [(false, false), (false, true), (true, false), (true, true)].map {
      stackBeforeCause, viewFlags in
      WritingSettings(
        profile: .default,
        format: CloneFormat(
          version: version, stackBeforeCause: stackBeforeCause, viewFlags: viewFlags))
    }
  }

  /// The settings for what was read in a format, or was made here.
  static func of(_ format: CloneFormat?) -> WritingSettings {
    guard let format else { return portable }
    guard format.version >= oldestVersion, format.version <= newestVersion else {
      return WritingSettings(profile: .default, format: format)
    }
    let flags = (format.stackBeforeCause ? 2 : 0) + (format.viewFlags ? 1 : 0)
    return faithful[4 * Int(format.version - oldestVersion) + flags]
  }
}
