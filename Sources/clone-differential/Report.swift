import DifferentialTesting
import Foundation

/// What came of a campaign, with payloads made short.
struct Report: Codable {
  /// A payload and what both sides say to it.
  struct Example: Codable {
    let payload: String
    let ours: String
    let engine: String

    init(_ difference: Difference) {
      payload = Hex.text(difference.payload)
      ours = difference.ours.description
      engine = difference.engine.description
    }

    var text: String { "    \(payload)\n      here:   \(ours)\n      engine: \(engine)\n" }
  }

  struct Bug: Codable {
    let kind: String
    let count: Int
    let examples: [Example]
  }

  let engine: String
  let mode: String
  let seeds: [UInt64]
  let payloads: Int
  let accepted: Int
  let unwritable: Int
  let unreadable: Int
  let seconds: Double
  let causes: [String: Int]
  let vanishing: Int
  let causeExamples: [String: [Example]]
  let bugs: [Bug]

  /// Runs a campaign.
  init(mode: String, campaign: Campaign, withExamples: Bool) throws {
    let start = ContinuousClock.now
    let tally = try campaign.run()
    let time = ContinuousClock.now - start
    seconds = Double(time.components.seconds) + Double(time.components.attoseconds) / 1e18
    engine = campaign.engine.name
    self.mode = mode
    seeds = campaign.seeds
    payloads = tally.payloads
    accepted = tally.accepted
    unwritable = tally.unwritable
    unreadable = tally.unreadable
    causes = Dictionary(
      uniqueKeysWithValues: Cause.allCases.map { ($0.rawValue, tally.causes[$0, default: 0]) })
    vanishing = tally.vanishing
    var shrinker = DifferenceShrinker(engine: campaign.engine, legacy: campaign.legacy)
    var bugs: [Bug] = []
    for (kind, count) in tally.bugs.sorted(by: { $0.key < $1.key }) {
      let examples = try Report.shrunk(tally.samples[kind] ?? [], &shrinker)
      bugs.append(Bug(kind: kind, count: count, examples: examples))
    }
    self.bugs = bugs
    var causeExamples: [String: [Example]] = [:]
    for (cause, differences) in tally.examples where withExamples {
      causeExamples[cause.rawValue] = try Report.shrunk(differences, &shrinker)
    }
    self.causeExamples = causeExamples
  }

  /// The short forms, each once.
  private static func shrunk(
    _ differences: [Difference], _ shrinker: inout DifferenceShrinker
  ) throws -> [Example] {
    var seen: Set<[UInt8]> = []
    var examples: [Example] = []
    for difference in differences {
      let short = try shrinker.shrink(difference)
      if seen.insert(short.payload).inserted { examples.append(Example(short)) }
    }
    return examples
  }

  func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }

  var text: String {
    let rate = seconds > 0 ? Int(Double(payloads) / seconds) : 0
    let share = payloads > 0 ? 100 * accepted / payloads : 0
    var text = "\(engine), \(mode), seeds \(seeds.map { String($0) }.joined(separator: " ")): "
    text += "\(payloads) payloads, \(share) % accepted, \(rate) a second\n"
    if unwritable > 0 {
      text += "  \(unwritable) values that the engine does not have were left out\n"
    }
    if unreadable > 0 { text += "  \(unreadable) values are not read again, as predicted\n" }
    let counts = Cause.allCases.map { "\($0.rawValue) \(causes[$0.rawValue, default: 0])" }
    text += "  explained differences: \(counts.joined(separator: ", "))"
    text += vanishing > 0 ? " (\(vanishing) of it not in a fresh process)\n" : "\n"
    for (cause, examples) in causeExamples.sorted(by: { $0.key < $1.key }) {
      text += "  \(cause), for example:\n" + examples.map { $0.text }.joined()
    }
    if bugs.isEmpty { text += "  no bug" } else { text += "  BUGS of \(bugs.count) kinds:\n" }
    for bug in bugs {
      text += "  \(bug.count) × \(bug.kind)\n" + bug.examples.map { $0.text }.joined()
    }
    return text
  }
}
