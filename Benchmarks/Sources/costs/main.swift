// Prints what this package's own work costs where no engine does the same: text that becomes a string of the format, input that is kept, look-ups, bulk
// access, and memory.
//
//   swift run -c release costs

import CHeapMeter
import StructuredClone
import StructuredCloneCodable
import Workloads

/// The median time of a call in nanoseconds.
func time(_ body: () throws -> Void) rethrows -> Double {
  let clock = ContinuousClock()
  let end = clock.now + .milliseconds(300)
  var times: [Double] = []
  repeat { times.append(try clock.measure(body) / .nanoseconds(1)) } while clock.now < end
  return times.sorted()[times.count / 2]
}

let workspace = try Workspace()
let manifest = try workspace.manifest()

func bytes(of payload: String) throws -> [UInt8] {
  try manifest.payload(payload).bytes(in: workspace.payloads)
}

/// Swift text to a payload: by way of a value, whose string is included, and without one. Memory for the longer texts of values is fresh from the
/// system each time, which takes longer than all that is done with its bytes.
func measureText() throws {
  var table = Table(["text", "payload", "by a value", "GB/s", "directly", "GB/s"])
  let encoder = CloneEncoder()
  for unitCount in [1 << 15, 1 << 20] {
    for (name, unit) in [
      ("ASCII", "The quick brown fox. "), ("Latin-1", "Größe, naïve café. "),
      ("Cyrillic", "Съешь же ещё этих. "), ("Chinese", "敏捷的棕色狐狸跳过懒狗。"),
      ("emoji", "😀🚀✨🎉 "),
    ] {
      let text = String(repeating: unit, count: unitCount / unit.utf16.count)
      let size = try CloneValue(text).encoded().count
      let byValue = try time { blackHole(try CloneValue(text).encoded()) }
      let directly = try time { blackHole(try encoder.write(text)) }
      guard try encoder.write(text) == CloneValue(text).encoded() else {
        throw Failure("\(name) is written in two ways")
      }
      table.append([
        name, Figures.bytes(size),
        Figures.time(byValue), Figures.number(Double(size) / byValue),
        Figures.time(directly), Figures.number(Double(size) / directly),
      ])
    }
  }
  print(table.text)
}

/// Payloads of one string or buffer whose bytes are kept.
func measureKeptInput() throws {
  var table = Table(["input kept", "payload", "time"])
  for size in [1 << 20, 16 << 20] {
    let bytes = [UInt8](repeating: 0x61, count: size)
    for (name, value) in [
      ("string", CloneValue.string(CloneString(latin1: bytes))),
      ("buffer", .arrayBuffer(CloneArrayBuffer(bytes))),
    ] {
      let payload = try value.encoded()
      let nanoseconds = try time {
        for _ in 0..<64 { blackHole(try CloneValue(decoding: payload)) }
      }
      table.append([name, Figures.bytes(payload.count), Figures.time(nanoseconds / 64)])
    }
  }
  print(table.text)
}

/// Every property of a large object, by its name and in no order.
func measureLookUps() throws {
  var table = Table(["look-ups", "number", "first", "each of the others"])
  let bytes = try bytes(of: "keys20k")
  let clock = ContinuousClock()
  var firsts: [Double] = []
  var others: [Double] = []
  for _ in 0..<15 {
    guard let object = try CloneValue(decoding: bytes).object else { throw Failure("no object") }
    // A stride that has no factor in common with the number of keys.
    let keys = object.keys
    let order = keys.indices.map { keys[$0 * 7919 % keys.count] }
    firsts.append(clock.measure { blackHole(object[order[0]]) } / .nanoseconds(1))
    others.append(
      clock.measure { for key in order.dropFirst() { blackHole(object[key]) } } / .nanoseconds(1)
        / Double(order.count - 1))
  }
  table.append([
    "keys20k", Figures.bytes(20_000), Figures.time(firsts.sorted()[7]),
    Figures.time(others.sorted()[7]),
  ])
  print(table.text)
}

/// All numbers of an array at once.
func measureBulkAccess() throws {
  var table = Table(["bulk access", "numbers", "each"])
  for name in ["int100k", "dbl100k"] {
    guard let array = try CloneValue(decoding: bytes(of: name)).array,
      let count = array.numbers?.count
    else { throw Failure("\(name) is no array of numbers") }
    let nanoseconds = time { blackHole(array.numbers) }
    table.append([name, Figures.bytes(count), Figures.time(nanoseconds / Double(count))])
  }
  print(table.text)
}

/// What a decoded value takes beside its input, which is kept.
func measureMemory() throws {
  var table = Table(["memory", "payload", "graph", "for each byte"])
  for payload in manifest.payloads where payload.structured && !payload.channel {
    let bytes = try payload.bytes(in: workspace.payloads)
    let before = heap_meter_current()
    let value = try CloneValue(decoding: bytes)
    let size = Int(heap_meter_current() - before)
    withExtendedLifetime(value) {
      table.append([
        payload.name, Figures.bytes(bytes.count), Figures.bytes(size),
        Figures.number(Double(size) / Double(bytes.count)),
      ])
    }
  }
  print(table.text)
}

try measureText()
print()
try measureKeptInput()
print()
try measureLookUps()
print()
try measureBulkAccess()
print()
try measureMemory()
