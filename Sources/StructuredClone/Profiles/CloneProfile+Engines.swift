extension CloneProfile {
  /// Reads every layout of versions 0 to 16; writes what every engine since V8 10.2 reads: version 15,
  /// no tag that is newer than the value needs.
  public static let `default` = CloneProfile(
    rules: EngineRules(
      name: "default", aliases: [], engine: "tolerant reader, portable writer", ownNames: [],
      format: CloneFormat(version: 15, stackBeforeCause: true, viewFlags: true), newestVersion: 16,
      errorSections: .any, errorsTakeIDs: true,
      errorsHaveCauses: true, varints: .bounded,
      resizableBuffers: true, immutableBuffers: true, sharedImmutableBuffers: false, float16: true,
      regExpFlags: 0x1BF,
      regExpFeatures: RegExpFeatures(
        modifiers: true, duplicateGroupNames: .outsideOfAlternative, wideGroupNames: true,
        namedReferenceInClassIsLetter: true, captureLimit: 1 << 16,
        controlEscapeInClass: .invalidUnicodeEscape, decimalEscapeInClass: .invalidDecimalEscape,
        messagesShowFlags: true, unicodeVersion: .max),
      unicodeWithUnicodeSets: true, writesUnicodeWithUnicodeSets: false,
      escapesRegExpSource: true, cachesRegExps: false,
      sizesHave64Bits: true, refusesWideBigIntField: false, negativeZeroBigInt: false,
      retriesVersion13: true, checksViewFlags: true, memory64Byte: .eitherWay, wasmMemories: true,
      checksWasmMaximum: false, readsWasmBufferAsValue: true,
      wasmBufferTag: .absent, smallIntegerBits: 32,
      sharedObjects: true, narrowsNames: false, narrowsSingleUnitNames: true,
      updatesKnownShapes: true,
      embedder: .v8, versionBehindPrefix: nil), supportsLegacyWireFormat: true)

  /// Node 14: V8 8.4.
  public static let node14 = v8(
    "node14", ["v8-8.4"], "Node 14.19", version: 13, release: .v8_4, unicodeVersion: 14)
  /// Node 16: V8 9.4.
  public static let node16 = v8(
    "node16", ["v8-9.4"], "Node 16.15", version: 13, release: .v9_4, unicodeVersion: 14)
  /// Node 18: V8 10.2.
  public static let node18 = v8(
    "node18", ["v8-10.2"], "Node 18.4", version: 15, release: .v10_2, unicodeVersion: 14)
  /// Node 20: V8 11.3.
  public static let node20 = v8(
    "node20", ["v8-11.3"], "Node 20.20", version: 15, release: .v11_3, unicodeVersion: 17)
  /// Node 22: V8 12.4.
  public static let node22 = v8(
    "node22", ["v8-12.4"], "Node 22.20", version: 15, release: .v12_4, unicodeVersion: 16)
  /// Node 24: V8 13.6.
  public static let node24 = v8(
    "node24", ["v8-13.6"], "Node 24.19", version: 15, release: .v13_6, unicodeVersion: 17)
  /// Deno through `node:v8`: V8 15.0 with the header relabelled 15.
  public static let deno = v8(
    "deno", [], "Deno 2.9.8 through node:v8", version: 15, release: .v15_0, unicodeVersion: 16,
    embedder: .deno, versionBehindPrefix: 16)
  /// V8 15.0 as Deno KV stores it: header 16.
  public static let v8_15_0 = v8(
    "v8-15.0", [], "V8 15.0", version: 16, release: .v15_0, unicodeVersion: 16, embedder: .deno)
  /// Chromium 102: V8 10.2 with 31-bit small integers.
  public static let chromium102 = v8(
    "chromium102", [], "Chromium 102", version: 15, release: .v10_2, unicodeVersion: 14,
    supportsLegacyWireFormat: true, smallIntegerBits: 31)
  /// Chromium 122: V8 12.2 with 31-bit small integers.
  public static let chromium122 = v8(
    "chromium122", [], "Chromium 122", version: 15, release: .v12_4, unicodeVersion: 16,
    supportsLegacyWireFormat: true, smallIntegerBits: 31)
  /// Chromium 156: V8 15.6 with 31-bit small integers.
  public static let chromium156 = v8(
    "chromium156", [], "Chromium 156", version: 16, release: .v15_0, unicodeVersion: 17,
    supportsLegacyWireFormat: true, smallIntegerBits: 31)

  /// Every named engine.
  public static let engines: [CloneProfile] = [
    .node14, .node16, .node18, .node20, .node22, .node24, .deno, .v8_15_0,
    .chromium102, .chromium122, .chromium156,
  ]

  /// Releases at which behaviour changed.
  private enum Release: Int, Comparable {
    case v8_4, v9_4, v10_2, v11_3, v12_4, v13_6, v15_0
    static func < (left: Release, right: Release) -> Bool { left.rawValue < right.rawValue }
  }

  private static func v8(
    _ name: String, _ aliases: [String], _ engine: String, version: UInt32, release: Release,
    unicodeVersion: Int, supportsLegacyWireFormat: Bool = false, smallIntegerBits: Int = 32,
    embedder: EngineRules.Embedder = .v8, versionBehindPrefix: UInt32? = nil
  ) -> CloneProfile {
    var flags: UInt32 = 0x3F
    if release >= .v9_4 { flags |= CloneRegExp.Flags.hasIndices.rawValue }
    if release >= .v11_3 { flags |= CloneRegExp.Flags.unicodeSets.rawValue }
    let rules = EngineRules(
      name: name, aliases: aliases, engine: engine,
      ownNames: release >= .v9_4 ? [" ", "_", "q"] : [" ", "_"],
      format: CloneFormat(
        version: version, stackBeforeCause: release >= .v12_4, viewFlags: release >= .v10_2),
      newestVersion: release >= .v15_0 ? 16 : release >= .v10_2 ? 15 : 13,
      errorSections: release >= .v12_4 ? .strict : .anyThenRegistered,
      errorsTakeIDs: release >= .v10_2,
      errorsHaveCauses: release >= .v9_4,
      varints: release >= .v10_2 ? .bounded : .unbounded,
      resizableBuffers: release >= .v11_3,
      immutableBuffers: release >= .v15_0,
      sharedImmutableBuffers: release >= .v15_0,
      float16: release >= .v13_6,
      regExpFlags: flags,
      regExpFeatures: RegExpFeatures(
        modifiers: release >= .v13_6,
        duplicateGroupNames: release >= .v15_0
          ? .inDifferentAlternatives : release >= .v13_6 ? .outsideOfAlternative : .none,
        wideGroupNames: release >= .v10_2,
        namedReferenceInClassIsLetter: release <= .v9_4,
        captureLimit: release >= .v11_3 ? 32767 : 1 << 16,
        controlEscapeInClass: release >= .v10_2 ? .invalidUnicodeEscape : .invalidClassEscape,
        decimalEscapeInClass: release >= .v13_6 ? .invalidDecimalEscape : .invalidClassEscape,
        messagesShowFlags: release >= .v11_3,
        unicodeVersion: unicodeVersion),
      unicodeWithUnicodeSets: release < .v12_4,
      writesUnicodeWithUnicodeSets: release < .v12_4,
      escapesRegExpSource: release >= .v10_2,
      cachesRegExps: release <= .v9_4 || release >= .v15_0,
      sizesHave64Bits: release >= .v15_0,
      refusesWideBigIntField: release >= .v15_0,
      negativeZeroBigInt: release <= .v10_2,
      retriesVersion13: release >= .v10_2,
      checksViewFlags: release >= .v11_3,
      memory64Byte: release >= .v12_4 ? .present : .absent,
      wasmMemories: release >= .v9_4,
      checksWasmMaximum: release >= .v15_0,
      readsWasmBufferAsValue: release >= .v11_3,
      wasmBufferTag: release >= .v15_0 ? .kindAndLength : release >= .v13_6 ? .kind : .absent,
      smallIntegerBits: smallIntegerBits,
      sharedObjects: release >= .v10_2,
      narrowsNames: release >= .v15_0,
      narrowsSingleUnitNames: release >= .v11_3,
      updatesKnownShapes: release >= .v11_3,
      embedder: embedder,
      versionBehindPrefix: versionBehindPrefix)
    return CloneProfile(rules: rules, supportsLegacyWireFormat: supportsLegacyWireFormat)
  }
}
