/// How an engine reads and writes, as far as engines differ.
package final class EngineRules: Sendable {
  let name: String
  let aliases: [String]
  let engine: String
  /// Names that the engine's process has used itself before it reads, as far as they matter to goldens.
  let ownNames: [CloneString]
  /// The layout that is written.
  let format: CloneFormat
  /// The newest version that is read.
  let newestVersion: UInt32

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
  /// Whether the tag of a shared immutable buffer is the engine's own, also where it was a host object's. None can be read.
  let sharedImmutableBuffers: Bool
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

  init(
    name: String,
    aliases: [String],
    engine: String,
    ownNames: [CloneString],
    format: CloneFormat,
    newestVersion: UInt32,
    errorSections: ErrorSections,
    errorsTakeIDs: Bool,
    errorsHaveCauses: Bool,
    varints: Varints,
    resizableBuffers: Bool,
    immutableBuffers: Bool,
    sharedImmutableBuffers: Bool,
    float16: Bool,
    regExpFlags: UInt32,
    regExpFeatures: RegExpFeatures,
    unicodeWithUnicodeSets: Bool,
    writesUnicodeWithUnicodeSets: Bool,
    escapesRegExpSource: Bool,
    cachesRegExps: Bool,
    sizesHave64Bits: Bool,
    refusesWideBigIntField: Bool,
    negativeZeroBigInt: Bool,
    retriesVersion13: Bool,
    checksViewFlags: Bool,
    memory64Byte: Memory64,
    wasmMemories: Bool,
    checksWasmMaximum: Bool,
    readsWasmBufferAsValue: Bool,
    wasmBufferTag: WasmBufferTag,
    smallIntegerBits: Int,
    sharedObjects: Bool,
    narrowsNames: Bool,
    narrowsSingleUnitNames: Bool,
    updatesKnownShapes: Bool,
    embedder: Embedder,
    versionBehindPrefix: UInt32?
  ) {
    self.name = name
    self.aliases = aliases
    self.engine = engine
    self.ownNames = ownNames
    self.format = format
    self.newestVersion = newestVersion
    self.errorSections = errorSections
    self.errorsTakeIDs = errorsTakeIDs
    self.errorsHaveCauses = errorsHaveCauses
    self.varints = varints
    self.resizableBuffers = resizableBuffers
    self.immutableBuffers = immutableBuffers
    self.sharedImmutableBuffers = sharedImmutableBuffers
    self.float16 = float16
    self.regExpFlags = regExpFlags
    self.regExpFeatures = regExpFeatures
    self.unicodeWithUnicodeSets = unicodeWithUnicodeSets
    self.writesUnicodeWithUnicodeSets = writesUnicodeWithUnicodeSets
    self.escapesRegExpSource = escapesRegExpSource
    self.cachesRegExps = cachesRegExps
    self.sizesHave64Bits = sizesHave64Bits
    self.refusesWideBigIntField = refusesWideBigIntField
    self.negativeZeroBigInt = negativeZeroBigInt
    self.retriesVersion13 = retriesVersion13
    self.checksViewFlags = checksViewFlags
    self.memory64Byte = memory64Byte
    self.wasmMemories = wasmMemories
    self.checksWasmMaximum = checksWasmMaximum
    self.readsWasmBufferAsValue = readsWasmBufferAsValue
    self.wasmBufferTag = wasmBufferTag
    self.smallIntegerBits = smallIntegerBits
    self.sharedObjects = sharedObjects
    self.narrowsNames = narrowsNames
    self.narrowsSingleUnitNames = narrowsSingleUnitNames
    self.updatesKnownShapes = updatesKnownShapes
    self.embedder = embedder
    self.versionBehindPrefix = versionBehindPrefix
  }
}
