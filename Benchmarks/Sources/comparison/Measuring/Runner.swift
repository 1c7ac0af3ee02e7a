import Workloads

/// Alternates an engine and this package, a process each, round by round: a machine that slows down meanwhile slows both.
struct Runner {
  let workspace: Workspace
  let engine: Engine
  let rounds: Int
  let milliseconds: Int

  /// Measures an operation; `nil` is the payload of those that need none.
  func compare(_ operation: Operation, _ payload: Payload?) throws -> (
    ComparisonResult, engine: String
  ) {
    let name = payload?.name ?? "literal"
    var engines: [Timing] = []
    var ours: [Timing] = []
    for _ in 0..<rounds {
      engines.append(try measureEngine(operation.engineOperation, name))
      ours.append(
        try .measure(
          inChild: "measure", operation.rawValue, name, milliseconds: milliseconds))
    }
    if let expected = engines[0].sum, let found = ours[0].sum,
      (expected - found).magnitude > 1e-9 * expected.magnitude
    {
      throw Failure("visiting \(name) adds up to \(expected) in the engine, to \(found) here")
    }
    let result = ComparisonResult(operation, payload, engine: engines, ours: ours)
    complain(
      "\(operation) \(name): \(Figures.time(result.engineNanoseconds)), \(Figures.time(result.ourNanoseconds)), \(Figures.ratio(result.ratio))"
    )
    return (result, engines[0].engine)
  }

  /// Measures other codecs.
  func compareReferences(_ payload: Payload, reading: Bool) -> ReferenceResult {
    let references = reading ? Reference.reading : Reference.writing
    var rounds: [String: [Double]] = [:]
    for _ in 0..<self.rounds {
      var measurements = [
        try? measureEngine(reading ? "jsonParse" : "jsonStringify", payload.name)
      ]
      // Some of them refuse values that are nested as deep as ours.
      measurements += references.map {
        try? .measure(
          inChild: "measure-reference", $0.rawValue, payload.name, milliseconds: milliseconds,
          quietly: true)
      }
      measurements.append(
        try? .measure(
          inChild: "measure", reading ? "decode" : "encode", payload.name,
          milliseconds: milliseconds))
      for (column, measurement) in zip(ReferenceResult.columns(reading: reading), measurements) {
        if let measurement { rounds[column, default: []].append(measurement.nanoseconds) }
      }
    }
    complain("other codecs, \(reading ? "reading" : "writing") \(payload.name)")
    return ReferenceResult(
      payload: payload.name, isReading: reading, nanoseconds: rounds.mapValues(\.median))
  }

  private func measureEngine(_ operation: String, _ payload: String) throws -> Timing {
    try engine.measure(operation, payload, in: workspace, milliseconds: milliseconds)
  }
}
