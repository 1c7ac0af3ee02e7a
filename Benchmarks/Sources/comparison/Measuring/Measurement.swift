/// What a process prints that measured one operation: a line of JSON, from `engine.mjs` and from `comparison measure` alike.
struct Measurement: Codable {
  /// The engine's name and version; our own is `Swift`.
  var engine: String
  /// How many bytes were read or written.
  var bytes: Int
  /// Nanoseconds of an operation in the median batch.
  var nanoseconds: Double
  /// Nanoseconds of an operation over all batches.
  var mean: Double
  /// How many batches ran.
  var batches: Int
  /// Which of the engine's functions was the fastest.
  var via: String?
  /// What visiting added up to.
  var sum: Double?
}
