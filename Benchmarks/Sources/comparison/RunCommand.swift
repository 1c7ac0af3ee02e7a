import ArgumentParser
import Foundation
import Workloads

/// Measures and prints tables.
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Measures engine and package in turn and prints tables in Markdown.")

  @Option(help: "Engines, with commas between: names in .engines or programs on the PATH.")
  var engine = "node20"

  @Option(help: "Operations, with commas between; by default all.")
  var operation = ""

  @Option(help: "Payloads, with commas between; by default all.")
  var payload = ""

  @Option(help: "How often each pair is measured.")
  var rounds: Int?

  @Option(help: "How long each process measures.")
  var milliseconds: Int?

  @Flag(help: "Fewer operations, payloads and rounds, as continuous integration does.")
  var quick = false

  @Flag(help: "Also measure JSON and property lists.")
  var reference = false

  @Option(help: "A file to write all figures to, as JSON.")
  var json: String?

  private static let quickOperations: [Operation] = [
    .decode, .decodeVisit, .encode, .encodeBuilt, .literalEncode, .frameDecode, .frameEncode,
  ]
  private static let quickPayloads = [
    "objs10k", "int100k", "dbl100k", "map1k", "ipc", "twitter", "rows5k", "message64", "message1k",
    "message16k",
  ]

  func run() throws {
    let workspace = try Workspace()
    let payloads = try payloads(workspace.manifest())
    let operations = try operations()
    let machine = Machine()
    var reports: [Report] = []
    for name in engine.split(separator: ",") {
      guard let engine = Engine(String(name), in: workspace.engines) else {
        throw Failure("There is no engine \(name): Scripts/install-engines installs some.")
      }
      let runner = Runner(
        workspace: workspace, engine: engine, rounds: rounds ?? (quick ? 3 : 5),
        milliseconds: milliseconds ?? (quick ? 100 : 300))
      let report = try report(runner, operations, payloads, machine)
      print(report.text + "\n")
      reports.append(report)
    }
    guard let json else { return }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    try encoder.encode(reports).write(to: URL(filePath: json))
  }

  private func report(
    _ runner: Runner, _ operations: [Operation], _ payloads: [Payload], _ machine: Machine
  ) throws -> Report {
    var results: [ComparisonResult] = []
    var version = runner.engine.name
    for operation in operations {
      let applicable: [Payload?] =
        operation.needsPayload ? payloads.filter { operation.applies(to: $0) } : [nil]
      for payload in applicable {
        let (result, engine) = try runner.compare(operation, payload)
        results.append(result)
        version = engine
      }
    }
    var report = Report(
      machine: machine, engine: version, rounds: runner.rounds, results: results)
    if reference {
      for reading in [true, false] {
        for payload in payloads where payload.json {
          report.references.append(runner.compareReferences(payload, reading: reading))
        }
      }
    }
    return report
  }

  private func operations() throws -> [Operation] {
    if operation.isEmpty { return quick ? Self.quickOperations : Operation.allCases }
    return try operation.split(separator: ",").map { name in
      guard let operation = Operation(rawValue: String(name)) else {
        throw Failure(
          "There is no operation \(name), only \(Operation.allCases.map(\.rawValue).joined(separator: ", "))."
        )
      }
      return operation
    }
  }

  private func payloads(_ manifest: Manifest) throws -> [Payload] {
    if payload.isEmpty {
      return manifest.payloads.filter { !quick || Self.quickPayloads.contains($0.name) }
    }
    return try payload.split(separator: ",").map { try manifest.payload(String($0)) }
  }
}
