// Puts payloads that attack complexity to everything that reads or walks a value, in four sizes, and prints the time and the
// memory that the worst of it takes for each byte. What is linear costs the same in every column. The exit status is 1 if
// memory exceeds 64 bytes for each byte and 64 KiB, or if a byte takes four times as long at eight times the size: in half of
// that caches can have a part.
//
//   swift run -c release adversarial [PART OF A NAME]

import Foundation
import StructuredClone

let wanted = CommandLine.arguments.dropFirst().first ?? ""
let bound = 64.0
var exceeded: [String] = []
var growing: [String] = []

func column(_ text: String, _ width: Int) -> String {
  text + String(repeating: " ", count: max(0, width - text.count))
}

func cell(_ number: Double) -> String {
  let tenths = Int((10 * number).rounded())
  let text = "\(tenths / 10).\(tenths % 10)"
  return String(repeating: " ", count: max(1, 7 - text.count)) + text
}

print(
  column("", 46) + column("nanoseconds a byte", 46) + "peak bytes of memory a byte\n"
    + column("", 46) + column("      n     2n     4n     8n", 46) + "      n     2n     4n     8n")
for attack in Attack.all where wanted.isEmpty || attack.name.contains(wanted) {
  var times = ""
  var first = 0.0
  var heaps = ""
  var slowest = ""
  var largest = ""
  for factor in [1, 2, 4, 8] {
    let bytes = attack.payload(factor * attack.smallest)
    var time = 0.0
    var heap = 0.0
    for walk in Walk.all {
      if let walkTime = walk.time(bytes).map({ $0 / Double(bytes.count) }), walkTime > time {
        time = walkTime
        slowest = walk.name
      }
      guard let walkHeap = walk.heap(bytes).map({ Double($0) / Double(bytes.count) }) else {
        continue
      }
      if walkHeap > bound { exceeded.append("\(attack.name), \(walk.name):\(cell(walkHeap))") }
      if walkHeap > heap {
        heap = walkHeap
        largest = walk.name
      }
    }
    if factor == 1 { first = time }
    if time > 4 * first {
      growing.append("\(attack.name), \(slowest):\(cell(first)) to\(cell(time))")
    }
    times += cell(time)
    heaps += cell(heap)
  }
  print(column(attack.name, 46) + column(times + "  " + slowest, 46) + heaps + "  " + largest)
}
for (title, lines) in [
  ("more than 64 bytes a byte and 64 KiB", exceeded), ("not linear", growing),
] where !lines.isEmpty {
  print("\n\(title):")
  for line in lines { print("  " + line) }
}
if !exceeded.isEmpty || !growing.isEmpty { exit(1) }
