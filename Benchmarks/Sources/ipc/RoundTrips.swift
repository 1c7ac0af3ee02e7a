import Foundation
import Workloads

/// How long round trips took: what every process that measures prints, as a line of JSON.
struct RoundTrips: Codable {
  /// Of all that count, from the first to the last.
  var nanoseconds: Double
  /// Of each.
  var times: [Double]

  /// How many there were in a second.
  var rate: Double { Double(times.count) / nanoseconds * 1e9 }

  /// The time, in nanoseconds, that a share of the round trips did not exceed.
  func percentile(_ share: Double) -> Double {
    let sorted = times.sorted()
    guard let last = sorted.indices.last else { return .nan }
    return sorted[min(last, Int(share * Double(sorted.count)))]
  }

  /// Prints the line.
  func printLine() throws {
    print(String(decoding: try JSONEncoder().encode(self), as: UTF8.self))
  }
}

/// What is measured in which process.
struct Load {
  /// The length of the string that is sent there and back.
  var size: Int
  /// How many are under way at any time.
  var depth: Int
  /// How long is measured. The first fifth does not count.
  var milliseconds: Int

  /// Makes calls until the time is over.
  func run(_ call: @escaping @Sendable () async throws -> Void) async throws -> RoundTrips {
    let clock = ContinuousClock()
    let begin = clock.now
    let start = begin + .microseconds(200 * milliseconds)
    let end = begin + .milliseconds(milliseconds)
    let times = try await withThrowingTaskGroup(of: [Double].self) { group in
      for _ in 0..<depth {
        group.addTask {
          var times: [Double] = []
          var now = clock.now
          while now < end {
            let began = now
            try await call()
            now = clock.now
            if now >= start { times.append((now - began).nanoseconds) }
          }
          return times
        }
      }
      var all: [Double] = []
      for try await times in group { all += times }
      return all
    }
    return RoundTrips(nanoseconds: (clock.now - start).nanoseconds, times: times)
  }
}

extension Duration {
  /// The length in nanoseconds.
  var nanoseconds: Double {
    Double(components.seconds) * 1e9 + Double(components.attoseconds) * 1e-9
  }
}
