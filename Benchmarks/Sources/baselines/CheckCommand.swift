import ArgumentParser
import Foundation
import Workloads

/// Counts again and compares.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract:
      "Counts again, prints a table, and fails if a count is more than 10 % above its baseline.")

  @Flag(help: "Write what is counted to Baselines.tsv.") var update = false

  func run() throws {
    let workspace = try Workspace()
    // Written here if they are missing, so that no process that counts does it.
    _ = try workspace.manifest()
    let file = BaselineFile(file: workspace.folder.appending(path: "Baselines.tsv"))
    let baselines = try file.read()
    let counts = try count()
    let isComplete = counts.values.allSatisfy { $0.instructions != nil }
    print(table(counts, baselines).text)
    if !isComplete {
      print("\nSKIPPED: Valgrind is not installed; instructions were not counted")
    }
    if update {
      guard isComplete else {
        throw Failure("Valgrind is needed for new baselines; Baselines.tsv stays as it is.")
      }
      try file.write(counts)
      print("\nwrote \(file.file.lastPathComponent)")
      return
    }
    let missing = Subject.all.filter { baselines[$0] == nil }
    let grown = Subject.all.filter { subject in
      guard let now = counts[subject], let then = baselines[subject] else { return false }
      return hasGrown(now.allocations, then.allocations)
        || hasGrown(now.instructions, then.instructions)
    }
    guard missing.isEmpty && grown.isEmpty else {
      for (subjects, what) in [(grown, "more than 10 % above"), (missing, "without")]
      where !subjects.isEmpty {
        let names = subjects.map { "\($0.operation) \($0.payload)" }.joined(separator: ", ")
        print("\nFAILED, \(what) a baseline: \(names)")
      }
      print("If that is meant: Benchmarks/check-baselines --update")
      throw ExitCode.failure
    }
  }

  private func count() throws -> [Subject: Counts] {
    try Counter.withCounter { counter in
      var counts: [Subject: Counts] = [:]
      for subject in Subject.all { counts[subject] = try counter.count(subject) }
      return counts
    }
  }

  private func hasGrown(_ now: Int?, _ then: Int?) -> Bool {
    guard let now, let then else { return false }
    return Double(now) > 1.1 * Double(then)
  }

  private func table(_ counts: [Subject: Counts], _ baselines: [Subject: Counts]) -> Table {
    var table = Table([
      "operation and payload", "allocations", "baseline", "change", "instructions", "baseline",
      "change",
    ])
    for subject in Subject.all {
      let now = counts[subject]
      let then = baselines[subject]
      table.append(
        ["\(subject.operation) \(subject.payload)"]
          + cells(now?.allocations, then?.allocations)
          + cells(now?.instructions, then?.instructions))
    }
    return table
  }

  /// A count, its baseline and the change in per cent.
  private func cells(_ now: Int?, _ then: Int?) -> [String] {
    let change = now.flatMap { now in
      then.map { now == $0 ? 0 : 100 * (Double(now) / Double($0) - 1) }
    }
    return [
      now.map(Figures.bytes) ?? "–", then.map(Figures.bytes) ?? "–",
      change.map { String(format: "%+.1f %%", $0) } ?? "–",
    ]
  }
}
