import CloneFuzzing
import CloneJSON
import StructuredClone
import _CloneFixtures

/// What fuzzing begins with: the goldens, and what was made by hand.
enum SeedList {
  /// Longer ones would make every mutant of them slow.
  private static let longest = 2048

  /// The inputs of a target, each once.
  static func inputs(of target: FuzzTarget) -> [[UInt8]] {
    var seen: Set<[UInt8]> = []
    return all(target).filter { $0.count <= longest && seen.insert($0).inserted }
  }

  private static func all(_ target: FuzzTarget) -> [[UInt8]] {
    switch target {
    case .regexp:
      // Those that were written by hand come first; many of the others are alike.
      let chosen = Fixtures.regExps.enumerated().filter { number, _ in
        number < 4000 || number.isMultiple(of: 8)
      }
      return chosen.map { number, regExp in
        target.seed(
          pattern: regExp.pattern, flags: CloneRegExp.Flags(letters: regExp.flags)?.rawValue ?? 0,
          number: number)
      }
    case .values:
      // Bytes are decisions here; a few lengths are enough.
      return (0..<64).map { number in
        target.seed(payload: (0..<number).map { UInt8($0 * 37 & 0xFF) }, number: number)
      }
    case .connection:
      // Bytes that choose frames, and frames as they are.
      let choices = (0..<64).map { number in
        (0..<(4 * number)).map { UInt8(truncatingIfNeeded: $0 * (2 * number + 1)) }
      }
      return (choices + [ConnectionTarget.sampleStream]).enumerated().map {
        target.seed(payload: $1, number: $0)
      }
    case .strings:
      let texts = ["", "a", "length", "01", "4294967294", "-1", "1e21", "café", "€", "😀", "gimsuy"]
      return texts.flatMap { text in
        (0..<64).map { Array(text.utf8) + [UInt8($0)] }
      }
    default:
      return payloads(of: target).enumerated().map { target.seed(payload: $1, number: $0) }
    }
  }

  /// Payloads that a target is made for, in an order that stays.
  private static func payloads(of target: FuzzTarget) -> [[UInt8]] {
    switch target {
    case .node:
      let cases = Fixtures.nodeSerialize + Fixtures.nodeDeserialize + Fixtures.nodeChannel
      let payloads = cases.compactMap(\.bytes) + cases.flatMap { $0.goldens.compactMap(\.written) }
      let streams = ["node20", "node22", "node24"].map {
        Array(Fixtures.nodeReporter(of: $0).prefix(1500))
      }
      return Set(payloads).sorted().map { Fixtures.bytes($0) } + streams
    case .blink:
      let items = Fixtures.blinkValues
      let stored = items.compactMap(\.storedBytes) + items.compactMap(\.rewrittenBytes)
      return stored + Fixtures.blinkVerdicts.map { Fixtures.bytes($0.bytes) }
    case .electron:
      // Electron reads Chromium's messages, too.
      let envelope: [UInt8] = [0xFF, 0x13]
      let written = Fixtures.values.flatMap { $0.goldens.compactMap(\.written) }
      return Set(written).sorted().map { envelope + Fixtures.bytes($0) }
        + Fixtures.blinkValues.compactMap(\.storedBytes)
        + [envelope + Fixtures.bytes("ff1041025c6901000000000000f03f030102035e01240002")]
    case .json:
      // The lossless form has both kinds of text.
      return payloads(of: .roundtrip).compactMap { bytes in
        guard let payload = try? ClonePayload(decoding: bytes) else { return nil }
        return Array(LosslessJSON().text(of: payload).utf8)
      }
    case .codable:
      return Fixtures.codable.values.map(\.written).sorted().map { Fixtures.bytes($0) }
        + payloads(of: .decode)
    case .detect:
      return payloads(of: .node) + payloads(of: .blink) + payloads(of: .electron)
    default:
      let written = Fixtures.values.flatMap { $0.goldens.compactMap(\.written) }
      let payloads = (written + Fixtures.reads.map(\.bytes)).map { Fixtures.bytes($0) }
      return Array(Set(payloads)).sorted { $0.lexicographicallyPrecedes($1) }
    }
  }
}
