/// Times an operation as `engine.mjs` does: it warms up, then runs batches of at least a millisecond.
package struct BatchTimer {
  /// How long batches run; the warm-up takes half of it in addition.
  package let duration: Duration
  private let shortestBatch = Duration.milliseconds(1)
  private let clock = ContinuousClock()

  /// Nanoseconds per run: the median batch, the mean, and how many batches there were.
  package func measure(_ run: () throws -> Void) throws -> (
    median: Double, mean: Double, batches: Int
  ) {
    _ = try time(2, run)
    _ = try samples(for: duration / 2, run)
    let samples = try samples(for: duration, run).sorted()
    return (
      samples[samples.count / 2], samples.reduce(0, +) / Double(samples.count), samples.count
    )
  }

  private func samples(for duration: Duration, _ run: () throws -> Void) throws -> [Double] {
    var count = 1
    while try time(count, run) < shortestBatch { count *= 2 }
    var samples: [Double] = []
    let start = clock.now
    while samples.count < 3 || clock.now - start < duration {
      samples.append(try time(count, run) / .nanoseconds(1) / Double(count))
    }
    return samples
  }

  private func time(_ count: Int, _ run: () throws -> Void) throws -> Duration {
    let start = clock.now
    for _ in 0..<count { try run() }
    return clock.now - start
  }
}
