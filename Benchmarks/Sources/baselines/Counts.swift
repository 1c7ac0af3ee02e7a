import Foundation
import Workloads

/// What one operation takes.
struct Counts: Equatable {
  var allocations: Int
  /// Those that callgrind counts; `nil` if it is not installed.
  var instructions: Int?
}

/// The counts in the repository: `Baselines.tsv`, a line for each subject.
struct BaselineFile {
  let file: URL

  private static let heading = "operation\tpayload\tallocations\tinstructions"

  /// Reads the counts.
  func read() throws -> [Subject: Counts] {
    guard let text = try? String(contentsOf: file, encoding: .utf8) else { return [:] }
    var counts: [Subject: Counts] = [:]
    for line in text.split(separator: "\n") where line != Self.heading {
      let fields = line.split(separator: "\t").map(String.init)
      guard fields.count == 4, let allocations = Int(fields[2]), let instructions = Int(fields[3])
      else { throw Failure("\(file.lastPathComponent): this line is none of a baseline: \(line)") }
      counts[Subject(operation: fields[0], payload: fields[1])] = Counts(
        allocations: allocations, instructions: instructions)
    }
    return counts
  }

  /// Writes counts that are complete.
  func write(_ counts: [Subject: Counts]) throws {
    let lines = Subject.all.compactMap { subject in
      counts[subject].flatMap { counts in
        counts.instructions.map {
          "\(subject.operation)\t\(subject.payload)\t\(counts.allocations)\t\($0)"
        }
      }
    }
    try Data((([Self.heading] + lines).joined(separator: "\n") + "\n").utf8).write(to: file)
  }
}
