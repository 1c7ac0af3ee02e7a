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
            coder == .floor
              ? [coder.title]
              : coder == .foundation ? [coder.title] : [coder.title, "to V8", "to JSON"]
          })
      for document in documents {
        table.append(try row(operation, document, engine, workspace))
      }
      print(table.text + "\n")
    }
  }

  private func row(
    _ operation: CoderOperation, _ document: Document, _ engine: Engine, _ workspace: Workspace
  ) throws -> [String] {
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
    let v8 = engineTimes.median
    let json = times[.foundation, default: []].median
    var cells = [document.rawValue, Figures.time(v8)]
    for coder in Coder.allCases {
      let time = times[coder, default: []].median
      cells.append(Figures.time(time))
      if coder.isOurs { cells += [Figures.ratio(v8 / time), Figures.ratio(json / time)] }
    }
    return cells
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
