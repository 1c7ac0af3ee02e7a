import CloneFuzzing

/// What a call on an input took.
struct CallCost {
  let target: FuzzTarget
  let file: String
  let call: CallMeter.Call

  var timeShare: Double { call.nanoseconds / (1000 * Double(call.byteCount) + 1_000_000) }
  var heapShare: Double { Double(call.heap) / Double(HeapBound.bytes(for: call.byteCount)) }

  var timeText: String {
    let each = Int(call.nanoseconds / Double(max(1, call.byteCount)))
    return "\(percent(timeShare)) \(each) ns a byte, \(call.name), \(call.byteCount) bytes, \(file)"
  }

  var heapText: String {
    "\(percent(heapShare)) \(call.heap) bytes, \(call.name), \(call.byteCount) bytes, \(file)"
  }

  private func percent(_ share: Double) -> String { "\(Int(100 * share)) %:" }
}
