/// What an engine writes and what it refuses to read. "Version 15" is not one format: engines that write
/// the same number differ, and a profile names one of them.
///
/// Every difference is a property of `EngineRules`, and readers and writers ask nothing else; the engines are the rows
/// of one table in `CloneProfile+Engines.swift`.
public struct CloneProfile: Sendable {
  /// What the engine does, in memory of its own: each reader and writer has a copy of its profile.
  package let rules: EngineRules

  /// Whether versions below 13 are read, and payloads without a header, which are version 0: V8's
  /// `SetSupportsLegacyWireFormat`.
  ///
  /// On for ``default`` and for Chromium, whose IndexedDB databases can be as old as that. Off for Node and
  /// Deno, whose engines can read those versions but refuse to.
  public var supportsLegacyWireFormat: Bool

  /// The name, such as `node20`.
  public var name: String { rules.name }
  /// Other names.
  public var aliases: [String] { rules.aliases }
  /// The engine, for people.
  public var engine: String { rules.engine }
  /// The layout that is written.
  public var format: CloneFormat { rules.format }
  /// The newest version that is read.
  public var newestVersion: UInt32 { rules.newestVersion }
}

extension CloneProfile: Hashable, CustomStringConvertible {
  /// Whether both are the same engine and read the same versions.
  public static func == (left: CloneProfile, right: CloneProfile) -> Bool {
    left.name == right.name && left.supportsLegacyWireFormat == right.supportsLegacyWireFormat
  }

  /// Hashes the name.
  public func hash(into hasher: inout Hasher) { hasher.combine(name) }

  /// The name.
  public var description: String { name }

  /// The profile of a name or an alias.
  public init?(named name: String) {
    guard
      let profile = CloneProfile.engines.first(where: {
        $0.name == name || $0.aliases.contains(name)
      })
    else { return nil }
    self = profile
  }
}
