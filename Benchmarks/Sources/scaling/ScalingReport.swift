import Foundation
import Workloads

/// The tables, and the page of the documentation that holds them.
struct ScalingReport {
  let points: [Point]

  /// A table for reading and one for writing.
  var tables: String {
    Point.Direction.allCases.map { direction in
      let rows = points.filter { $0.direction == direction }
      var table = Table(["\(direction.rawValue)", "MB", "time", "ns/byte", "heap, bytes/byte"])
      for row in rows {
        table.append([
          row.shape, String(row.size), Figures.time(row.nanoseconds),
          String(format: "%.2f", row.nanosecondsPerByte), String(format: "%.2f", row.heapPerByte),
        ])
      }
      return table.text
    }.joined(separator: "\n\n")
  }

  /// The page.
  var page: String {
    let shapes = Shape.all.map { "* **\($0.name)**: \($0.explanation)" }.joined(separator: "\n")
    return """
      # Growth with size

      What is linear is flat: time and memory for each byte of payloads of 1 to 64 MB.

      ![Nanoseconds and bytes of memory for each byte, over the size of the payload](Scaling.svg)

      \(shapes)

      Time is that of the fastest round, and includes the release of what was made. Memory is the most that was allocated at a time, as the
      allocator rounds it; what is read from, or the value that is written, is not counted. Printed by
      `cd Benchmarks && swift run -c release scaling --write ../Documentation`; \(Machine().caption).

      \(tables)

      """
  }
}
