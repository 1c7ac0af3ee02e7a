import CHeapMeter
import CloneFuzzing

/// Measures the calls of a target: time, the best of three, and the most memory at one time.
final class CallMeter: FuzzObserver {
  struct Call {
    let name: StaticString
    /// The bytes that the call is measured against: of the input, or of a value that was changed and holds more.
    let byteCount: Int
    var nanoseconds: Double
    let heap: Int
  }

  private var calls: [Call] = []
  private var start = ContinuousClock.now
  private var before: Int64 = 0

  static func costs(of target: FuzzTarget, _ bytes: [UInt8]) -> [Call] {
    let runs = (0..<3).map { _ in
      let meter = CallMeter()
      target.run(bytes, observer: meter)
      return meter.calls
    }
    var best = runs[0]
    for run in runs.dropFirst() {
      for (index, call) in run.enumerated() where index < best.count {
        best[index].nanoseconds = min(best[index].nanoseconds, call.nanoseconds)
      }
    }
    return best
  }

  func begin() {
    calls.reserveCapacity(calls.count + 1)
    before = heap_meter_current()
    heap_meter_reset()
    start = ContinuousClock.now
  }

  func end(_ call: StaticString, byteCount: Int) {
    let time = (ContinuousClock.now - start).components
    let heap = Int(heap_meter_peak() - before)
    calls.append(
      Call(
        name: call, byteCount: byteCount,
        nanoseconds: Double(time.seconds) * 1e9 + Double(time.attoseconds) / 1e9,
        heap: heap))
  }
}
