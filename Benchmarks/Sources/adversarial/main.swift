// Puts payloads that attack complexity to everything that reads or walks a value, in four sizes, and prints what the worst of
// it costs for each byte. What is linear costs the same in every column.
//
//   swift run -c release adversarial [PART OF A NAME]

import StructuredClone

let wanted = CommandLine.arguments.dropFirst().first ?? ""
let clock = ContinuousClock()

func nanoseconds(_ body: () -> Void) -> Double {
  var best = Double.infinity
  for _ in 0..<3 {
    let elapsed = clock.measure(body).components
    best = min(best, Double(elapsed.seconds) * 1e9 + Double(elapsed.attoseconds) / 1e9)
  }
  return best
}

/// The time of each walk over a payload, the worst last.
func costs(_ bytes: [UInt8]) -> [(walk: String, time: Double)] {
  func decoded() -> CloneValue? { try? CloneValue(decoding: bytes, limits: .unlimited) }
  var costs = [
    ("decode", nanoseconds { _ = decoded() }),
    (
      "as engine",
      nanoseconds {
        _ = try? ClonePayload(
          decoding: bytes, profile: .node20, representation: .engine, limits: .unlimited)
      }
    ),
  ]
  if let value = decoded(), let other = decoded() {
    costs.append(("encode", nanoseconds { _ = try? value.encoded(limits: .unlimited) }))
    costs.append(("equal", nanoseconds { if value != other { print("not equal") } }))
    costs.append(("hash", nanoseconds { _ = value.hashValue }))
    costs.append(("describe", nanoseconds { _ = value.description.utf8.count }))
    costs.append(("copy", nanoseconds { _ = value.detached() }))
  }
  return costs.sorted { $0.1 < $1.1 }.map { (walk: $0.0, time: $0.1) }
}

func column(_ text: String, _ width: Int) -> String {
  text + String(repeating: " ", count: max(0, width - text.count))
}

print(column("nanoseconds a byte, the slowest walk", 52) + "     n    2n    4n    8n")
for attack in Attack.all where attack.name.contains(wanted) {
  var line = column(attack.name, 48)
  var slowest = ""
  for factor in [1, 2, 4, 8] {
    let bytes = attack.payload(factor * attack.smallest)
    let worst = costs(bytes).last ?? ("", 0)
    slowest = worst.walk
    let tenths = Int((10 * worst.time / Double(bytes.count)).rounded())
    let text = "\(tenths / 10).\(tenths % 10)"
    line += String(repeating: " ", count: max(1, 6 - text.count)) + text
  }
  print(line + "  " + slowest)
}
