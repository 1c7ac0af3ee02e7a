import CHeapMeter
import CloneInspection
import StructuredClone

/// One of the things that are done with a payload or with the value that it holds.
struct Walk: Sendable {
  let name: String
  /// Calls `measure` with the work itself, what leads to it left out; not at all if the payload holds no value.
  let run: @Sendable (_ bytes: [UInt8], _ measure: (() -> Any?) -> Void) -> Void

  private init(_ name: String, bytes work: @escaping @Sendable ([UInt8]) -> Any?) {
    self.name = name
    run = { bytes, measure in measure { work(bytes) } }
  }

  private init(_ name: String, value work: @escaping @Sendable (CloneValue) -> Any?) {
    self.name = name
    run = { bytes, measure in
      guard let value = try? CloneValue(decoding: bytes) else { return }
      measure { work(value) }
    }
  }

  static let all = [
    Walk("decode", bytes: { try? ClonePayload(decoding: $0) }),
    Walk(
      "decode as engine",
      bytes: { try? ClonePayload(decoding: $0, profile: .node20, representation: .engine) }),
    Walk("inspect", bytes: { try? CloneInspector().report(on: $0) }),
    Walk("inspect in colours", value: { CloneInspector(options: colourful).text(of: $0) }),
    Walk("inspect all", value: { CloneInspector(options: .everything).text(of: $0) }),
    Walk("shared references", value: { CloneInspector().sharedReferences(in: $0) }),
    Walk("encode", value: { try? $0.encoded() }),
    Walk("hash", value: { $0.hashValue }),
    Walk("describe", value: { $0.description }),
    Walk("debug", value: { $0.debugDescription }),
    Walk("copy", value: { $0.detached() }),
    Walk("add to editor", value: { CloneGraphEditor().add($0) }),
    Walk(
      "finish in editor",
      value: {
        let editor = CloneGraphEditor()
        return editor.finish(editor.add($0))
      }),
    Walk(
      "clone",
      value: {
        var value = $0
        return try? structuredClone(&value)
      }),
    compare("equal", ==),
    compare("equal to a copy", { $0 == $1.detached() }),
    compare("same content", { $0.isContentEqual(to: $1) }),
  ]

  private static let colourful = InspectionOptions(usesColors: true)

  private static func compare(
    _ name: String, _ areEqual: @escaping @Sendable (CloneValue, CloneValue) -> Bool
  ) -> Walk {
    Walk(name: name) { bytes, measure in
      guard let value = try? CloneValue(decoding: bytes),
        let other = try? CloneValue(decoding: bytes)
      else { return }
      measure { areEqual(value, other) }
    }
  }

  private init(
    name: String, run: @escaping @Sendable ([UInt8], (() -> Any?) -> Void) -> Void
  ) {
    self.name = name
    self.run = run
  }

  /// The best time of three, in nanoseconds; `nil` if there is no value.
  func time(_ bytes: [UInt8]) -> Double? {
    let clock = ContinuousClock()
    var best: Double?
    run(bytes) { work in
      for _ in 0..<3 {
        let elapsed = clock.measure { _ = work() }.components
        let time = Double(elapsed.seconds) * 1e9 + Double(elapsed.attoseconds) / 1e9
        best = min(best ?? time, time)
      }
    }
    return best
  }

  /// The most memory that was allocated at a time, what there was before and 64 KiB not counted; the result is
  /// counted.
  func heap(_ bytes: [UInt8]) -> Int? {
    var peak: Int?
    run(bytes) { work in
      let before = heap_meter_current()
      heap_meter_reset()
      let result = work()
      peak = max(0, Int(heap_meter_peak() - before) - 0x1_0000)
      withExtendedLifetime(result) {}
    }
    return peak
  }
}
