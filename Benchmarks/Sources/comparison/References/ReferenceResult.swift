import Workloads

/// The times of other codecs on one payload.
struct ReferenceResult: Codable {
  let payload: String
  /// Whether this is about reading, or about writing.
  let isReading: Bool
  /// Nanoseconds by the name of the codec; one that cannot do it is missing.
  let nanoseconds: [String: Double]

  /// The codecs in the order of a table's columns.
  static func columns(reading: Bool) -> [String] {
    [reading ? "`JSON.parse`" : "`JSON.stringify`"]
      + (reading ? Reference.reading : Reference.writing).map(\.title) + ["this package"]
  }

  /// A table for reading and one for writing.
  static func sections(_ results: [ReferenceResult]) -> [String] {
    [true, false].compactMap { reading in
      let rows = results.filter { $0.isReading == reading }
      guard !rows.isEmpty else { return nil }
      let columns = columns(reading: reading)
      var table = Table(["payload"] + columns)
      for row in rows {
        table.append([row.payload] + columns.map { row.nanoseconds[$0].map(Figures.time) ?? "–" })
      }
      return
        "### Other codecs on the same value: \(reading ? "reading" : "writing")\n\n\(table.text)"
    }
  }
}
