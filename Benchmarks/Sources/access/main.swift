// Prints what it takes to look at a few things in a payload, and to make JSON of one: the figures in Documentation/Performance.md.
//
//   swift run -c release access

import CloneJSON
import StructuredClone

/// The best time of a call in nanoseconds.
func time(_ count: Int, _ body: () throws -> Void) rethrows -> Double {
  var best = Double.infinity
  for _ in 0..<9 {
    let elapsed = try ContinuousClock().measure { for _ in 0..<count { try body() } }
    best = min(best, elapsed / .nanoseconds(count))
  }
  return best
}

func show(_ name: String, _ nanoseconds: Double, bytes: Int? = nil) {
  var line = name + String(repeating: " ", count: max(1, 48 - name.count))
  line += "\((nanoseconds * 10).rounded() / 10) ns"
  if let bytes { line += ", \(Int(Double(bytes) / nanoseconds * 1000)) MB/s" }
  print(line)
}

func user(_ number: Int) -> CloneValue {
  [
    "id": CloneValue(Double(number)), "name": CloneValue("User number \(number)"),
    "email": CloneValue("user\(number)@example.org"), "active": true,
    "score": CloneValue(Double(number) + 0.5), "tags": ["a", "b", CloneValue("tag\(number % 7)")],
    "address": ["street": "Main Street 1", "city": CloneValue("City \(number % 100)")],
    "created": .date(CloneDate(millisecondsSince1970: Double(number))),
  ]
}

let message: CloneValue = ["type": "update", "user": user(7), "list": [0, 1, 2, 3, 4]]
let users = CloneValue((0..<10_000).map { user($0) })
var sink = 0
for (name, value, count) in [("a message", message, 20_000), ("10,000 users", users, 5)] {
  let bytes = try value.encoded(profile: .node24)
  print("\(name), \(bytes.count) bytes")
  show("  skimmed", time(count) { sink &+= Skim.tagCount(bytes) }, bytes: bytes.count)
  show(
    "  decoded", try time(count) { sink &+= try CloneValue(decoding: bytes).isReceiver ? 1 : 0 },
    bytes: bytes.count)
  let decoded = try CloneValue(decoding: bytes)
  let text = Array(LosslessJSON().text(of: decoded).utf8)
  show(
    "  as lossless JSON, \(text.count) bytes",
    time(max(1, count / 10)) { sink &+= LosslessJSON().text(of: decoded).utf8.count },
    bytes: text.count)
  show(
    "  read from that",
    try time(max(1, count / 10)) { sink &+= try LosslessJSON().value(of: text).isReceiver ? 1 : 0 },
    bytes: text.count)
}

let decoded = try CloneValue(decoding: message.encoded(profile: .node24))
let list = try CloneValue(decoding: users.encoded(profile: .node24))
let (userKey, idKey): (ClonePropertyKey, ClonePropertyKey) = ("user", "id")
var index = 0
print("look-ups in what was decoded")
show("  message[\"user\"][\"id\"]", time(200_000) { sink &+= decoded["user"]["id"].integer ?? 0 })
show(
  "  the same with keys that are made before",
  time(200_000) { sink &+= decoded[userKey][idKey].integer ?? 0 })
show(
  "  list[i][\"address\"][\"city\"]",
  time(200_000) {
    index = (index &* 7919 &+ 13) % 10_000
    sink &+= list[index]["address"]["city"].string?.utf16Count ?? 0
  })
if sink == .min { print(sink) }
