import Workloads

/// Everything that a run measured against one engine.
struct Report: Codable {
  let machine: Machine
  /// The engine's name and version.
  let engine: String
  let rounds: Int
  var results: [ComparisonResult] = []
  var references: [ReferenceResult] = []

  /// The tables in Markdown.
  var text: String {
    var parts = [
      "## Against \(engine)\n\n\(machine.caption). Medians of \(rounds) interleaved \(rounds == 1 ? "round" : "rounds")."
    ]
    for operation in Operation.allCases {
      let rows = results.filter { $0.operation == operation }
      if !rows.isEmpty { parts.append(section(operation, rows)) }
    }
    parts += ReferenceResult.sections(references)
    return parts.joined(separator: "\n\n")
  }

  private func section(_ operation: Operation, _ rows: [ComparisonResult]) -> String {
    var table = Table(["payload", "bytes", engine, "MB/s", "Swift", "MB/s", "ratio"])
    for row in rows {
      table.append([
        row.payload + (row.structured ? "" : " †"), Figures.bytes(row.bytes),
        Figures.time(row.engineNanoseconds), Figures.throughput(row.bytes, row.engineNanoseconds),
        Figures.time(row.ourNanoseconds), Figures.throughput(row.bytes, row.ourNanoseconds),
        Figures.ratio(row.ratio),
      ])
    }
    let counted = rows.filter(\.structured)
    var summary = ""
    if let worst = counted.min(by: { $0.ratio < $1.ratio }), counted.count > 1 {
      summary =
        "\n\nGeometric mean \(Figures.ratio(counted.map(\.ratio).geometricMean)), worst \(Figures.ratio(worst.ratio)) (\(worst.payload))"
        + (counted.count < rows.count ? ", without the rows marked †" : "")
        + ". By means, garbage collection included: \(Figures.ratio(counted.map(\.ratioOfMeans).geometricMean))."
    }
    return "### \(operation.title)\n\n\(table.text)\(summary)"
  }
}
