import ArgumentParser
import Foundation
import Workloads

/// Measures all contenders in turn and prints tables.
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Measures round trips and prints tables in Markdown.")

  @Option(help: "The engine that the channels are compared with.")
  var engine = "node24"

  @Option(help: "Contenders, with commas between; by default all.")
  var contender = ""

  @Option(help: "Sizes, with commas between.")
  var size = "64,1024,16384,1048576"

  @Option(help: "How many are under way at once, with commas between.")
  var depth = "1,64"

  @Option(help: "How often each pair is measured; the median round counts.")
  var rounds = 3

  @Option(help: "How long each process measures.")
  var milliseconds = 1000

  func run() throws {
    let workspace = try Workspace()
    guard let engine = Engine(engine, in: workspace.engines) else {
      throw Failure("There is no engine \(engine): Scripts/install-engines installs some.")
    }
    let contenders =
      try contender.isEmpty
      ? Contender.allCases
      : contender.split(separator: ",").map { name in
        guard let contender = Contender(rawValue: String(name)) else {
          throw Failure("there is no contender \(name)")
        }
        return contender
      }
    print("\(Machine().caption); \(engine.name)\n")
    for depth in depth.split(separator: ",").compactMap({ Int($0) }) {
      var table = Table(
        [
          depth == 1 ? "one at a time" : "\(depth) in flight", "bytes", "round trips/s",
          "p50 µs", "p99 µs", "× child",
        ])
      for size in size.split(separator: ",").compactMap({ Int($0) }) {
        let load = Load(size: size, depth: depth, milliseconds: milliseconds)
        for row in try rows(contenders, load, workspace, engine) { table.append(row) }
      }
      print(table.text + "\n")
    }
  }

  /// The rows of one load. The last column is the rate, or the median time of calls one at a time, beside the child's.
  private func rows(
    _ contenders: [Contender], _ load: Load, _ workspace: Workspace, _ engine: Engine
  ) throws -> [[String]] {
    var results: [Contender: [RoundTrips]] = [:]
    for _ in 0..<rounds {
      for contender in contenders {
        if let result = try contender.measure(load, workspace, engine) {
          results[contender, default: []].append(result)
        }
      }
    }
    let medians = results.compactMapValues { rounds in
      rounds.sorted { $0.rate < $1.rate }[rounds.count / 2]
    }
    return contenders.compactMap { contender in
      guard let result = medians[contender] else { return nil }
      let ratio = medians[.child].map { child in
        load.depth == 1
          ? child.percentile(0.5) / result.percentile(0.5) : result.rate / child.rate
      }
      return [
        contender.title, String(load.size), String(format: "%.0f", result.rate),
        String(format: "%.1f", result.percentile(0.5) / 1000),
        String(format: "%.1f", result.percentile(0.99) / 1000),
        ratio.map { String(format: "%.2f", $0) } ?? "",
      ]
    }
  }
}
