public import Foundation
public import StructuredClone

/// A JavaScript engine that can be asked.
public struct Engine: Sendable {
  /// The name, which is also that of a profile.
  public let name: String
  /// The executable.
  public let executable: URL
  /// The profile that follows the engine.
  public let profile: CloneProfile

  /// Makes an engine; `nil` if no profile has the name.
  public init?(name: String, executable: URL) {
    guard let profile = CloneProfile(named: name) else { return nil }
    self.name = name
    self.executable = executable
    self.profile = profile
  }

  /// The engines that `Scripts/install-engines` has installed below a folder.
  public static func installed(in folder: URL) -> [Engine] {
    CloneProfile.engines.compactMap { profile in
      let program = profile.name == "deno" ? "deno" : "node"
      let executable = folder.appending(path: "\(profile.name)/bin/\(program)")
      guard FileManager.default.isExecutableFile(atPath: executable.path) else { return nil }
      return Engine(name: profile.name, executable: executable)
    }
  }

  /// What comes before the script on the command line.
  var arguments: [String] {
    name == "deno" ? ["run", "--allow-all", "--quiet", "--no-config", "--no-lock"] : []
  }
}
