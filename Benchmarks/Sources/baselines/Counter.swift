import CAllocationCounter
import Foundation
import Workloads

/// Counts in processes of their own, so that nothing that ran before changes a count.
struct Counter {
  /// This program without debugging information, which Valgrind 3.19 cannot read.
  private let program: URL
  private let hasValgrind: Bool

  /// Calls a function with a counter, whose files are removed afterwards.
  static func withCounter<Result>(_ body: (Counter) throws -> Result) throws -> Result {
    guard allocation_counter_counts() != 0 else {
      throw Failure("Allocations are counted on Linux with glibc only.")
    }
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(Counter(in: folder))
  }

  /// Prepares a copy of this program in a folder.
  private init(in folder: URL) throws {
    guard let own = Bundle.main.executableURL else {
      throw Failure("this program does not know where it is")
    }
    hasValgrind = (try? Self.run("valgrind", ["--version"])) != nil
    guard hasValgrind else {
      program = own
      return
    }
    program = folder.appending(path: "baselines")
    _ = try Self.run("strip", ["--strip-debug", "-o", program.path, own.path])
  }

  /// Counts one operation.
  func count(_ subject: Subject) throws -> Counts {
    let perform = ["perform", subject.operation, subject.payload]
    var counts = Counts(
      allocations: try Self.number(
        after: "allocations: ", in: Self.run(program.path, perform), subject))
    if hasValgrind {
      let callgrind = [
        "--tool=callgrind", "--callgrind-out-file=/dev/null", "--log-fd=1",
        "--collect-atstart=no", "--toggle-collect=*\(PerformCommand.countedSymbol)*", program.path,
      ]
      counts.instructions = try Self.number(
        after: "Collected : ", in: Self.run("valgrind", callgrind + perform), subject)
    }
    return counts
  }

  /// Runs a program whose hash tables are the same each time.
  private static func run(_ program: String, _ parameters: [String]) throws -> String {
    let output = try Workloads.run(
      URL(filePath: "/usr/bin/env"), ["SWIFT_DETERMINISTIC_HASHING=1", program] + parameters,
      quietly: program == "valgrind" && parameters == ["--version"])
    return String(decoding: output, as: UTF8.self)
  }

  private static func number(
    after label: String, in output: String, _ subject: Subject
  ) throws -> Int {
    guard let range = output.range(of: label),
      let number = Int(output[range.upperBound...].prefix { $0.isNumber })
    else { throw Failure("\(subject.operation) \(subject.payload): no count in\n\(output)") }
    return number
  }
}
