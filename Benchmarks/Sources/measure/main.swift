// Prints the figures that the documentation quotes and that tests cannot hold: growth, depth and memory.
//
//   swift run -c release measure [assignments] [killers] [memory] [depth]

import Foundation
import StructuredClone

func seconds(_ body: () throws -> Void) rethrows -> Double {
  let clock = ContinuousClock()
  let elapsed = try clock.measure(body)
  return Double(elapsed.components.attoseconds) / 1e18 + Double(elapsed.components.seconds)
}

func residentKilobytes() -> Int {
  guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8),
    let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmRSS:") })
  else { return 0 }
  return Int(line.split(whereSeparator: { !$0.isNumber }).first ?? "0") ?? 0
}

func milliseconds(_ seconds: Double) -> String { String(format: "%8.1f ms", seconds * 1000) }

/// n nested assignments cost O(n) in total.
func measureAssignments() {
  print("n nested assignments, in total")
  let shapes: [(String, (inout CloneValue, Int) -> Void)] = [
    ("object.list[i] = x", { $0.object?["list"].array?[$1] = 1 }),
    ("object.map[\"k\" + i] = x", { $0.object?["map"].object?["k\($1)"] = 1 }),
    ("map.get(key).append", { value, _ in value.object?["m"].map?[7].array?.append("x") }),
    ("view[i % 1000] = x", { $0.object?["view"].arrayBufferView?[$1 % 1000] = 9 }),
  ]
  for (name, assign) in shapes {
    var line = "  " + name.padding(toLength: 26, withPad: " ", startingAt: 0)
    for n in [50_000, 100_000, 200_000] {
      var value: CloneValue = ["list": [], "map": [:]]
      value.object?["m"] = .map(CloneMap([(7, .array(CloneArray()))]))
      let buffer = CloneArrayBuffer([UInt8](repeating: 0, count: 1000))
      if let view = CloneArrayBufferView(.uint8, on: buffer) {
        value.object?["view"] = .arrayBufferView(view)
      }
      let elapsed = seconds { for i in 0..<n { assign(&value, i) } }
      line += "\(n): " + milliseconds(elapsed) + "   "
    }
    print(line)
  }
}

/// The payload of an empty array in so many arrays.
func nestedArrays(_ depth: Int) -> [UInt8] {
  var bytes: [UInt8] = [0xFF, 0x0F]
  for _ in 0..<depth { bytes += [0x41, 0x01] }
  bytes += [0x41, 0x00, 0x24, 0x00, 0x00]
  for _ in 0..<depth { bytes += [0x24, 0x00, 0x01] }
  return bytes
}

/// A million nested arrays on a small stack.
func measureDepth() {
  let depth = 1_000_000
  let thread = Thread {
    do {
      let bytes = nestedArrays(depth)
      do throws(CloneDecodingError) {
        _ = try CloneValue(decoding: bytes)
        print("  by default: decoded")
      } catch {
        print("  by default: \(error.message), \(error.reason)")
      }
      let limits = CloneLimits(depth: 2_000_000)
      var decoded = CloneValue.null
      var other = CloneValue.null
      print(
        "  decode ",
        milliseconds(
          try seconds {
            decoded = try CloneValue(decoding: bytes, limits: limits)
          }))
      other = try CloneValue(decoding: bytes, limits: limits)
      print("  compare", milliseconds(seconds { precondition(decoded == other) }))
      print("  content", milliseconds(seconds { precondition(decoded.isContentEqual(to: other)) }))
      print(
        "  hash   ", milliseconds(seconds { precondition(decoded.hashValue == other.hashValue) }))
      print(
        "  print  ",
        milliseconds(seconds { precondition(decoded.description.count == 2 * (depth + 1)) }))
      print("  copy   ", milliseconds(seconds { other = decoded.detached() }))
      print(
        "  encode ",
        milliseconds(
          try seconds {
            let again = try decoded.encoded(limits: limits)
            precondition(again == bytes)
          }))
      print(
        "  release",
        milliseconds(
          seconds {
            decoded = .null
            other = .null
          }))
      var built: CloneValue = []
      print(
        "  build by v = [v]",
        milliseconds(
          seconds {
            for _ in 0..<depth { built = [built] }
          }))
      let again = built.detached()
      print("  built: compare", milliseconds(seconds { precondition(built == again) }))
      print(
        "  built: print  ",
        milliseconds(
          seconds {
            precondition(built.description.count == 2 * (depth + 1))
          }))
      print(
        "  built: encode ",
        milliseconds(
          try seconds {
            let written = try built.encoded(limits: limits)
            precondition(written == bytes)
          }))
      print("  built: release", milliseconds(seconds { built = .null }))
    } catch {
      print("  failed: \(error)")
      exit(1)
    }
    exit(0)
  }
  thread.stackSize = 512 * 1024
  print("\(depth) nested arrays on a thread with a stack of \(thread.stackSize / 1024) KiB")
  thread.start()
  while true { sleep(1) }
}

/// Decoding a cycle again and again leaves nothing behind.
func measureMemory() throws {
  // {a: [1, "é", "€"], d: new Date(5), me: <itself>}
  let bytes: [UInt8] = [
    0xFF, 0x0F, 0x6F, 0x22, 0x01, 0x61, 0x41, 0x03, 0x49, 0x02, 0x22, 0x01, 0xE9, 0x00, 0x63, 0x02,
    0xAC, 0x20, 0x24, 0x00, 0x03, 0x22, 0x01, 0x64, 0x44, 0, 0, 0, 0, 0, 0, 0x14, 0x40, 0x22, 0x02,
    0x6D, 0x65, 0x5E, 0x00, 0x7B, 0x03,
  ]
  print("10,000,000 decodes of a cyclic payload of \(bytes.count) bytes")
  var count = 0
  let elapsed = try seconds {
    for round in 0...10 {
      if round > 0 {
        for _ in 0..<1_000_000 {
          count += try CloneValue(decoding: bytes).object?.count ?? 0
        }
      }
      print("  after \(round) million: \(residentKilobytes()) KiB resident")
    }
  }
  precondition(count == 30_000_000)
  print("  \(milliseconds(elapsed)) in total")
}

/// Payloads that end or hang the engines that read them or write them again.
func measureKillers() {
  func repeated(_ bytes: [UInt8], _ count: UInt8) -> [UInt8] {
    var payload: [UInt8] = [0xFF, 0x0F, 0x41, count]
    for _ in 0..<count { payload += bytes }
    return payload + [0x24, 0x00, count]
  }
  let length: [UInt8] = [0xFF, 0xFF, 0xFF, 0x0F]
  let payloads: [(String, [UInt8])] = [
    ("40 sparse arrays of length 2^25 - 1", repeated([0x61] + length + [0x40, 0x00] + length, 40)),
    (
      "the same, each with an element",
      repeated([0x61] + length + [0x49, 0x00, 0x30, 0x40, 0x01] + length, 40)
    ),
  ]
  print("payloads that an engine does not survive: read and written again")
  for (name, bytes) in payloads {
    var written = 0
    let elapsed = seconds {
      do {
        let payload = try ClonePayload(
          decoding: bytes, profile: .node20, representation: .engine)
        written = try payload.value.encoded(profile: .node20).count
      } catch {
        print("  failed: \(error)")
        exit(1)
      }
    }
    let title = name.padding(toLength: 38, withPad: " ", startingAt: 0)
    print("  \(title)\(bytes.count) bytes, \(written) written \(milliseconds(elapsed))")
  }
}

let wanted = CommandLine.arguments.dropFirst()
func isWanted(_ name: String) -> Bool { wanted.isEmpty || wanted.contains(name) }
if isWanted("assignments") { measureAssignments() }
if isWanted("killers") { measureKillers() }
if isWanted("memory") { try measureMemory() }
if isWanted("depth") { measureDepth() }
