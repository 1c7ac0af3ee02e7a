/// What an engine writes and what it refuses to read. "Version 15" is not one format: engines that write
/// the same number differ, and a profile names one of them.
///
/// Every difference is a property here, and readers and writers ask nothing else; the engines are the rows
/// of one table in `CloneProfile+Engines.swift`.
public struct CloneProfile: Sendable {
  /// The name, such as `node20`.
  public var name: String { texts.name }
  /// Other names.
  public var aliases: [String] { texts.aliases }
  /// The engine, for people.
  public var engine: String { texts.engine }
  /// Names that the engine's process has used itself before it reads, as far as they matter to goldens.
  var ownNames: [CloneString] { texts.ownNames }

  /// What is in memory of its own, together: each reader and writer has a copy of its profile, and a copy of this is
  /// one reference.
  final class Texts: Sendable {
    let name: String
    let aliases: [String]
    let engine: String
    let ownNames: [CloneString]

    init(name: String, aliases: [String], engine: String, ownNames: [CloneString]) {
      self.name = name
      self.aliases = aliases
      self.engine = engine
      self.ownNames = ownNames
    }
  }

  let texts: Texts

  /// The layout that is written.
  public let format: CloneFormat
  /// The newest version that is read.
  public let newestVersion: UInt32
  /// Whether versions below 13 are read, and payloads without a header, which are version 0: V8's
  /// `SetSupportsLegacyWireFormat`.
  ///
  /// On for ``default`` and for Chromium, whose IndexedDB databases can be as old as that. Off for Node and
  /// Deno, whose engines can read those versions but refuse to.
  public var supportsLegacyWireFormat: Bool

  /// How sections of errors are read.
  enum ErrorSections: Sendable {
    /// Any order and number, later ones win; an error is reachable from its own cause.
    case any
    /// Any order and number; an error is reachable only after its end.
    case anyThenRegistered
    /// At most one of each: class, message, stack, cause; reachable from its cause, not from what is before.
    case strict
  }

  /// Varints that are longer than the value needs.
  enum Varints: Sendable {
    /// All continuation bytes are taken.
    case unbounded
    /// At most 5 bytes for 32 bits, 10 for 64.
    case bounded
  }

  let errorSections: ErrorSections
  package let errorsTakeIDs: Bool
  let errorsHaveCauses: Bool
  let varints: Varints
  let resizableBuffers: Bool
  let immutableBuffers: Bool
  let float16: Bool
  /// Flag bits of regular expressions that exist.
  let regExpFlags: UInt32
  let regExpFeatures: RegExpFeatures
  let unicodeWithUnicodeSets: Bool
  let writesUnicodeWithUnicodeSets: Bool
  let escapesRegExpSource: Bool
  let cachesRegExps: Bool
  let sizesHave64Bits: Bool
  let refusesWideBigIntField: Bool
  let negativeZeroBigInt: Bool
  let retriesVersion13: Bool
  let checksViewFlags: Bool
  let memory64Byte: Memory64
  let wasmMemories: Bool
  /// Whether the greatest size of a memory must be one that a memory can have, or −1 for none.
  let checksWasmMaximum: Bool
  /// Whether what follows a memory is any value that turns out to be a buffer, and not the buffer's own tag.
  let readsWasmBufferAsValue: Bool
  let wasmBufferTag: WasmBufferTag
  let smallIntegerBits: Int
  let sharedObjects: Bool
  /// Latin-1 names that travelled in two bytes become one-byte names, and keys of maps and elements of sets
  /// are names too.
  package let narrowsNames: Bool
  /// Names of one Latin-1 unit are always one-byte names. Where they are not, other strings of one unit that are
  /// read in one byte have the width of the name.
  package let narrowsSingleUnitNames: Bool
  /// Whether an object whose shape was changed while the value of a known property was read goes on with the
  /// changed one.
  let updatesKnownShapes: Bool
  /// Who answers for what is outside the payload when nobody else does.
  let embedder: Embedder
  /// The version in a header that is not at the very start, if it is another: Deno relabels only there.
  let versionBehindPrefix: UInt32?

  /// Whose delegate V8 asks.
  enum Embedder: Sendable {
    /// V8's own delegate, which refuses everything with V8's text.
    case v8
    /// Deno's, which leaves a host object without an exception and has texts of its own for the rest.
    case deno
  }

  /// The byte behind the page count of a wasm memory.
  enum Memory64: Sendable { case absent, present, eitherWay }

  /// What stands behind the clone id of a shared buffer that belongs to a memory.
  enum WasmBufferTag: Sendable { case absent, kind, kindAndLength }
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
