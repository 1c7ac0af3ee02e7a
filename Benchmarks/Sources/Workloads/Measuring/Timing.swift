import Foundation

/// What a process prints that measured one operation: a line of JSON, from `engine.mjs` and from `comparison measure` alike.
package struct Timing: Codable {
  /// The engine's name and version; our own is `Swift`.
  package var engine: String
  /// How many bytes were read or written.
  package var bytes: Int
  /// Nanoseconds of an operation in the median batch.
  package var nanoseconds: Double
  /// Nanoseconds of an operation over all batches.
  package var mean: Double
  /// How many batches ran.
  package var batches: Int
  /// Which of the engine's functions was the fastest.
  package var via: String?
  /// What visiting added up to.
  package var sum: Double?

  /// Measures in this process.
  package static func measure(_ work: Work, milliseconds: Int) throws -> Timing {
    let times = try BatchTimer(duration: .milliseconds(milliseconds)).measure(work.run)
    return Timing(
      engine: "Swift", bytes: work.byteCount, nanoseconds: times.median, mean: times.mean,
      batches: times.batches, sum: work.sum)
  }

  /// Measures in a process of its own of this program.
  package static func measure(
    inChild subcommand: String, _ subject: String, _ payload: String, milliseconds: Int,
    quietly: Bool = false
  ) throws -> Timing {
    guard let program = Bundle.main.executableURL else {
      throw Failure("this program does not know where it is")
    }
    let parameters = [subcommand, subject, payload, "--milliseconds", String(milliseconds)]
    return try JSONDecoder().decode(
      Timing.self, from: run(program, parameters, quietly: quietly))
  }

  /// Prints the line.
  package func printLine() throws {
    print(String(decoding: try JSONEncoder().encode(self), as: UTF8.self))
  }
}
