import CHeapMeter
import StructuredClone
import Workloads

/// What one operation took on one payload.
struct Point {
  /// What was measured.
  enum Direction: String, CaseIterable { case decode, encode }

  let shape: String
  let direction: Direction
  /// In millions of bytes, as it was asked for.
  let size: Int
  /// As it is.
  let byteCount: Int
  /// The fastest round, what was made released.
  let nanoseconds: Double
  /// The most that was allocated at a time, the input not counted.
  let heap: Int

  var nanosecondsPerByte: Double { nanoseconds / Double(byteCount) }
  var heapPerByte: Double { Double(heap) / Double(byteCount) }

  /// Reads a payload and writes the value.
  static func measure(
    _ shape: Shape, _ size: Int, _ bytes: [UInt8], rounds: Int
  ) throws -> [Point] {
    let decode = try Self(shape, .decode, size, bytes.count, rounds) {
      blackHole(try CloneValue(decoding: bytes, limits: .unlimited))
    }
    let value = try CloneValue(decoding: bytes, limits: .unlimited)
    let written = try value.encoded(limits: .unlimited)
    guard try CloneValue(decoding: written, limits: .unlimited).isContentEqual(to: value) else {
      throw Failure("\(shape.name), \(size) MB: another value was written than was read")
    }
    let encode = try Self(shape, .encode, size, written.count, rounds) {
      blackHole(try value.encoded(limits: .unlimited))
    }
    return [decode, encode]
  }

  private init(
    _ shape: Shape, _ direction: Direction, _ size: Int, _ byteCount: Int, _ rounds: Int,
    _ run: () throws -> Void
  ) throws {
    self.shape = shape.name
    self.direction = direction
    self.size = size
    self.byteCount = byteCount
    let before = heap_meter_current()
    heap_meter_reset()
    try run()
    heap = Int(heap_meter_peak() - before)
    // Small payloads more often: their rounds are short, and the noise is the same.
    let clock = ContinuousClock()
    let times = try (0..<rounds * max(1, 16 / size)).map { _ in
      try clock.measure { try run() } / .nanoseconds(1)
    }
    nanoseconds = times.min() ?? 0
  }
}
