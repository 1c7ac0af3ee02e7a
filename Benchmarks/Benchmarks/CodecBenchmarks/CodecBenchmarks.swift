import Benchmark
import CAllocationCounter
import Foundation
import Workloads

let benchmarks: @Sendable () -> Void = {
  let allocations = BenchmarkMetric.custom(
    "Allocations", polarity: .prefersSmaller, useScalingFactor: true)
  Benchmark.defaultConfiguration = .init(
    metrics: [.wallClock, .throughput, .peakMemoryResident]
      + (allocation_counter_counts() == 0 ? [] : [allocations]),
    warmupIterations: 3, maxDuration: .seconds(1), maxIterations: 10_000)
  let operations: [Workloads.Operation] = [.decode, .decodeVisit, .encode]
  let names = ["objs10k", "tree", "int100k", "dbl100k", "map1k", "ipc", "twitter", "rows5k"]
  do {
    let workspace = try Workspace()
    let manifest = try workspace.manifest()
    for operation in operations {
      for name in names {
        let payload = try manifest.payload(name)
        // What takes a microsecond is measured by the thousand.
        let scale: BenchmarkScalingFactor = payload.byteCount < 1000 ? .kilo : .one
        Benchmark("\(operation.rawValue).\(name)", configuration: .init(scalingFactor: scale)) {
          benchmark in
          let work = try Work(operation, payload, in: workspace.payloads)
          try work.run()
          let before = allocation_count()
          benchmark.startMeasurement()
          for _ in benchmark.scaledIterations { try work.run() }
          benchmark.stopMeasurement()
          benchmark.measurement(allocations, Int(allocation_count() - before))
        }
      }
    }
  } catch {
    complain("\(error)\nThe payloads are made by: node Payloads/generate.mjs .payloads")
    exit(1)
  }
}
