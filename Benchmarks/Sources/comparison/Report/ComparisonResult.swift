import Foundation
import Workloads

/// One row of a table: an operation on a payload, by an engine and by this package.
struct ComparisonResult: Codable {
  let operation: Operation
  let payload: String
  /// Whether the row counts in the geometric mean.
  let structured: Bool
  let bytes: Int
  /// The engine's function that was the fastest.
  let via: String?
  /// Median nanoseconds of each round.
  let engineRounds: [Double]
  let ourRounds: [Double]
  /// Medians of the rounds, and the engine's divided by ours: above 1, we are faster.
  let engineNanoseconds: Double
  let ourNanoseconds: Double
  let ratio: Double
  /// The same ratio of the means of all batches, in which the collection of garbage counts that medians leave out.
  let ratioOfMeans: Double

  init(
    _ operation: Operation, _ payload: Payload?, engine: [Timing], ours: [Timing]
  ) {
    self.operation = operation
    self.payload = payload?.name ?? "literal"
    structured = payload?.structured ?? true
    bytes = ours[0].bytes
    via = engine[0].via
    engineRounds = engine.map(\.nanoseconds)
    ourRounds = ours.map(\.nanoseconds)
    engineNanoseconds = engineRounds.median
    ourNanoseconds = ourRounds.median
    ratio = engineNanoseconds / ourNanoseconds
    ratioOfMeans = engine.map(\.mean).median / ours.map(\.mean).median
  }
}
