import Foundation
import NIOCore
import StructuredClone
import Workloads

/// Reads from and writes to what carries bytes elsewhere: arrays, `Data` and SwiftNIO's `ByteBuffer`. Beside the time of an array the others show
/// what they copy, and that is once when reading.

/// The median time of a call in nanoseconds.
func time(_ body: () throws -> Void) rethrows -> Double {
  let clock = ContinuousClock()
  let end = clock.now + .milliseconds(300)
  var times: [Double] = []
  repeat {
    let duration = try clock.measure { for _ in 0..<16 { try body() } }
    times.append(duration / .nanoseconds(16))
  } while clock.now < end
  return times.sorted()[times.count / 2]
}

let workspace = try Workspace()
let manifest = try workspace.manifest()
var reading = Table(["read from", "[UInt8], kept", "[UInt8], copied", "Data", "ByteBuffer"])
var writing = Table(["write to", "a new [UInt8]", "[UInt8] again", "Data", "ByteBuffer"])
for name in ["ipc", "twitter", "strAscii1M", "ab16M"] {
  let bytes = try manifest.payload(name).bytes(in: workspace.payloads)
  let data = Data(bytes)
  let byteBuffer = ByteBuffer(bytes: bytes)
  reading.append(
    [
      name,
      Figures.time(try time { blackHole(try CloneValue(decoding: bytes)) }),
      Figures.time(try time { blackHole(try CloneValue(copying: bytes.span.bytes)) }),
      Figures.time(try time { blackHole(try CloneValue(copying: data.bytes)) }),
      Figures.time(try time { blackHole(try CloneValue(copying: byteBuffer.readableBytesSpan)) }),
    ])

  let value = try CloneValue(decoding: bytes)
  var array: [UInt8] = []
  var buffer = ByteBuffer()
  writing.append(
    [
      name,
      Figures.time(try time { blackHole(try value.encoded()) }),
      Figures.time(
        try time {
          array.removeAll(keepingCapacity: true)
          try value.encode(into: &array)
        }),
      Figures.time(
        try time {
          // This release of Foundation lends no room to write in as a span.
          var data = Data(count: try value.encodedSize())
          try data.withUnsafeMutableBytes { memory in
            var span = OutputRawSpan(buffer: memory, initializedCount: 0)
            try value.encode(into: &span)
            _ = span.finalize(for: memory)
          }
          blackHole(data)
        }),
      Figures.time(
        try time {
          buffer.clear()
          try buffer.writeWithOutputRawSpan(minimumWritableBytes: value.encodedSize()) { span in
            try value.encode(into: &span)
          }
        }),
    ])
  guard array == bytes, buffer.readableBytesView.elementsEqual(bytes) else {
    throw Failure("\(name) was written differently")
  }
}
print(reading.text)
print()
print(writing.text)
