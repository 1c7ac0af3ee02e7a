import CloneFuzzing

/// What a call on an input took.
struct CallCost {
  let target: FuzzTarget
  let file: String
  let byteCount: Int
  let call: CallMeter.Call

  var timeShare: Double { call.nanoseconds / (1000 * Double(byteCount) + 1_000_000) }
  var heapShare: Double { Double(call.heap) / Double(HeapBound.bytes(for: byteCount)) }

  var timeText: String {
    let each = Int(call.nanoseconds / Double(max(1, byteCount)))
    return "\(percent(timeShare)) \(each) ns a byte, \(call.name), \(byteCount) bytes, \(file)"
  }

  var heapText: String {
    "\(percent(heapShare)) \(call.heap) bytes, \(call.name), \(byteCount) bytes, \(file)"
  }

  private func percent(_ share: Double) -> String { "\(Int(100 * share)) %:" }
}
