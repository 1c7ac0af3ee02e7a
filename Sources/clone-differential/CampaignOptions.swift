import ArgumentParser
import DifferentialTesting

/// How much is asked, and how it is reported.
struct CampaignOptions: ParsableArguments {
  @OptionGroup var engineOptions: EngineOptions

  @Option(name: .customLong("seed"), help: "A seed. Can be given several times.")
  var givenSeeds: [UInt64] = []

  @Option(help: "Use the seeds 1 to this number.")
  var seeds: UInt64 = 1

  @Option(help: "How many payloads are made for each seed.")
  var count = 20_000

  @Option(help: "How many processes of an engine run at a time. It changes nothing but the time.")
  var processes = 1

  @Flag(help: "Print the report as JSON.")
  var json = false

  @Flag(help: "Also print the shortest payload that shows each of the three causes.")
  var examples = false

  private var allSeeds: [UInt64] { givenSeeds.isEmpty ? Array(1...max(1, seeds)) : givenSeeds }

  /// Runs a campaign against each engine, prints, and fails if there are bugs.
  func run(mode: String, source: PayloadSource, legacy: Bool) throws -> Bool {
    var hasBugs = false
    for engine in try engineOptions.resolved() {
      let campaign = Campaign(
        engine: engine, source: source, legacy: legacy, seeds: allSeeds, count: count,
        processes: processes, timeout: engineOptions.timeout)
      let report = try Report(mode: mode, campaign: campaign, withExamples: examples)
      print(json ? try report.json() : report.text)
      if !report.bugs.isEmpty { hasBugs = true }
    }
    return hasBugs
  }
}
