import ArgumentParser
import Foundation
import Workloads

/// Measures Node, Foundation and this package in turn, and prints a table for each operation.
struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare", abstract: "Measures all coders in turn and prints tables in Markdown.")

  @Option(help: "An engine in .engines or a program on the PATH.")
  var engine = "node20"

  @Option(help: "Documents, with commas between; by default all.")
  var document = ""

  @Option(help: "How often each is measured.")
  var rounds = 5

  @Option(help: "How long each process measures.")
  var milliseconds = 300

  func run() throws {
    let workspace = try Workspace()
    guard let engine = Engine(engine, in: workspace.engines) else {
      throw Failure("There is no engine \(engine): Scripts/install-engines installs some.")
    }
    // Node and the coders read them.
    _ = try workspace.manifest()
    let names = document.split(separator: ",").map { String($0) }
    let documents = Document.allCases.filter { names.isEmpty || names.contains($0.rawValue) }
    print(Machine().caption + "\n")
    for operation in CoderOperation.allCases {
      var table = Table(
        ["\(operation.rawValue)", "V8"]
          + Coder.allCases.flatMap { coder in
            coder.isOurs ? [coder.title, "to V8", "to JSON"] : [coder.title]
          })
      var ratios: [Coder: [Ratios]] = [:]
      for document in documents {
        let times = try measure(operation, document, engine, workspace)
        var cells = [document.rawValue, Figures.time(times.engine)]
        for coder in Coder.allCases {
          guard let time = times.coders[coder] else { continue }
          cells.append(Figures.time(time))
          guard coder.isOurs, let json = times.coders[.foundation] else { continue }
          let ratio = Ratios(toEngine: times.engine / time, toJSON: json / time)
          cells += [Figures.ratio(ratio.toEngine), Figures.ratio(ratio.toJSON)]
          if document.hasObjects { ratios[coder, default: []].append(ratio) }
        }
        table.append(cells)
      }
      print(table.text + "\n")
      for coder in Coder.allCases {
        guard let ratios = ratios[coder] else { continue }
        let (toEngine, toJSON) = (ratios.map(\.toEngine), ratios.map(\.toJSON))
        print(
          "\(coder.title), documents with objects: geometric mean \(Figures.ratio(toEngine.geometricMean)) to V8 and "
            + "\(Figures.ratio(toJSON.geometricMean)) to JSON, worst \(Figures.ratio(toEngine.min() ?? 0)) and "
            + "\(Figures.ratio(toJSON.min() ?? 0))  ")
      }
      print("")
    }
  }

  /// How many times as fast a coder of this package is as others.
  private struct Ratios {
    let toEngine: Double
    let toJSON: Double
  }

  /// The medians of all rounds, in nanoseconds.
  private func measure(
    _ operation: CoderOperation, _ document: Document, _ engine: Engine, _ workspace: Workspace
  ) throws -> (engine: Double, coders: [Coder: Double]) {
    var engineTimes: [Double] = []
    var times: [Coder: [Double]] = [:]
    for _ in 0..<rounds {
      engineTimes.append(
        try engine.measure(
          operation.rawValue, document.rawValue, in: workspace, milliseconds: milliseconds
        ).nanoseconds)
      for coder in Coder.allCases {
        times[coder, default: []].append(
          try Timing.measure(
            inChild: "measure", "\(coder.rawValue).\(operation.rawValue)", document.rawValue,
            milliseconds: milliseconds
          ).nanoseconds)
      }
    }
    return (engineTimes.median, times.mapValues { $0.median })
  }
}

extension Coder {
  /// The coder as the heading of a column.
  var title: String {
    switch self {
    case .foundation: "JSON"
    case .floor: "floor"
    case .codable: "Codable"
    case .direct: "direct"
    }
  }

  /// Whether it is one of this package's.
  var isOurs: Bool { self != .foundation && self != .floor }
}
