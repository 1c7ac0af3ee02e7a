import StructuredClone

/// What is fuzzed: each target takes any bytes, does something with them through the public interface, and ends
/// the process if a promise does not hold.
public enum FuzzTarget: String, CaseIterable, Sendable {
  /// Reading: one value, several, raw reads between them, small limits, refusals.
  case decode
  /// What was read is written, and reading that gives the same.
  case roundtrip
  /// Reading and writing as every engine does.
  case profiles
  /// Everything that makes text of a payload, a value or a refusal.
  case inspect
  /// Values that are made from the bytes and not read from them.
  case values
  /// Changes to what was read, in place and with an editor.
  case edit
  /// Whether regular expressions compile.
  case regexp
  /// Transfers, host objects and what else lives outside the payload.
  case transfer
  /// The initializers that take text, units, bytes or numbers.
  case strings
  /// What Node puts around the format.
  case node
  /// What Chromium puts around the format, and how it stores it.
  case blink
  /// What Electron puts around the format.
  case electron
  /// What is left of damaged payloads.
  case salvage
  /// Which layers a blob has.
  case detect
  /// Text in the forms of JSON.
  case json
  /// Payloads and values as JSON, and back.
  case convert
  /// Swift types that are read and written by the coders, and by themselves.
  case codable
  /// Payloads and values as types of other packages.
  case bridges
  /// What arrives over a connection of ElectronIPC.
  case connection

  /// The profiles that targets choose from.
  static let knownProfiles = [CloneProfile.default] + CloneProfile.engines

  /// Runs the target.
  ///
  /// - Parameter observer: sees each call of the public interface that the target makes with something of the size
  ///   of the input.
  public func run(_ bytes: [UInt8], observer: (any FuzzObserver)? = nil) {
    let input = FuzzInput(bytes, optionCount: optionCount(of: bytes))
    let calls = FuzzCalls(target: self, byteCount: bytes.count, observer: observer)
    switch self {
    case .decode: DecodeTarget(calls: calls).run(input)
    case .roundtrip: RoundtripTarget(calls: calls).run(input)
    case .profiles: ProfilesTarget(calls: calls).run(input)
    case .inspect: InspectTarget(calls: calls).run(input)
    case .values: ValuesTarget(calls: calls).run(input)
    case .edit: EditTarget(calls: calls).run(input)
    case .regexp: RegExpTarget(calls: calls).run(input)
    case .transfer: TransferTarget(calls: calls).run(input)
    case .strings: StringsTarget(calls: calls).run(input)
    case .node: NodeTarget(calls: calls).run(input)
    case .blink: BlinkTarget(calls: calls).run(input)
    case .electron: ElectronTarget(calls: calls).run(input)
    case .salvage: SalvageTarget(calls: calls).run(input)
    case .detect: DetectTarget(calls: calls).run(input)
    case .json: JSONTarget(calls: calls).run(input)
    case .convert: ConvertTarget(calls: calls).run(input)
    case .codable: CodableTarget(calls: calls).run(input)
    case .bridges: BridgesTarget(calls: calls).run(input)
    case .connection: ConnectionTarget(calls: calls).run(input)
    }
  }

  /// Makes what the process makes once, so that no call is charged for it: tables of Unicode properties.
  public func warmUp() {
    guard self == .regexp || takesPayloads else { return }
    for profile in FuzzTarget.knownProfiles {
      for pattern in ["\\p{L}", "(?<\u{10400}>)", "[\\p{RGI_Emoji}]", "\\p{Script=Latin}"] {
        for flags in [CloneRegExp.Flags.unicode, .unicodeSets] {
          _ = CloneRegExp.syntaxError(in: CloneString(pattern), flags: flags, for: profile)
        }
      }
    }
  }

  /// Whether inputs begin with a payload, so that it pays to change them as payloads.
  public var takesPayloads: Bool {
    switch self {
    case .decode, .roundtrip, .profiles, .inspect, .edit, .transfer, .node, .blink, .electron,
      .salvage, .detect, .convert, .codable, .bridges:
      true
    case .values, .regexp, .strings, .json, .connection: false
    }
  }

  /// How many bytes at the end of an input choose what is done with those before.
  public func optionCount(of bytes: [UInt8]) -> Int {
    let wanted =
      switch self {
      case .decode: 16
      case .roundtrip, .values: 1
      case .profiles: 1
      case .inspect, .codable: 4
      case .salvage: 2
      // The last byte says how many changes there are.
      case .edit: 1 + Int(bytes.last ?? 0) % 64
      case .regexp: 4
      case .transfer: 12
      case .strings, .node, .blink, .electron, .detect, .json, .convert, .bridges, .connection: 1
      }
    return min(wanted, bytes.count)
  }
}
