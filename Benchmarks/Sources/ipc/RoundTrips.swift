import Dispatch
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
  ///
  /// - Parameter call: runs where the loop around it runs: a change of executors for each call would be measured with it.
  func run(
    _ call: nonisolated(nonsending) @escaping @Sendable () async throws -> Void
  ) async throws -> RoundTrips {
    let begin = Load.now
    let start = begin + UInt64(milliseconds) * 200_000
    let end = begin + UInt64(milliseconds) * 1_000_000
    let times = try await withThrowingTaskGroup(of: [UInt64].self) { group in
      for _ in 0..<depth {
        group.addTask {
          var times: [UInt64] = []
          var now = Load.now
          while now < end {
            let began = now
            try await call()
            now = Load.now
            if now >= start { times.append(now - began) }
          }
          return times
        }
      }
      var all: [UInt64] = []
      for try await times in group { all += times }
      return all
    }
    return RoundTrips(nanoseconds: Double(Load.now - start), times: times.map { Double($0) })
  }

  /// Nanoseconds since some time. A `Duration` takes longer to subtract than this to read, and there are two in a round trip.
  private static var now: UInt64 { DispatchTime.now().uptimeNanoseconds }
}
