import ArgumentParser
import CHeapMeter
import Foundation
import Workloads

/// Measures how time and memory grow with the size of a value.
@main
struct Scaling: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scaling",
    abstract: "Measures reading and writing of 1 to 64 MB and prints a table in Markdown.")

  @Option(help: "A part of the names of the shapes that are measured; by default all are.")
  var shape = ""
  @Option(help: "The smallest size in MB.") var smallest = 1
  @Option(help: "The largest size in MB; each is twice the one before.") var largest = 64
  @Option(help: "How often each is measured at least; the fastest counts.") var rounds = 3
  @Option(help: "A folder for Scaling.md and Scaling.svg, such as ../Documentation.")
  var write: String?

  func run() throws {
    guard heap_meter_counts() != 0 else {
      throw Failure("Memory is metered on Linux with glibc only.")
    }
    var points: [Point] = []
    for shape in Shape.all where self.shape.isEmpty || shape.name.contains(self.shape) {
      for size in sequence(first: smallest, next: { $0 < largest ? min(2 * $0, largest) : nil }) {
        let bytes = shape.payload(of: size * 1_000_000)
        points += try Point.measure(shape, size, bytes, rounds: rounds)
        complain("\(shape.name): \(size) MB")
      }
    }
    let report = ScalingReport(points: points)
    print(report.tables)
    guard let write else { return }
    let folder = URL(filePath: write)
    try Data(report.page.utf8).write(to: folder.appending(path: "Scaling.md"))
    try Data(ScalingPlot(points: points).svg.utf8).write(
      to: folder.appending(path: "Scaling.svg"))
  }
}
